import { z } from "zod";
import { UserError } from "../../../src/core/errors.ts";
import { FakeClock } from "../clock.ts";
import { type HouseParts, startHouse } from "../house.ts";
import { kinds } from "../kinds.ts";
import { probe } from "../probe.ts";

/** How often the thermometer is read; its reading is stale three times so long and five seconds later. */
export const everyMs = 10_000;
export const staleMs = 3 * everyMs + 5_000;

/** How long a reading may take. */
const timeoutMs = 10_000;

export const heaterPin = 17;
export const coolerPin = 27;
const fanPin = 22;
const windowPin = 5;

/** What a thermometer does when it is read; "slow" takes nine seconds, with its bus, to give the number before. */
export type Thermometer = number | "null" | "fails" | "hangs" | "slow";

/** What became of a reading, and when: a number, none, or a failure. */
export interface Heard {
  readonly outcome: number | "none" | "failed";
  readonly atMs: number;
}

/** What is on, as the pins say. */
export type On = "nothing" | "heater" | "cooler" | "both";

/** How a house is furnished, with the options of its devices as YAML. */
export interface WarmFurniture extends HouseParts {
  readonly thermostat?: string;
  readonly heater?: string;
  readonly cooler?: string;
  readonly fan?: string;
  readonly first?: Thermometer;
  /** How many other thermometers share the bus and are as slow. */
  readonly others?: number;
}

/**
 * A house with a thermometer, a heater, a cooler, a fan, a window that is shut, and a thermostat called `it` that has heater and cooler
 * unless told otherwise.
 */
export async function warmHouse(parts: WarmFurniture = {}) {
  const { thermostat = "heater: heater, cooler: cooler", heater = "", cooler = "", fan = "" } = parts;
  const { first = 20, others = 0 } = parts;
  let now = first;
  let number = typeof first === "number" ? first : 20;
  const heard: Heard[] = [];
  let isBusStuck = false;
  const thermometer = probe({
    kind: "thermometer",
    command: undefined as never,
    measures: { temperature: { device_class: "temperature", digits: 1, range: [-40, 80] } },
    state: z.unknown(),
    options: { is_heard: z.boolean().default(false).describe("Whether this is the one in the room.") },
    setup: async (options, context) => {
      const hear = (outcome: Heard["outcome"]) => {
        if ((options as { is_heard: boolean }).is_heard) heard.push({ outcome, atMs: context.clock.monotonicMs() });
      };
      const wait = (ms: number) => new Promise<void>((resolve) => context.clock.after(ms, resolve));
      const read = async () => {
        const asked = now;
        if (asked === "hangs") {
          await wait(timeoutMs);
          isBusStuck = true;
          hear("failed");
          return new Promise<never>(() => {});
        }
        if (asked === "fails") {
          hear("failed");
          throw new UserError("no answer");
        }
        if (asked === "slow") await wait(9_000);
        else if (typeof asked === "number") number = asked;
        hear(asked === "null" ? "none" : number);
        return { temperature: asked === "null" ? null : number, humidity: 50 };
      };
      context.poll({ everyMs, oneAtATime: "bus", read });
      return {};
    },
  });
  const yaml = `devices:
  it: {kind: thermostat, topic: it, sensor: room.temperature, ${thermostat}}
  room: {kind: thermometer, topic: room, is_heard: true}
  heater: {kind: relay, topic: heater, pin: ${heaterPin}, ${heater}}
  cooler: {kind: relay, topic: cooler, pin: ${coolerPin}, ${cooler}}
  fan: {kind: relay, topic: fan, pin: ${fanPin}, ${fan}}
  window: {kind: contact, topic: window, pin: ${windowPin}, active_low: true, debounce: 0ms}
${Array.from({ length: others }, (_, index) => `  other-${index}: {kind: thermometer, topic: other-${index}}\n`).join("")}`;
  const { clock = new FakeClock(), ...rest } = parts;
  const house = await startHouse(yaml, { ...rest, clock, kinds: [...kinds, thermometer] });
  const { bus, pins } = house;
  return {
    ...house,
    /** What became of the readings of the thermometer in the room. */
    heard: heard as readonly Heard[],
    /** Whether a reading of any thermometer hangs for good. Then nobody on the bus is read any more, so that nothing more is heard. */
    isBusStuck: () => isBusStuck,
    /** What the next readings give. */
    set: (next: Thermometer) => {
      now = next;
    },
    /** Lets the thermometer be read with this. */
    async read(next: Thermometer) {
      now = next;
      await clock.advance(everyMs);
    },
    /** Opens the window or shuts it. */
    async window(what: "open" | "shut") {
      pins.drive(windowPin, what === "open" ? 0 : 1);
      await clock.advance(0);
    },
    hasFanOn: () => pins.level(fanPin) === 1,
    on: (): On => {
      const [heats, cools] = [pins.level(heaterPin) === 1, pins.level(coolerPin) === 1];
      return heats && cools ? "both" : heats ? "heater" : cools ? "cooler" : "nothing";
    },
    /** The thermostat's state, without its time. */
    state(): Record<string, unknown> {
      const { ts: _ts, ...values } = JSON.parse(bus.retained.get("it/state") ?? "{}") as Record<string, unknown>;
      return values;
    },
  };
}

/** A house that heats to 20 °C, read once; at 19 °C it heats. */
export async function heating(parts: WarmFurniture = {}) {
  const house = await warmHouse({ thermostat: "heater: heater, mode: heat", first: 19, ...parts });
  await house.clock.advance(1_000);
  return house;
}
