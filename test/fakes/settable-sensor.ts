import { UserError } from "../../src/core/errors.ts";
import type { Measure } from "../../src/core/measure.ts";
import { defineSensor } from "../../src/core/sensor.ts";
import { around } from "../../src/core/simulation/pretend.ts";
import { settled } from "./clock.ts";
import { startHouse } from "./house.ts";
import { kinds } from "./kinds.ts";

const all = {
  temperature: { unit: "°C", device_class: "temperature", digits: 1, range: [-40, 85] },
  humidity: { unit: "%", device_class: "humidity", digits: 1, range: [0, 100] },
  pressure: { unit: "hPa", device_class: "atmospheric_pressure", digits: 1, range: [300, 1100] },
  quality: { digits: 0, range: [0, 10] },
} as const satisfies Record<string, Measure>;

/** What a sensor gives: values, or a failure. */
export type Given = Readonly<Record<string, number>> | "fails" | Promise<Readonly<Record<string, number>>>;

/** A kind of sensor whose values a test sets; read every 10 s. With `isChosen` it is its options that decide what it measures. */
export function settableKind(kind: string, names: readonly (keyof typeof all)[], given: () => Given, isChosen = false) {
  const measures: Record<string, Measure> = Object.fromEntries(names.map((name) => [name, all[name]]));
  return defineSensor({
    kind,
    summary: "A sensor for tests.",
    usedFor: "tests",
    options: {},
    example: { topic: "it" },
    every: { default: "10s", min: "1s" },
    measures: isChosen ? () => measures : measures,
    pretend: { values: Object.fromEntries(names.map((name) => [name, around(1, 0, 1_000)])) },
    open: async () => async () => {
      const values = await given();
      if (values === "fails") throw new UserError("the sensor did not answer");
      return values as Record<string, number>;
    },
  });
}

/** The kinds: one measure, all of them, and those that the options decide. */
export function settableKinds(given: () => Given = () => "fails") {
  return [
    settableKind("thermometer", ["temperature"], given),
    settableKind("barometer", ["pressure"], given),
    settableKind("weather", ["temperature", "humidity", "pressure"], given),
    settableKind("nose", ["quality"], given, true),
    settableKind("channels", ["temperature", "humidity"], given, true),
  ];
}

/** A state without its time. */
export function withoutTime(payload = "{}"): Record<string, unknown> {
  const { ts, ...values } = JSON.parse(payload) as Record<string, unknown>;
  return values;
}

/** A house with one such sensor, `it`, and with what is written besides. Its first reading is made. */
export async function settable(options: string, first: Given, more = "") {
  let given: Given = first;
  const yaml = `home_assistant: {discovery: false}\ndevices:\n  it: {topic: it, ${options}}\n${more}`;
  const house = await startHouse(yaml, { kinds: [...kinds, ...settableKinds(() => given)] });
  await house.clock.advance(1_000);
  const set = (next: Given) => {
    given = next;
  };
  return {
    ...house,
    set,
    /** Lets the sensor give this at its next beat. */
    read: async (next: Given) => {
      set(next);
      await house.clock.advance(10_000);
      await settled();
    },
    /** All states that were published, and their times. */
    said: () => house.bus.on("it").map(withoutTime),
    times: () => house.bus.on("it").map((text) => (JSON.parse(text) as { ts: string }).ts),
    now: () => withoutTime(house.bus.retained.get("it")),
    availability: () => house.bus.retained.get("it/availability"),
  };
}
