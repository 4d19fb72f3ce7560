import type { ContactRequest } from "../../core/device-gpio.ts";
import type { Edge } from "../../core/hardware/gpio.ts";
import { type ChosenPin, levelFor } from "../../core/pin.ts";
import type { Cancel } from "../../core/time/clock.ts";
import { onceAllIsTold } from "../../core/time/once-all-is-told.ts";
import { lookAgainAndAgain, type PinPorts } from "./pin-ports.ts";
import { SteadyLevel } from "./steady-level.ts";

/** How long an edge may be on its way to us, in milliseconds, when the pin has its level already. */
const onItsWayMs = 10;

/** Claims an input, and reports each level that has been steady for long enough. */
export async function claimContact(ports: PinPorts, chosen: ChosenPin, request: ContactRequest): Promise<void> {
  const { clock, fail } = ports;
  const { debounceMs, onState } = request;
  const active = levelFor(true, chosen);
  // What comes before the claim is done shows in the level that is read then.
  let take = (_edge: Edge): void => {};
  const onEdge = (edge: Edge) => {
    try {
      take(edge);
    } catch (error) {
      fail(error as Error);
    }
  };
  const line = await ports.pins.input(chosen.pin, { pull: chosen.pull, debounceMs, onEdge, onError: fail });
  ports.onStop(() => line.close());

  const isActive = () => line.read() === active;
  const ownDebounceMs = line.debounced ? 0 : debounceMs;
  const atFirst = isActive();
  const level = new SteadyLevel(atFirst, ownDebounceMs, onState);
  let settling: Cancel | undefined;
  const settleAfter = (ms: number) => {
    settling?.();
    settling = onceAllIsTold(clock, clock.monotonicMs() + ms, settle);
  };
  const settle = () => {
    settling = undefined;
    const now = isActive();
    if (now === level.told) level.settle(clock.monotonicMs());
    else lookedAndFound(now);
  };
  /** The pin has a level that no edge has told of. */
  const lookedAndFound = (now: boolean) => {
    level.seen(now, clock.monotonicMs());
    if (ownDebounceMs > 0) settleAfter(ownDebounceMs);
  };
  take = (edge) => {
    // A backend that reckons the time from a count of its own may be a little ahead.
    level.edge(edge.level === active, Math.min(edge.atMs, clock.monotonicMs()));
    if (ownDebounceMs > 0) settleAfter(ownDebounceMs);
  };
  onState(atFirst, clock.monotonicMs());
  lookAgainAndAgain(ports, () => {
    const now = isActive();
    if (settling !== undefined || now === level.told) return;
    if (ownDebounceMs > 0) lookedAndFound(now);
    else settleAfter(onItsWayMs);
  });
}
