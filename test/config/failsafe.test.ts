import { describe, expect, it } from "vitest";
import { checkConfig } from "../../src/config/check.ts";
import { chosenPins } from "../../src/core/pin.ts";
import { kinds } from "../fakes/kinds.ts";

const others = `  climate: {kind: dht, topic: climate, pin: 4}
  lamp: {kind: relay, topic: lamp, pin: 17}
`;

function check(options: string, outputsOnly = false) {
  const text = `devices:\n  it: {topic: it, ${options}}\n${others}`;
  const known = { kinds, backends: [], environment: {}, hostname: "test", outputsOnly };
  return checkConfig("devices.yaml", new TextEncoder().encode(text), known);
}

const relay = "kind: relay, pin: 27";
const cover = "kind: cover, open_pin: 22, close_pin: 23, open_time: 25s";

describe("failsafe", () => {
  it.each([
    `${relay}, failsafe: {after_offline: 10m}`,
    `${relay}, failsafe: {state: on, after_silence: 1h, resume: true}`,
    `${relay}, failsafe: {state: keep, on_controller_lost: homeassistant/status}`,
    `${relay}, failsafe: {on_controller_lost: {topic: bridge/state, payload: gone, after: 5m}}`,
    `${relay}, failsafe: {stale_sensor: climate.temperature}`,
    `${relay}, pulse: 1s, failsafe: {after_offline: 10m}`,
    `${relay}, failsafe: {on_exit: keep}`,
    `${relay}, on_exit: keep, failsafe: {on_exit: keep}`,
    "kind: light, pin: 18, failsafe: {state: on, after_offline: 10m}",
    "kind: fan, pin: 18, failsafe: {stale_sensor: climate.humidity}",
    `${cover}, failsafe: {state: keep, after_offline: 10m}`,
    "kind: siren, pin: 18, failsafe: {on_exit: off}",
  ])("is taken: %s", (options) => {
    expect(check(options).problems).toEqual([]);
  });

  it.each([
    [
      `${relay}, failsafe: {state: on}`,
      "failsafe: names no reason; write after_offline, after_silence, on_controller_lost or stale_sensor",
    ],
    [`${relay}, failsafe: {state: closed, after_offline: 10m}`, 'failsafe.state: "closed" is none of off, on, keep'],
    [`${relay}, failsafe: {after_ofline: 10m}`, 'failsafe.after_ofline: there is no option "after_ofline"'],
    [`${relay}, failsafe: {after_offline: 10}`, 'failsafe.after_offline: "10" is not a duration'],
    [
      `${relay}, failsafe: {on_controller_lost: home/+}`,
      'failsafe.on_controller_lost: "home/+" has a wildcard; write one topic, without + and #',
    ],
    [`${relay}, failsafe: {on_controller_lost: 5}`, 'failsafe.on_controller_lost: "5" is not a topic; write one'],
    [
      `${relay}, failsafe: {on_controller_lost: {topic: a, payload: ""}}`,
      "failsafe.on_controller_lost.payload: has no value",
    ],
    [
      `${relay}, failsafe: {stale_sensor: climat.temperature}`,
      'failsafe.stale_sensor: there is no other device "climat"; did you mean "climate"?',
    ],
    [
      `${relay}, failsafe: {stale_sensor: climate.temperatur}`,
      'failsafe.stale_sensor: "climate" has no measure "temperatur"; did you mean "temperature"?',
    ],
    [
      `${relay}, failsafe: {stale_sensor: lamp}`,
      'failsafe.stale_sensor: "lamp" is a relay, which measures nothing; name a sensor',
    ],
    [
      `${cover}, failsafe: {state: off, after_offline: 10m}`,
      'failsafe.state: "off" is not possible, since a cover is not just on or off; write state: keep',
    ],
    [
      `${relay}, pulse: 1s, failsafe: {state: on, after_offline: 10m}`,
      'failsafe.state: "on" is not possible, since this output goes off by itself; write off or keep',
    ],
    [
      `${relay}, on_exit: on, failsafe: {on_exit: keep}`,
      "failsafe.on_exit: does not fit on_exit, and both are the same; write one of the two",
    ],
    [
      "kind: siren, pin: 18, failsafe: {on_exit: on}",
      "failsafe.on_exit: is not possible, since a siren is always off when the agent stops; remove it",
    ],
    [
      "kind: thermostat, sensor: climate.temperature, heater: lamp, failsafe: {after_offline: 10m}",
      'failsafe: there is no option "failsafe" for the kind thermostat; it is for outputs, so write it at the output itself',
    ],
  ])("is refused: %s", (options, sentence) => {
    const { problems } = check(options);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^devices\.yaml:2:\d+ /);
    expect(problems[0]).toContain(`devices.it.${sentence}`);
  });

  it("says the same with on_exit as the device's own option, also for safe-state", () => {
    for (const outputsOnly of [false, true]) {
      const [device] = check(`${relay}, failsafe: {on_exit: keep}`, outputsOnly).config?.devices ?? [];
      expect(device && chosenPins(device.kind.options, device.options).map(({ rest }) => rest)).toEqual(["keep"]);
    }
  });
});
