import type { DeviceTopics } from "../core/messages/device-topics.ts";
import type { Expect, Wanted, WantedValue } from "../core/scenario.ts";
import type { Cancel } from "../core/time/clock.ts";
import type { WatchedBus } from "./watched-bus.ts";

/** What the agent has published of a device: the last payloads. */
export interface Said {
  readonly availability: string | undefined;
  readonly state: string | undefined;
}

/** Resolves with undefined as soon as the device is as wanted. Otherwise resolves with what is missing when the time is over. */
export function shortfallInTime(
  { wanted, withinMs }: Expect,
  topics: DeviceTopics,
  { bus, after }: { bus: Pick<WatchedBus, "said" | "watch">; after: (ms: number, task: () => void) => void },
): Promise<string | undefined> {
  const look = () => shortfall(wanted, { availability: bus.said(topics.availability), state: bus.said(topics.state) });
  return new Promise((resolve) => {
    // This runs after everything else that happens at this instant.
    after(0, () => {
      if (withinMs === 0 || look() === undefined) return resolve(look());
      const unwatch: Cancel = bus.watch(() => {
        if (look() === undefined) finish();
      });
      const finish = () => {
        unwatch();
        resolve(look());
      };
      after(withinMs, finish);
    });
  });
}

/** What is missing, such as "should be ON, but is OFF"; undefined if the device is as wanted. */
export function shortfall(wanted: Wanted, { availability, state }: Said): string | undefined {
  if ("availability" in wanted)
    return availability === wanted.availability
      ? undefined
      : `should be ${wanted.availability}, but is ${availability ?? "silent"}`;
  const wish = "word" in wanted ? `be ${wanted.word}` : `have ${valuesText(wanted.values)}`;
  if (availability !== "online") return `should ${wish}, but is ${availability ?? "silent"}`;
  if (state === undefined) return `should ${wish}, but has said nothing yet`;
  if ("word" in wanted) return state === wanted.word ? undefined : `should ${wish}, but is ${state}`;
  const values = valuesOf(state);
  const wrong = Object.entries(wanted.values).filter(([name, value]) => !isMet(value, values[name]));
  if (wrong.length === 0) return undefined;
  const found = wrong.map(([name]) => `${name} ${values[name] === undefined ? "is not there" : `is ${values[name]}`}`);
  return `should have ${valuesText(Object.fromEntries(wrong))}, but ${found.join(" and ")}`;
}

function valuesOf(state: string): Readonly<Record<string, unknown>> {
  return state.startsWith("{") ? (JSON.parse(state) as Record<string, unknown>) : {};
}

function isMet(wanted: WantedValue, value: unknown): boolean {
  if (!isLimits(wanted)) return value === wanted;
  return typeof value === "number" && value >= wanted.from && value <= wanted.to;
}

function isLimits(wanted: WantedValue): wanted is Exclude<WantedValue, number | string | boolean | null> {
  return typeof wanted === "object" && wanted !== null;
}

function valuesText(values: Readonly<Record<string, WantedValue>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${isLimits(value) ? `from ${value.from} to ${value.to}` : value}`)
    .join(" and ");
}
