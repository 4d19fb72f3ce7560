import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cannotRun } from "../e2e/required.ts";
import { hear, passwordOf, publish } from "./clients.ts";
import { changedFolders, Machine, machineMissing } from "./machine.ts";

const missing = machineMissing();
const agent = { user: "pi2mqtt-office-pi" };
const anna = { user: "anna" };
const brokerProcess = "cat /run/mosquitto/mosquitto.pid";

describe("setup-broker.sh on a machine with Mosquitto as Debian installs it", () => {
  if (missing !== undefined) return cannotRun(missing);

  let machine: Machine;
  let before: string;
  let said: string;
  beforeAll(async () => {
    machine = await Machine.start();
    before = machine.snapshot("/etc");
    said = machine.setUp("--topics home/office --topics 'summer house' --people anna");
  });
  afterAll(() => machine.stop());

  it("says what it proved", () => {
    expect(said).toMatch(/Proved on port 1883: each user comes in with the right password/);
    expect(said).toMatch(/Proved: "on" of anna reaches pi2mqtt-office-pi on home\/office/);
    expect(said).toMatch(
      /Proved: "on" of anna switches a \(simulated\) relay of an agent that comes as pi2mqtt-office-pi/,
    );
  });

  it("leaves nothing of its proof behind", () => {
    expect(machine.shell(hear(machine, anna, "#")).text).toBe("Timed out\n");
    expect(machine.shell("pgrep -a node").text).toBe("");
  });

  it("says what is not proved where there is no Node.js", () => {
    const { status, text } = machine.shell(`PATH=${programsWithoutNode(machine)} ${machine.script}`);
    expect(text).toMatch(/Whether "on" switches a relay is not proved: that needs a pi2mqtt .* and Node\.js/);
    expect(status).toBe(0);
  });

  it("accepts clients with a password, and no others", () => {
    expect(publish(machine, agent, "home/office/lamp/state").status).toBe(0);
    expect(publish(machine, anna).status).toBe(0);
    expect(publish(machine, {}).status).toBe(5);
    expect(publish(machine, { ...anna, password: "guessed" }).status).toBe(5);
    expect(publish(machine, { user: "pi2mqtt-other", password: "guessed" }).status).toBe(5);
  });

  it("lets the agent say what an agent says, and nothing else", () => {
    const forbidden = /Not authorized/;
    for (const topic of [
      "pi2mqtt/office-pi/status",
      "home/office",
      "home/office/lamp/state",
      "summer house/door",
      "homeassistant/device/office-pi/config",
      "homeassistant/device/office-pi__lamp/config",
      "homeassistant/switch/office-pi__lamp/lamp/config",
    ])
      expect(publish(machine, agent, topic).text).not.toMatch(forbidden);
    for (const topic of [
      "pi2mqtt/cellar-pi/status",
      "home/cellar/lamp",
      "homeassistant/status",
      "homeassistant/switch/cellar-pi/lamp/state",
    ])
      expect(publish(machine, agent, topic).text).toMatch(forbidden);
  });

  it("lets the agent hear its commands and Home Assistant's birth, and nothing else", () => {
    for (const topic of ["home/office/lamp/set", "homeassistant/status", "home/cellar/lamp/set"])
      publish(machine, anna, topic, "on", true);
    expect(machine.must(hear(machine, agent, "home/office/lamp/set"))).toBe("on");
    expect(machine.must(hear(machine, agent, "homeassistant/status"))).toBe("on");
    expect(machine.shell(hear(machine, agent, "home/cellar/#")).status).not.toBe(0);
  });

  it("keeps passwords where only root and, hashed, the broker can read them", () => {
    const readable = machine.must("find /etc/mosquitto/pi2mqtt -type f -perm /o+r -printf '%f '").split(" ");
    expect(readable.sort()).toEqual(["settings"]);
    expect(machine.must("stat -c '%a %U:%G' /etc/mosquitto/pi2mqtt/passwords")).toBe("600 mosquitto:mosquitto");
    for (const { user } of [agent, anna]) {
      const password = passwordOf(machine, user);
      expect(password).toMatch(/^[0-9a-f]{32}$/);
      const holders = machine.must(`grep -rlsF ${password} ${changedFolders} || true`).split("\n");
      expect(holders).toHaveLength(1);
      expect(holders[0]).toMatch(new RegExp(`/mosquitto/pi2mqtt/users/${user}/env$`));
      expect(machine.must(`stat -c '%a %U' ${holders[0]}`)).toBe("600 root");
      expect(said).not.toContain(password);
    }
  });

  it("changes nothing when it runs again", () => {
    const once = machine.snapshot("/etc") + machine.must(`stat -c %Y /etc/mosquitto/pi2mqtt/*`);
    const broker = machine.must(brokerProcess);
    expect(machine.setUp()).toMatch(/Proved/);
    expect(machine.snapshot("/etc") + machine.must(`stat -c %Y /etc/mosquitto/pi2mqtt/*`)).toBe(once);
    expect(machine.must(brokerProcess)).toBe(broker);
  });

  it("adds an agent without disturbing who is there", () => {
    const hashes = machine.must("cat /etc/mosquitto/pi2mqtt/passwords");
    const broker = machine.must(brokerProcess);
    machine.setUp("--agent cellar-pi --topics home/cellar");
    expect(machine.must("cat /etc/mosquitto/pi2mqtt/passwords")).toMatch(
      new RegExp(`^${escaped(hashes)}\npi2mqtt-cellar-pi:`),
    );
    expect(machine.must(brokerProcess)).toBe(broker);
    const cellar = { user: "pi2mqtt-cellar-pi" };
    expect(publish(machine, cellar, "home/cellar/lamp/state").text).toBe("");
    expect(publish(machine, cellar, "home/office/lamp").text).toMatch(/Not authorized/);
    expect(publish(machine, agent, "home/office/lamp/state").text).toBe("");
  });

  it("replaces an agent's topics, a password, and a user, one at a time", () => {
    machine.setUp("--agent cellar-pi --topics home/garage");
    expect(publish(machine, { user: "pi2mqtt-cellar-pi" }, "home/cellar/lamp").text).toMatch(/Not authorized/);
    expect(publish(machine, { user: "pi2mqtt-cellar-pi" }, "home/garage/door").text).toBe("");

    const old = { ...anna, password: passwordOf(machine, "anna") };
    machine.setUp("--new-password anna");
    expect(publish(machine, old).status).toBe(5);
    expect(publish(machine, anna).status).toBe(0);

    const gone = { user: "pi2mqtt-cellar-pi", password: passwordOf(machine, "pi2mqtt-cellar-pi") };
    machine.setUp("--remove pi2mqtt-cellar-pi");
    expect(publish(machine, gone).status).toBe(5);
    expect(machine.must("grep -rl cellar-pi /etc/mosquitto || true")).toBe("");
  });

  it("tells of a password that was changed elsewhere, and puts nothing in its place", () => {
    machine.must(
      "mosquitto_passwd -b /etc/mosquitto/pi2mqtt/passwords anna another && kill -HUP $(cat /run/mosquitto/mosquitto.pid)",
    );
    machine.must(
      "chown mosquitto:mosquitto /etc/mosquitto/pi2mqtt/passwords; chmod 600 /etc/mosquitto/pi2mqtt/passwords",
    );
    const changed = machine.snapshot("/etc");
    const { status, text } = machine.setupBroker();
    expect(status).toBe(1);
    expect(text).toMatch(/anna does not come in on port 1883 .* --new-password anna makes another/);
    expect(machine.snapshot("/etc")).toBe(changed);
    machine.setUp("--new-password anna");
    expect(publish(machine, anna).status).toBe(0);
  });

  it("takes away with --undo what it made, and nothing else", () => {
    expect(machine.setUp("--undo")).toMatch(/Removed/);
    expect(machine.snapshot("/etc")).toBe(before);
    expect(publish(machine, {}).status).toBe(0);
    expect(machine.setUp("--undo")).toMatch(/nothing of this script here/);
  });
});

/** A PATH with all programs of the machine but Node.js. */
function programsWithoutNode(machine: Machine): string {
  return machine.must(`mkdir -p /run/programs
    for folder in \${PATH//:/ }; do for program in $folder/*; do ln -sn $program /run/programs/ 2>/dev/null; done; done
    rm -f /run/programs/node; echo /run/programs`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
