import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rehearsed as rehearsedIn, steps } from "../fakes/homes/rehearsed.ts";

const house = `
devices:
  lamp: {kind: relay, topic: home/lamp, pin: 17}
  door: {kind: contact, topic: home/door, pin: 5}
  button: {kind: contact, topic: home/button, pin: 6, active_low: true}
  boiler: {kind: ds18b20, topic: home/boiler, address: 28-0000000000aa, every: 2s}
  cellar: {kind: ds18b20, topic: home/cellar, address: 28-0000000000bb, every: 2s}
`;

/** Runs the devices of this house, or others, through a scenario. */
const rehearsed = (steps: string, devices = house) => rehearsedIn(steps, devices);

describe("a rehearsal", () => {
  it("goes through the example for the devices.yaml of this repository", async () => {
    const example = readFileSync(new URL("../../examples/scenario.yaml", import.meta.url), "utf8");
    const devices = readFileSync(new URL("../../devices.yaml", import.meta.url), "utf8");
    const { failures, clock } = await rehearsed(example, devices);
    expect(failures).toEqual([]);
    expect(clock.monotonicMs()).toBe(8 * 60_000);
  });

  it("turns a knob by its contacts, one after the other, and presses it", async () => {
    const knob = "devices:\n  knob: {kind: rotary, topic: knob, pin_a: 23, pin_b: 24, button_pin: 25}\n";
    const { failures, log } = await rehearsed(
      steps(
        "at: 1000ms, set: {knob: {pin_a: closed}}",
        "at: 1010ms, set: {knob: {pin_b: {to: closed, bounces: 3, within: 2ms}}}",
        "at: 1020ms, set: {knob: {pin_a: open}}",
        "at: 1030ms, set: {knob: {pin_b: open}}, expect: {knob: {position: 1}}",
        "at: 2s, set: {knob: {button_pin: {pulses: 2, within: 400ms}}}",
        "at: 5s, expect: {knob: {position: 1}}",
      ),
      knob,
    );
    expect(failures).toEqual([]);
    const events = log.lines.filter(({ message }) => message === "event").map((line) => line["payload"]);
    expect(events).toEqual(['{"event_type":"clockwise"}', '{"event_type":"double"}']);
  });

  it("sends a meter its pulses, whatever its level between them", async () => {
    const meters = `devices:
  water: {kind: counter, topic: water, pin: 20}
  power: {kind: counter, topic: power, pin: 21, active_low: false, pull: down, pulses_per_unit: 1000}
`;
    const { failures } = await rehearsed(
      steps(
        "at: 1s, set: {water: {pulses: 100, within: 10s}, power: {pulses: 10000, within: 30m}}",
        "at: 11s, expect: {water: {total: 100}}, within: 10s",
        "at: 31m, expect: {power: {total: 10, pulses: 10000}}",
        "at: 32m, set: {water: {pulses: 7}}, expect: {water: {total: 107}}, within: 20s",
      ),
      meters,
    );
    expect(failures).toEqual([]);
  });

  it("drives inputs by what they mean, by their level and by what the contact does", async () => {
    const { failures } = await rehearsed(
      steps(
        "at: 1s, set: {door: closed, button: closed}",
        "at: 2s, expect: {door: OFF, button: ON}",
        "at: 3s, set: {door: ON, button: OFF}",
        "at: 4s, expect: {door: ON, button: OFF}",
        "at: 5s, set: {door: low, button: low}",
        "at: 6s, expect: {door: OFF, button: ON}",
      ),
    );
    expect(failures).toEqual([]);
  });

  it("lets a contact bounce, which a debounced device says once", async () => {
    const { failures, states } = await rehearsed(
      steps(
        "at: 1s, set: {door: OFF}",
        "at: 2s, set: {door: {to: ON, bounces: 8, within: 40ms}}",
        "at: 2060ms, expect: {door: OFF}",
        "at: 3s, expect: {door: ON}",
      ),
    );
    expect(failures).toEqual([]);
    expect(states("door")).toEqual(["ON", "OFF", "ON"]);
  });

  it("shows each bounce to a device that does not debounce", async () => {
    const undebounced = "devices:\n  door: {kind: contact, topic: home/door, pin: 5, debounce: 0ms}\n";
    const { states } = await rehearsed(
      steps("at: 1s, set: {door: {to: OFF, bounces: 2}}", "at: 2s, expect: {door: OFF}"),
      undebounced,
    );
    expect(states("door")).toEqual(["ON", "OFF", "ON", "OFF", "ON", "OFF"]);
  });

  it("sends commands and sets values, and looks at what came of it", async () => {
    const { failures } = await rehearsed(
      steps(
        "at: 1s, command: {lamp: toggle}, expect: {lamp: ON}",
        "at: 2s, command: {lamp: {state: on, on_time: 2}}",
        "at: 5s, expect: {lamp: OFF}",
        "at: 6s, set: {boiler: {temperature: 61.5}}",
        "at: 9s, expect: {boiler: {temperature: 61.5}, cellar: {temperature: [17, 21]}}",
      ),
    );
    expect(failures).toEqual([]);
  });

  it("drives a cover, and looks at where it is", async () => {
    const { failures } = await rehearsed(
      steps(
        "at: 0s, expect: {shade: {state: null, position: null}}",
        "at: 1s, command: {shade: Close}, expect: {shade: {state: closing}}",
        "at: 24s, command: {shade: {position: 50}}, expect: {shade: {state: opening, position: 0}}",
        "at: 29s, expect: {shade: {state: opening, position: [20, 30]}}",
        "at: 35s, expect: {shade: {state: Open, position: 50}}",
        "at: 36s, fault: {shade: EIO}, expect: {shade: offline}, within: 5s",
        "at: 50s, fault: {shade: none}, expect: {shade: {state: open, position: 50}}, within: 1m",
      ),
      "devices:\n  shade: {kind: cover, topic: shade, open_pin: 22, close_pin: 23, open_time: 20s}\n",
    );
    expect(failures).toEqual([]);
  });

  it("tells each expectation that is not met, with its place and what there was instead", async () => {
    const { failures } = await rehearsed(
      steps(
        "at: 1s, expect: {lamp: ON, cellar: offline}",
        "at: 2s, set: {boiler: {temperature: 61.5}}",
        "at: 3s, expect: {boiler: {temperature: [10, 20]}}, within: 5s",
        "at: 9s, command: {lamp: on}, expect: {lamp: ON}",
      ),
    );
    expect(failures).toEqual([
      "scenario.yaml:2:23  at 1s: lamp should be ON, but is OFF",
      "scenario.yaml:2:33  at 1s: cellar should be offline, but is online",
      "scenario.yaml:4:23  within 5 s from 3s: boiler should have temperature from 10 to 20, but temperature is 61.5",
    ]);
  });

  it("waits for an expectation as long as it may take, and no longer", async () => {
    const lines = (within: string) =>
      steps(
        "at: 1s, command: {lamp: {state: ON, on_time: 10}}",
        `at: 2s, expect: {lamp: OFF}, within: ${within}`,
        "at: 20s, expect: {lamp: OFF}",
      );
    expect((await rehearsed(lines("9s"))).failures).toEqual([]);
    expect((await rehearsed(lines("8s"))).failures).toHaveLength(1);
  });

  it("is content with an expectation that comes true for a moment", async () => {
    const { failures } = await rehearsed(
      steps("at: 1s, expect: {lamp: ON}, within: 10s", "at: 5s, command: {lamp: {state: ON, on_time: 1}}"),
    );
    expect(failures).toEqual([]);
  });

  it("judges after all else that happens at the same instant", async () => {
    const { failures } = await rehearsed(
      steps("at: 1s, expect: {lamp: ON}", "at: 1s, command: {lamp: on}", "at: 2s, expect: {lamp: ON}"),
    );
    expect(failures).toEqual([]);
  });

  it("does not take the last state of an offline device for its state", async () => {
    const { failures } = await rehearsed(
      steps("at: 1s, fault: {lamp: EIO}, command: {lamp: on}", "at: 2s, expect: {lamp: OFF}"),
    );
    expect(failures).toEqual(["scenario.yaml:3:23  at 2s: lamp should be OFF, but is offline"]);
  });

  it("lets pins fail and come back", async () => {
    const { failures } = await rehearsed(
      steps(
        "at: 1s, fault: {door: EBUSY}, expect: {door: offline, button: online}",
        "at: 2s, fault: {lamp: EIO}, expect: {lamp: online}",
        "at: 3s, command: {lamp: on}, expect: {lamp: offline}",
        "at: 10s, fault: {door: none, lamp: none}",
        "at: 11s, expect: {door: ON, lamp: OFF}, within: 1m",
      ),
    );
    expect(failures).toEqual([]);
  });

  it("notices an input that answers with an error although no edge comes", async () => {
    const { failures } = await rehearsed(
      steps("at: 1s, fault: {door: EIO}", "at: 1s, expect: {door: offline}, within: 3s"),
    );
    expect(failures).toEqual([]);
  });

  it("takes a sensor away, and a value outside its range for a failed reading", async () => {
    const { failures } = await rehearsed(
      steps(
        "at: 5s, fault: {boiler: gone}, set: {cellar: {temperature: 200}}",
        "at: 6s, expect: {boiler: offline, cellar: offline}, within: 10s",
        "at: 20s, fault: {boiler: none}, set: {cellar: {temperature: 20}}",
        "at: 21s, expect: {boiler: online, cellar: {temperature: 20}}, within: 5m",
      ),
    );
    expect(failures).toEqual([]);
  });

  it("takes a value outside its range for none, and the others as they are", async () => {
    const { failures } = await rehearsed(
      steps(
        "at: 5s, set: {climate: {humidity: 101.7, temperature: 20}}",
        "at: 10s, expect: {climate: {temperature: 20, humidity: null}}",
        "at: 10s, expect: {climate: {temperature: null}}",
        "at: 11s, set: {climate: {humidity: 60}}",
        "at: 15s, expect: {climate: {humidity: 60}}",
        "at: 15s, expect: {climate: {humidity: null}}",
      ),
      "devices:\n  climate: {kind: dht, topic: home/climate, pin: 4, every: 3s}\n",
    );
    expect(failures).toEqual([
      "scenario.yaml:4:24  at 10s: climate should have temperature null, but temperature is 20",
      "scenario.yaml:7:24  at 15s: climate should have humidity null, but humidity is 60",
    ]);
  });

  it("goes on until the file says so", async () => {
    const { clock } = await rehearsed(`${steps("at: 1s, expect: {lamp: OFF}")}until: 1h\n`);
    expect(clock.monotonicMs()).toBe(3_600_000);
  });

  it("gives the same answer every time", async () => {
    const run = () =>
      rehearsed(`${steps("at: 10s, fault: {boiler: gone}", "at: 30s, fault: {boiler: none}")}until: 10m\n`);
    const [one, other] = [await run(), await run()];
    expect(one.log.lines).toEqual(other.log.lines);
  });
});
