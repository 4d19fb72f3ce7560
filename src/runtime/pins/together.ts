import type { TogetherRequest } from "../../core/device-gpio.ts";
import type { Edge } from "../../core/hardware/gpio.ts";
import { type ChosenPin, levelFor } from "../../core/pin.ts";
import { lookAgainAndAgain, type PinPorts } from "./pin-ports.ts";

/** How long an edge may be on its way to us, in milliseconds, when the pin has its level already. */
const onItsWayMs = 10;

/** An edge of one of the inputs. */
interface NamedEdge<Name extends string> {
  readonly name: Name;
  readonly isActive: boolean;
  readonly atMs: number;
}

/**
 * Claims several inputs at the same moment, and reports their edges in the order of the time stamps. Edges that are told together are put in
 * order first, since the kernel may tell those of two lines in another order than they came.
 */
export async function claimTogether<Name extends string>(
  ports: PinPorts,
  chosen: Readonly<Record<Name, ChosenPin>>,
  { onLevels }: TogetherRequest<Name>,
): Promise<void> {
  const { clock, fail } = ports;
  const names = Object.keys(chosen) as Name[];
  let waiting: NamedEdge<Name>[] = [];
  let levels: Readonly<Record<Name, boolean>> | undefined;
  const add = (edge: NamedEdge<Name>) => {
    waiting.push(edge);
    if (waiting.length === 1) clock.after(0, takeAll);
  };
  const takeAll = () => {
    const edges = waiting.sort((a, b) => a.atMs - b.atMs);
    waiting = [];
    for (const { name, isActive, atMs } of edges) {
      if (levels === undefined || levels[name] === isActive) continue;
      levels = { ...levels, [name]: isActive };
      onLevels(levels, atMs);
    }
  };
  const isActive = (name: Name, level: Edge["level"]) => level === levelFor(true, chosen[name]);
  const lines = await Promise.all(
    names.map(async (name) => {
      const line = await ports.pins.input(chosen[name].pin, {
        pull: chosen[name].pull,
        debounceMs: 0,
        // What comes before the claim is done shows in the levels that are read then.
        onEdge: ({ level, atMs }) => {
          if (levels !== undefined)
            add({ name, isActive: isActive(name, level), atMs: Math.min(atMs, clock.monotonicMs()) });
        },
        onError: fail,
      });
      ports.onStop(() => line.close());
      return [name, line] as const;
    }),
  );
  const read = () =>
    Object.fromEntries(lines.map(([name, line]) => [name, isActive(name, line.read())])) as Record<Name, boolean>;
  levels = read();
  onLevels(levels, clock.monotonicMs());
  const isOther = () => {
    const now = read();
    return names.some((name) => now[name] !== levels?.[name]);
  };
  lookAgainAndAgain(ports, () => {
    if (waiting.length > 0 || !isOther()) return;
    clock.after(onItsWayMs, () => {
      if (waiting.length > 0) return;
      const now = read();
      for (const name of names) add({ name, isActive: now[name], atMs: clock.monotonicMs() });
    });
  });
}
