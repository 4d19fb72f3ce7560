import { describe, expect, it } from "vitest";
import { simulatedBank } from "../../src/gpio/simulated.ts";
import { writeState } from "../../src/runtime/machine/state-file.ts";
import { breakablePins } from "../fakes/pins/breakable-pins.ts";
import { FakeStateFile } from "../fakes/state-file.ts";
import { ruledHouse } from "./ruled-house.ts";

const minute = 60_000;
const pressed = "when: {device: button, event: single}";
const onWaitOff = "[{device: lamp, command: on}, {wait: 10m}, {device: lamp, command: off}]";

describe("the steps of a rule", () => {
  it("are done one after the other, with a wait between them", async () => {
    const house = await ruledHouse(`  it: {${pressed}, then: ${onWaitOff}}`);
    await house.press();
    expect(house.lamp()).toBe(true);
    expect(house.rule("it")).toMatchObject({ running: true });
    await house.clock.advance(9 * minute + 58_000);
    expect(house.lamp()).toBe(true);
    await house.clock.advance(2_000);
    expect(house.lamp()).toBe(false);
    expect(house.rule("it")).toMatchObject({ running: false, fired: 1, last_by: "button: single" });
  });

  it("go on after one that was refused, which is logged", async () => {
    const pins = simulatedBank();
    const house = await ruledHouse(
      `  it: {${pressed}, then: [{device: pump, command: on}, {device: lamp, command: on}]}`,
      { devices: "  pump: {kind: relay, topic: pump, pin: 25}", bank: breakablePins(pins, (pin) => pin === 25), pins },
    );
    await house.press();
    expect(house.lamp()).toBe(true);
    expect(house.log.lines).toContainEqual(
      expect.objectContaining({ level: "warn", rule: "it", to: "pump", reason: "the device is offline" }),
    );
  });

  it("publish a text with values of devices, and say unknown of what nobody knows", async () => {
    const house = await ruledHouse(
      `  it: {${pressed}, then: {publish: home/alerts, retain: true, payload: "{{cellar.temperature}} °C, {{ cellar }}, holiday {{holiday}}, {{lamp}}"}}`,
      { first: { temperature: 2.5 } },
    );
    await house.send("holiday/set", "on");
    await house.press();
    expect(house.bus.published).toContainEqual(
      expect.objectContaining({ topic: "home/alerts", payload: "2.5 °C, 2.5, holiday ON, OFF", retain: true }),
    );
    for (let times = 0; times < 4; times += 1) await house.read("fails");
    await house.press();
    expect(house.bus.on("home/alerts").at(-1)).toBe("unknown °C, unknown, holiday ON, OFF");
  });

  it("end by another rule", async () => {
    const house = await ruledHouse(
      `  it: {${pressed}, then: ${onWaitOff}}\n  end: {when: {device: holiday, state: ON}, then: {stop: it}}`,
    );
    await house.press();
    await house.send("holiday/set", "on");
    await house.clock.advance(20 * minute);
    expect(house.lamp()).toBe(true);
    expect(house.rule("it")).toMatchObject({ running: false });
    await house.press();
    await house.clock.advance(20 * minute);
    expect(house.lamp()).toBe(false);
  });

  it("say who gave a command, in the log and to the device", async () => {
    const house = await ruledHouse(`  it: {${pressed}, then: {device: lamp, command: on}}`);
    await house.press();
    expect(house.log.lines).toContainEqual(
      expect.objectContaining({ level: "info", message: "state", device: "lamp", cause: "rule:it" }),
    );
  });

  it("keep to the limits of the output", async () => {
    const house = await ruledHouse(`  it: {${pressed}, then: {device: pump, command: on}}`, {
      devices: "  pump: {kind: relay, topic: pump, pin: 25, max_on: 1m, max_on_rest: 5m}",
    });
    await house.press();
    expect(house.pins.level(25)).toBe(1);
    await house.clock.advance(minute);
    expect(house.pins.level(25)).toBe(0);
    await house.press();
    expect(house.pins.level(25)).toBe(0);
  });
});

describe("a rule that is set off while it runs", () => {
  it("leaves that out in the mode single", async () => {
    const house = await ruledHouse(`  it: {${pressed}, then: ${onWaitOff}}`);
    await house.press();
    await house.clock.advance(6 * minute);
    await house.press();
    await house.clock.advance(4 * minute);
    expect(house.lamp()).toBe(false);
    expect(house.rule("it")).toMatchObject({ fired: 1 });
  });

  it("begins anew in the mode restart", async () => {
    const house = await ruledHouse(`  it: {${pressed}, mode: restart, then: ${onWaitOff}}`);
    await house.press();
    await house.clock.advance(6 * minute);
    await house.press();
    await house.clock.advance(9 * minute);
    expect(house.lamp()).toBe(true);
    await house.clock.advance(minute);
    expect(house.lamp()).toBe(false);
  });

  it("runs again afterwards in the mode queued, ten times at most", async () => {
    const house = await ruledHouse(
      `  it: {${pressed}, mode: queued, then: [{device: lamp, command: toggle}, {wait: 10m}]}`,
    );
    for (let times = 0; times < 14; times += 1) await house.press();
    expect(house.rule("it")).toMatchObject({ fired: 11 });
    expect(house.lamp()).toBe(true);
    await house.clock.advance(10 * minute);
    expect(house.lamp()).toBe(false);
    await house.clock.advance(90 * minute);
    expect([house.lamp(), house.rule("it")["running"]]).toEqual([true, true]);
    await house.clock.advance(10 * minute);
    expect(house.rule("it")).toMatchObject({ running: false });
  });
});

