import type { ChosenLink, DeviceLink, InputLink, MeasureLink, Reading } from "../../core/link.ts";
import type { Clock } from "../../core/time/clock.ts";
import type { KnownState } from "./known-state.ts";
import type { Neighbours } from "./neighbours.ts";

/** A value is stale this long after its third missed reading, as with Home Assistant's expire_after. */
const graceMs = 5_000;

/** What links need from the device that has them. */
export interface LinkPorts {
  /** The device's id. */
  readonly id: string;
  readonly neighbours: Neighbours;
  readonly clock: Pick<Clock, "monotonicMs">;
  /** The links that the device's options name. Others are not allowed, because nobody has checked them. */
  readonly chosen: readonly ChosenLink[];
  readonly onStop: (task: () => void) => void;
  readonly fail: (error: Error) => void;
}

/** Makes the links for one run of a device. */
export function deviceLinks(ports: LinkPorts): {
  measure(written: string): MeasureLink;
  device(id: string): DeviceLink;
  input(id: string): InputLink;
} {
  const chosen = (written: string) => {
    const found = ports.chosen.find((one) => one.written === written);
    if (found === undefined) throw new Error(`no option that was made with link() names "${written}"`);
    return found;
  };
  const listen = (id: string, tell: (said: KnownState | undefined) => void) => {
    const task = (said: KnownState | undefined) => {
      try {
        tell(said);
      } catch (error) {
        ports.fail(error as Error);
      }
    };
    ports.onStop(ports.neighbours.listen(id, task));
  };
  const input = (written: string): InputLink => {
    const { device } = chosen(written);
    return {
      isOn: () => isOn(ports.neighbours.said(device)),
      watch: (tell) => listen(device, (said) => tell(isOn(said))),
    };
  };
  return {
    measure(written) {
      const { device, measure } = chosen(written);
      const reading = (said: KnownState | undefined) => readingIn(said, measure, ports.clock.monotonicMs());
      return {
        last: () => reading(ports.neighbours.said(device)),
        watch: (tell) => listen(device, (said) => tell(reading(said))),
      };
    },
    input,
    device(written) {
      const { device } = chosen(written);
      return {
        ...input(written),
        command: (command) => ports.neighbours.order(device, command, { by: "device", id: ports.id }),
      };
    },
  };
}

/** After how long without a reading a value is stale, for a device that says its state this often. Both in milliseconds. */
export function staleAfterMs(everyMs: number): number {
  return 3 * everyMs + graceMs;
}

/** The reading of a measure in what was said. Without a name it is the only one that the device measures. */
export function readingIn(
  said: KnownState | undefined,
  measure: string | undefined,
  nowMs: number,
): Reading | undefined {
  if (said === undefined) return undefined;
  const { atMs, everyMs, measured, suspects = [] } = said;
  const name = measure ?? measured[0] ?? "";
  const value = valueIn(said.state, name);
  if (value === undefined) return undefined;
  const isSuspect = said.isSuspect || suspects.includes(name);
  const isStale = everyMs !== undefined && nowMs - atMs > staleAfterMs(everyMs);
  return { value, atMs, quality: isStale ? "stale" : isSuspect ? "suspect" : "good" };
}

function valueIn(state: unknown, measure: string): number | undefined {
  if (typeof state !== "object" || state === null) return undefined;
  const value = (state as Readonly<Record<string, unknown>>)[measure];
  return typeof value === "number" ? value : undefined;
}

/** Whether a state says that its device is on: as the word of the state, or as the value `state` of an object. */
function isOn(said: KnownState | undefined): boolean | undefined {
  const state = typeof said?.state === "object" && said.state !== null ? Object(said.state).state : said?.state;
  return state === "ON" ? true : state === "OFF" ? false : undefined;
}
