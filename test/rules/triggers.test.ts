import { describe, expect, it } from "vitest";
import { ruledHouse } from "./ruled-house.ts";

describe("a rule is set off", () => {
  it("by an event, and by no other event of the device", async () => {
    const house = await ruledHouse(
      "  it: {when: {device: button, event: single}, then: {device: lamp, command: toggle}}",
    );
    await house.press();
    expect(house.lamp()).toBe(true);
    await house.press(800);
    expect(house.lamp()).toBe(true);
    await house.press();
    expect(house.lamp()).toBe(false);
  });

  it("by a state that a device gets, and not by the one that it has already", async () => {
    const house = await ruledHouse("  it: {when: {device: holiday, state: on}, then: {device: lamp, command: toggle}}");
    await house.send("holiday/set", "on");
    expect(house.lamp()).toBe(true);
    await house.send("holiday/set", "on");
    expect(house.lamp()).toBe(true);
    await house.send("holiday/set", "off");
    expect(house.lamp()).toBe(true);
    await house.send("holiday/set", "on");
    expect(house.lamp()).toBe(false);
  });

  it("not by the state that a device has when the agent starts", async () => {
    const rule = "  it: {when: {device: lamp, state: ON}, then: {device: fan, command: on}}";
    const house = await ruledHouse(rule.replace("lamp", "porch"), {
      devices: "  porch: {kind: relay, topic: porch, pin: 25, initial: on}",
    });
    expect(house.fan()).toBe(false);
    await house.send("porch/set", "off");
    await house.send("porch/set", "on");
    expect(house.fan()).toBe(true);
  });

  it("by a state that has lasted, and anew only after another state", async () => {
    const house = await ruledHouse(
      "  it: {when: {device: holiday, state: ON, for: 5m}, then: {device: lamp, command: toggle}}",
    );
    await house.send("holiday/set", "on");
    await house.clock.advance(4 * 60_000);
    await house.send("holiday/set", "off");
    await house.send("holiday/set", "on");
    await house.clock.advance(299_000);
    expect(house.lamp()).toBe(false);
    await house.clock.advance(1_000);
    expect(house.lamp()).toBe(true);
    await house.clock.advance(60 * 60_000);
    expect(house.lamp()).toBe(true);
  });

  it("by a state with a time that is there at the start, counted from the start", async () => {
    const house = await ruledHouse(
      "  it: {when: {device: porch, state: ON, for: 5m}, then: {device: lamp, command: on}}",
      {
        devices: "  porch: {kind: relay, topic: porch, pin: 25, initial: on}",
      },
    );
    await house.clock.advance(298_000);
    expect(house.lamp()).toBe(false);
    await house.clock.advance(2_000);
    expect(house.lamp()).toBe(true);
  });

  it("by a number that passes its bound, and anew only after it has left by the hysteresis", async () => {
    const house = await ruledHouse(
      "  it: {when: {measure: cellar.temperature, below: 3, hysteresis: 0.5}, then: {device: heater, command: toggle}}",
    );
    for (const [temperature, isOn] of [
      [3, false],
      [2.9, true],
      [3.4, true],
      [2.8, true],
      [3.5, true],
      [2.9, true],
      [3.6, true],
      [2.9, false],
    ] as const) {
      await house.read({ temperature });
      expect([temperature, house.heater()]).toEqual([temperature, isOn]);
    }
  });

  it("by a number that is there at the first reading: frost does not wait", async () => {
    const house = await ruledHouse("  it: {when: {measure: cellar, below: 3}, then: {device: heater, command: on}}", {
      first: { temperature: -2 },
    });
    expect(house.heater()).toBe(true);
  });

  it("by a number between two bounds", async () => {
    const house = await ruledHouse(
      "  it: {when: {measure: cellar, between: [5, 8]}, then: {device: fan, command: toggle}}",
    );
    await house.read({ temperature: 8.1 });
    expect(house.fan()).toBe(false);
    await house.read({ temperature: 8 });
    expect(house.fan()).toBe(true);
    await house.read({ temperature: 4.9 });
    await house.read({ temperature: 5 });
    expect(house.fan()).toBe(false);
  });

  it("by no reading that has failed: a time begins anew when nobody knows the number", async () => {
    const house = await ruledHouse(
      "  it: {when: {measure: cellar, below: 3, for: 1m}, then: {device: heater, command: on}}",
    );
    await house.read({ temperature: 2 });
    await house.clock.advance(40_000);
    await house.read("fails");
    await house.read({ temperature: 2 });
    await house.clock.advance(50_000);
    expect(house.heater()).toBe(false);
    await house.clock.advance(20_000);
    expect(house.heater()).toBe(true);
  });

  it("by a device that goes offline and by one that comes back, not by its first coming", async () => {
    const house = await ruledHouse(
      [
        "  lost: {when: {device: cellar, availability: offline}, then: {device: fan, command: on}}",
        "  back: {when: {device: cellar, availability: online}, then: {device: lamp, command: on}}",
      ].join("\n"),
    );
    expect([house.fan(), house.lamp()]).toEqual([false, false]);
    for (let times = 0; times < 4; times += 1) await house.read("fails");
    expect([house.fan(), house.lamp()]).toEqual([true, false]);
    await house.read({ temperature: 20 });
    await house.clock.advance(60_000);
    expect(house.lamp()).toBe(true);
  });

  it("by a device that never comes, after the time that is given for it", async () => {
    const house = await ruledHouse(
      "  it: {when: {device: cellar, availability: offline, for: 2m}, then: {device: fan, command: on}}",
      {
        first: "fails",
      },
    );
    await house.clock.advance(117_000);
    expect(house.fan()).toBe(false);
    await house.clock.advance(2_000);
    expect(house.fan()).toBe(true);
  });

  it("by the broker that is lost and is back, not by the first connection", async () => {
    const house = await ruledHouse(
      [
        "  gone: {when: {broker: offline}, then: {device: fan, command: on}}",
        "  long: {when: {broker: offline, for: 10m}, then: {device: heater, command: on}}",
        "  back: {when: {broker: online}, then: {device: lamp, command: on}}",
      ].join("\n"),
    );
    expect([house.fan(), house.lamp()]).toEqual([false, false]);
    house.bus.disconnect();
    expect([house.fan(), house.lamp()]).toEqual([true, false]);
    await house.clock.advance(10 * 60_000);
    expect(house.heater()).toBe(true);
    house.bus.connect();
    expect(house.lamp()).toBe(true);
  });

  it("by the start of the agent, when the outputs are ready", async () => {
    const house = await ruledHouse("  it: {when: {agent: start}, then: {device: lamp, command: on}}");
    expect(house.lamp()).toBe(true);
    expect(house.rule("it")).toMatchObject({ state: "ON", fired: 1, last_by: "start" });
  });

  it("by a message with a text, with a value in its JSON, or with anything", async () => {
    const house = await ruledHouse(
      [
        '  text: {when: {topic: gate/bell, payload: "pressed"}, then: {device: lamp, command: toggle}}',
        "  value: {when: {topic: remote, payload: {action.name: single}}, then: {device: fan, command: toggle}}",
        "  any: {when: {topic: gate/bell}, then: {device: heater, command: toggle}}",
      ].join("\n"),
    );
    await house.send("gate/bell", "pressed\n");
    expect([house.lamp(), house.heater()]).toEqual([true, true]);
    await house.send("gate/bell", "released");
    expect([house.lamp(), house.heater()]).toEqual([true, false]);
    await house.send("remote", '{"action":{"name":"double"}}');
    await house.send("remote", "not JSON");
    expect(house.fan()).toBe(false);
    await house.send("remote", '{"action":{"name":"single"}}');
    expect(house.fan()).toBe(true);
  });

  it("by no message that the broker has kept", async () => {
    const house = await ruledHouse("  it: {when: {topic: gate/bell}, then: {device: lamp, command: on}}");
    await house.send("gate/bell", "pressed", true);
    expect(house.lamp()).toBe(false);
  });

  it("by each of several", async () => {
    const house = await ruledHouse(
      "  it: {when: [{device: button, event: single}, {topic: gate/bell}], then: {device: lamp, command: toggle}}",
    );
    await house.press();
    expect(house.lamp()).toBe(true);
    await house.send("gate/bell", "x");
    expect(house.lamp()).toBe(false);
  });
});

describe("without a broker", () => {
  it("a rule works from the first moment", async () => {
    const house = await ruledHouse(
      "  it: {when: {device: button, event: single}, then: {device: lamp, command: toggle}}",
    );
    house.bus.disconnect();
    await house.press();
    expect(house.lamp()).toBe(true);
  });
});