describe("over a restart", () => {
  const devices = "  porch: {kind: relay, topic: porch, pin: 25, initial: last}";
  const rules = `  it: {${pressed}, then: [{device: porch, command: on}, {wait: 10m}, {device: porch, command: off}, {device: lamp, command: on}]}`;

  it("a wait goes on, and does not begin anew", async () => {
    const stateFile = new FakeStateFile();
    const first = await ruledHouse(rules, { stateFile, devices });
    await first.press();
    await first.clock.advance(4 * minute);
    await first.agent.stop();

    const second = await ruledHouse(rules, { stateFile, devices, clock: first.clock });
    expect(second.rule("it")).toMatchObject({ running: true });
    expect(second.pins.level(25)).toBe(1);
    await second.clock.advance(6 * minute);
    expect([second.pins.level(25), second.lamp()]).toEqual([0, true]);
  });

  it("a wait that was over meanwhile ends at once", async () => {
    const stateFile = new FakeStateFile();
    const first = await ruledHouse(rules, { stateFile, devices });
    await first.press();
    await first.agent.stop();
    await first.clock.advance(11 * minute);
    const second = await ruledHouse(rules, { stateFile, devices, clock: first.clock });
    expect([second.pins.level(25), second.lamp()]).toEqual([0, true]);
  });

  it("steps that have changed in devices.yaml are not gone on with", async () => {
    const stateFile = new FakeStateFile();
    const first = await ruledHouse(rules, { stateFile, devices });
    await first.press();
    await first.agent.stop();
    const second = await ruledHouse(rules.replace("10m", "11m"), { stateFile, devices, clock: first.clock });
    await second.clock.advance(20 * minute);
    expect([second.lamp(), second.rule("it")["running"]]).toEqual([false, false]);
  });

  it("what is kept of a rule and does not fit is forgotten with a warning, and nothing is switched", async () => {
    const stateFile = new FakeStateFile();
    const first = await ruledHouse(rules, { stateFile, devices });
    await first.press();
    await first.agent.stop();
    const kept = JSON.parse(stateFile.current ?? "{}") as { devices: Record<string, Record<string, unknown>> };
    stateFile.current = writeState({ ...kept.devices, "(rules)": { it: { enabled: "perhaps", waiting: [7] } } });
    const second = await ruledHouse(rules, { stateFile, devices, clock: first.clock });
    await second.clock.advance(20 * minute);
    expect(second.log.at("warn")).toContainEqual(expect.objectContaining({ name: "it" }));
    expect([second.lamp(), second.rule("it")["state"], second.rule("it")["running"]]).toEqual([false, "ON", false]);
  });

  it("the last firing is known", async () => {
    const stateFile = new FakeStateFile();
    const first = await ruledHouse(rules, { stateFile, devices });
    await first.press();
    const { last_fired } = first.rule("it");
    await first.agent.stop();
    const second = await ruledHouse(rules, { stateFile, devices, clock: first.clock });
    expect(second.rule("it")).toMatchObject({ last_fired, last_by: "button: single", fired: 0 });
  });
});

describe("a rule is switched by MQTT", () => {
  const rule = `  it: {${pressed}, then: {device: lamp, command: toggle}}`;

  it("off and on, and that is kept", async () => {
    const stateFile = new FakeStateFile();
    const house = await ruledHouse(rule, { stateFile });
    await house.send("pi2mqtt/test/rules/it/set", "off");
    expect(house.rule("it")).toMatchObject({ state: "OFF" });
    await house.press();
    expect(house.lamp()).toBe(false);
    await house.agent.stop();

    const second = await ruledHouse(rule, { stateFile, clock: house.clock });
    expect(second.rule("it")).toMatchObject({ state: "OFF" });
    await second.send("pi2mqtt/test/rules/it/set", "ON");
    await second.press();
    expect(second.lamp()).toBe(true);
  });

  it("but not by a message that was kept, nor by another word", async () => {
    const house = await ruledHouse(rule);
    await house.send("pi2mqtt/test/rules/it/set", "OFF", true);
    await house.send("pi2mqtt/test/rules/it/set", "maybe");
    expect(house.rule("it")).toMatchObject({ state: "ON" });
    expect(house.log.lines.filter(({ message }) => message === "refused a command")).toHaveLength(2);
  });

  it("and what it is doing goes on to its end", async () => {
    const house = await ruledHouse(`  it: {${pressed}, then: ${onWaitOff}}`);
    await house.press();
    await house.send("pi2mqtt/test/rules/it/set", "OFF");
    await house.clock.advance(10 * minute);
    expect(house.lamp()).toBe(false);
  });

  it("from the first start on, where devices.yaml says so", async () => {
    const house = await ruledHouse(`  it: {${pressed}, enabled: false, then: {device: lamp, command: on}}`);
    await house.press();
    expect(house.lamp()).toBe(false);
    await house.send("pi2mqtt/test/rules/it/set", "ON");
    await house.press();
    expect(house.lamp()).toBe(true);
  });
});
