import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cannotRun } from "../e2e/required.ts";
import { hear, publish } from "./clients.ts";
import { Machine, machineMissing } from "./machine.ts";

const missing = machineMissing();
const people = { user: "people" };

describe("setup-broker.sh and the .env of the agent on this machine", () => {
  if (missing !== undefined) return cannotRun(missing);

  let machine: Machine;
  beforeEach(async () => {
    machine = await Machine.start();
  });
  afterEach(() => machine.stop());

  it("gives the agent of this machine its password, which then switches its lamp, and takes it back with --undo", async () => {
    const devices =
      "agent: {id: garden, topic: pi2mqtt/garden}\\ndevices:\\n  lamp: {kind: relay, topic: home/lamp, pin: 17}\\n  gate: {kind: contact, topic: gate/door, pin: 5}\\n";
    machine.must(`mkdir /etc/pi2mqtt && cd /etc/pi2mqtt && printf '${devices}' >devices.yaml
      printf '# ours\\nexport MQTT_URL = "mqtt://localhost:1883" # here\\n MQTT_USERNAME= # none\\nMQTT_PASSWORD: \\nOTHER="a b"\\n' >.env && chmod 600 .env && chown daemon .env`);
    const before = machine.snapshot("/etc");
    const said = machine.setUp();
    expect(said).toMatch(/devices\.yaml has the topic gate\/door, which garden may not use/);
    expect(said).not.toContain("has the topic pi2mqtt/garden");
    expect(
      machine.must("stat -c '%a %U' /etc/pi2mqtt/.env; grep -c '' /etc/pi2mqtt/.env; tail -n 1 /etc/pi2mqtt/.env"),
    ).toBe('600 daemon\n5\nOTHER="a b"');
    machine.startAgent("/etc/pi2mqtt/devices.yaml");
    await machine.until(`${hear(machine, people, "pi2mqtt/garden/status")} | grep -x online`);
    publish(machine, people, "home/lamp", "on");
    await machine.until(`${hear(machine, people, "home/lamp/state")} | grep -x ON`);
    machine.setUp("--undo");
    expect(machine.snapshot("/etc")).toBe(before);
  });

  it.each([
    "MQTT_URL=mqtt://elsewhere:1883",
    "MQTT_URL = mqtt://elsewhere:1883",
    "export MQTT_URL=mqtt://elsewhere:1883",
    "  MQTT_URL=mqtt://elsewhere:1883",
    "MQTT_URL: mqtt://elsewhere:1883",
    'MQTT_URL="mqtt://elsewhere:1883" # the other',
    "MQTT_URL=mqtt://localhost:1883,mqtt://elsewhere:1883",
    "MQTT_URL=mqtt://localhost.elsewhere:1883",
  ])("keeps an .env that names another broker as %j", (line) => {
    machine.must(`mkdir /etc/pi2mqtt && echo '${line}' >/etc/pi2mqtt/.env && cp -p /etc/pi2mqtt/.env /run/before`);
    expect(machine.setUp()).toMatch(/Kept \/etc\/pi2mqtt\/\.env, which names another broker/);
    machine.must("cmp /etc/pi2mqtt/.env /run/before");
  });
});
