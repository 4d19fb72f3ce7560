import type { DeviceTopics } from "../core/messages/device-topics.ts";
import type { Expect, Wanted, WantedValue, WantedValues } from "../core/simulation/scenario.ts";
import type { Cancel } from "../core/time/clock.ts";
import type { WatchedBus } from "./watched-bus.ts";

/** What the agent has published of a device: the last payloads. */
export interface Said {
  readonly availability: string | undefined;
  readonly state: string | undefined;
  /** The payloads of the event that is waited for, since the time of the step. */
  readonly events?: readonly string[];
  /** The answer to the last command. */
  readonly answer?: string | undefined;
}

/** Where and since when an expectation looks at what was published. */
export interface Looking {
  readonly device: string;
  readonly topics: DeviceTopics;
  /** The time of the step, on the scale of the clock. */
  readonly sinceMs: number;
  readonly bus: Pick<WatchedBus, "said" | "heard" | "answer" | "watch">;
  readonly after: (ms: number, task: () => void) => void;
}

/** Resolves with undefined as soon as the device is as wanted. Otherwise resolves with what is missing when the time is over. */
export function shortfallInTime({ wanted, withinMs }: Expect, looking: Looking): Promise<string | undefined> {
  const { bus, topics, after } = looking;
  const eventTopic = "event" in wanted ? topics.events[wanted.event] : undefined;
  const look = () =>
    shortfall(wanted, {
      availability: bus.said(topics.availability),
      state: bus.said(topics.state),
      events: bus.heard(eventTopic ?? "", looking.sinceMs),
      answer: bus.answer(looking.device),
    });
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
export function shortfall(wanted: Wanted, said: Said): string | undefined {
  const { availability, state } = said;
  if ("availability" in wanted)
    return availability === wanted.availability
      ? undefined
      : `should be ${wanted.availability}, but is ${availability ?? "silent"}`;
  if ("event" in wanted) return eventShortfall(wanted, said.events ?? []);
  if ("answer" in wanted)
    return said.answer === undefined
      ? `should answer with ${valuesText(wanted.answer)}, but has not answered`
      : valuesShortfall("should answer with", wanted.answer, said.answer);
  const wish = "word" in wanted ? `be ${wanted.word}` : `have ${valuesText(wanted.values)}`;
  if (availability !== "online") return `should ${wish}, but is ${availability ?? "silent"}`;
  if (state === undefined) return `should ${wish}, but has said nothing yet`;
  if ("values" in wanted) return valuesShortfall("should have", wanted.values, state);
  return state === wanted.word ? undefined : `should ${wish}, but is ${state}`;
}

function eventShortfall(
  { event, type }: { readonly event: string; readonly type: string },
  payloads: readonly string[],
): string | undefined {
  const told = payloads.map((payload) => String(valuesOf(payload)["event_type"]));
  if (told.includes(type)) return undefined;
  return `should tell ${event} ${type}, but has told ${told.length === 0 ? "nothing" : told.join(", ")}`;
}

function valuesShortfall(should: string, wanted: WantedValues, payload: string): string | undefined {
  const values = valuesOf(payload);
  const wrong = Object.entries(wanted).filter(([name, value]) => !isMet(value, values[name]));
  if (wrong.length === 0) return undefined;
  const found = wrong.map(
    ([name]) => `${name} ${values[name] === undefined ? "is not there" : `is ${shown(values[name])}`}`,
  );
  return `${should} ${valuesText(Object.fromEntries(wrong))}, but ${found.join(" and ")}`;
}

function valuesOf(payload: string): Readonly<Record<string, unknown>> {
  return payload.startsWith("{") ? (JSON.parse(payload) as Record<string, unknown>) : {};
}

function isMet(wanted: WantedValue, value: unknown): boolean {
  if (!isGroup(wanted)) return value === wanted;
  if ("to" in wanted) return typeof value === "number" && value >= wanted.from && value <= wanted.to;
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(wanted.values).every(([name, one]) => isMet(one, (value as Record<string, unknown>)[name]));
}

function isGroup(wanted: WantedValue): wanted is Exclude<WantedValue, number | string | boolean | null> {
  return typeof wanted === "object" && wanted !== null;
}

function valuesText(values: WantedValues): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${valueText(value)}`)
    .join(" and ");
}

function valueText(value: WantedValue): string {
  if (!isGroup(value)) return String(value);
  return "to" in value ? `from ${value.from} to ${value.to}` : `{${valuesText(value.values)}}`;
}

function shown(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
