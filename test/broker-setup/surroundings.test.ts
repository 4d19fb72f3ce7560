import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cannotRun } from "../e2e/required.ts";
import { publish } from "./clients.ts";
import { Machine, machineMissing } from "./machine.ts";

const missing = machineMissing();
const other = "/etc/mosquitto/conf.d/other.conf";
const people = { user: "people" };

describe("setup-broker.sh on a machine where somebody has been before", () => {
  if (missing !== undefined) return cannotRun(missing);

  let machine: Machine;
  beforeEach(async () => {
    machine = await Machine.start();
  });
  afterEach(() => machine.stop());

  it.each([
    ["listener 1883", /other\.conf:1 has a listener on port 1883 already/],
    ["port 1883", /other\.conf:1 has a listener on port 1883 already/],
    ["listener 1884\nallow_anonymous true", /other\.conf:2 sets allow_anonymous, for all listeners/],
    ["password_file /etc/mosquitto/passwd", /other\.conf:1 sets password_file/],
    ["acl_file /etc/mosquitto/acl", /other\.conf:1 sets acl_file/],
  ])("refuses beside %j, says where it stands, and changes nothing", (settings, sentence) => {
    machine.must(`printf '${settings}\\n' >${other}`);
    const before = machine.snapshot("/etc");
    const { status, text } = machine.setupBroker();
    expect(text).toMatch(sentence);
    expect(status).toBe(1);
    expect(machine.snapshot("/etc")).toBe(before);
  });

  it("takes another port beside a listener, whose rules are then the same", () => {
    machine.must(`echo 'listener 1883' >${other}`);
    expect(machine.setUp("--port 1993")).toMatch(/the same users and rules hold there from now on/);
    expect(publish(machine, { ...people, port: 1993 }).status).toBe(0);
    expect(publish(machine, { port: 1883 }).status).toBe(5);
  });

  it("leaves a listener its own rules where rules are per listener", () => {
    machine.must(`printf 'per_listener_settings true\\nlistener 1884\\nallow_anonymous true\\n' >${other}`);
    expect(machine.setUp("--tls")).toMatch(
      /other\.conf:2 has a listener of its own on port 1884, which is left as it is/,
    );
    expect(publish(machine, { port: 1884 }).status).toBe(0);
    expect(publish(machine, { port: 1883 }).status).toBe(5);
    expect(publish(machine, { port: 8883, tls: true }).status).toBe(5);
    expect(publish(machine, { ...people, port: 8883, tls: true }).status).toBe(0);
  });

  it("leaves settings alone that may be said once only", () => {
    machine.must(`echo 'max_queued_messages 0' >${other}`);
    expect(machine.setUp()).toMatch(/other\.conf:1 sets max_queued_messages to 0/);
    expect(machine.must("grep -hE '^(max_queued|persistence)' /etc/mosquitto/conf.d/*")).toBe("max_queued_messages 0");
  });

  it("puts everything back, and says that Mosquitto does not run, when another file is broken", () => {
    machine.setUp();
    machine.must("echo 'listener 70000' >/etc/mosquitto/conf.d/zz.conf");
    const before = machine.snapshot("/etc");
    const { status, text } = machine.setupBroker("--port 1993");
    expect(status).toBe(1);
    expect(text).toMatch(/Mosquitto does not start/);
    expect(text).toMatch(/Mosquitto does not run now/);
    expect(text).toMatch(/All files are as they were before/);
    expect(machine.snapshot("/etc")).toBe(before);
  });

  it("puts everything back when another program has the port", async () => {
    machine.must(`mosquitto -p 1883 >/dev/null 2>&1 &`);
    await machine.until("mosquitto_pub -t trial -m on");
    const before = machine.snapshot("/etc");
    expect(machine.setupBroker().status).toBe(1);
    expect(machine.snapshot("/etc")).toBe(before);
    expect(machine.must("pgrep -x mosquitto")).toMatch(/^\d+$/);
  });

  it("refuses a configuration folder that Mosquitto does not read, and a file of that name that is not its own", () => {
    machine.must("echo '# mine' >/etc/mosquitto/conf.d/pi2mqtt.conf");
    expect(machine.setupBroker().text).toMatch(/pi2mqtt\.conf is not of this script/);
    expect(machine.setupBroker("--undo").text).toMatch(/pi2mqtt\.conf is not of this script/);
    machine.must("rm /etc/mosquitto/conf.d/pi2mqtt.conf; sed -i /^include_dir/d /etc/mosquitto/mosquitto.conf");
    expect(machine.setupBroker().text).toMatch(/add "include_dir \/etc\/mosquitto\/conf\.d" as its last line/);
  });

  it.each([
    ["--agent 'office pi'", /"office pi" is not an agent's id/],
    ["--topics 'home/#'", /"home\/#" has a wildcard/],
    ["--topics /home", /"\/home" has an empty level/],
    ["--topics homeassistant", /"homeassistant" has topics of other agents too/],
    ["--people pi2mqtt-office-pi", /"pi2mqtt-office-pi" would be an agent/],
    ["--people an:na", /"an:na" is not a user's name/],
    ["--name mqtt://broker", /"mqtt:\/\/broker" is not an IPv6 address/],
    ["--port 883", /Port 883 is closed to Mosquitto/],
    ["--tls --port 1883", /With TLS, port 1883 is for this machine only/],
    ["--remove nobody", /There is no user "nobody" to remove/],
    ["--agent", /--agent needs a value/],
    ["--agnet office-pi", /There is no option "--agnet"/],
  ])("refuses %s with a sentence, and changes nothing", (options, sentence) => {
    const before = machine.snapshot("/etc");
    const { status, text } = machine.setupBroker(options);
    expect(text).toMatch(sentence);
    expect(status).toBe(1);
    expect(machine.snapshot("/etc")).toBe(before);
  });

  it("lets people be called as they like", () => {
    const names = ["nobody", "trial", "heard", "right", "wrong", "anna", "anna.wrong", "mosquitto_pub"];
    const said = machine.setUp(`--client-certificates ${names.map((name) => `--people ${name}`).join(" ")}`);
    expect(said).toMatch(/Proved: "on" of nobody switches a \(simulated\) relay/);
    for (const user of names) expect(publish(machine, { user }).status).toBe(0);
  });

  it("gives no program a password as an argument", () => {
    machine.must(`mkdir /run/watched && cd /run/watched && for program in $(ls /usr/bin /usr/sbin | sort -u); do
        path=$(PATH=/usr/bin:/usr/sbin type -P "$program") || continue
        printf '#!/bin/sh\\necho "%s $*" >>/run/arguments\\nexec %s "$@"\\n' "$program" "$path" >"$program"
      done; chmod 755 /run/watched/*`);
    machine.must(`PATH=/run/watched:$PATH ${machine.script} --client-certificates`);
    const passwords = machine
      .must("cat /etc/mosquitto/pi2mqtt/users/*/env | sed -n 's/^MQTT_PASSWORD=//p'")
      .split("\n");
    expect(passwords).toHaveLength(2);
    const called = machine.must("cat /run/arguments");
    expect(called).toMatch(/^mosquitto_passwd -U /m);
    expect(called).toMatch(/^mosquitto_pub /m);
    for (const password of passwords) expect(called).not.toContain(password);
  });
});
