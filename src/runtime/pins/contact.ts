import type { ContactRequest } from "../../core/device-gpio.ts";
import type { Edge } from "../../core/hardware/gpio.ts";
import { type ChosenPin, levelFor } from "../../core/pin.ts";
import type { Cancel } from "../../core/time/clock.ts";
import { onceAllIsTold } from "../../core/time/once-all-is-told.ts";
import type { DebouncedLevel } from "./debounced-level.ts";
import { LockedLevel } from "./locked-level.ts";
import { lookAgainAndAgain, type PinPorts } from "./pin-ports.ts";
import { SteadyLevel } from "./steady-level.ts";

/** How long an edge may be on its way to us, in milliseconds, when the pin has its level already. */
const onItsWayMs = 10;

/** Claims an input, and reports each level that counts. */
export async function claimContact(ports: PinPorts, chosen: ChosenPin, request: ContactRequest): Promise<void> {
  const { clock, fail } = ports;
  const { debounceMs, debounceMode = "trailing", onState } = request;
  const isLeading = debounceMode === "leading" && debounceMs > 0;
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
  const line = await ports.pins.input(chosen.pin, {
    pull: chosen.pull,
    // A backend that debounces tells an edge only when its level has stood still, which is too late for the first one.
    debounceMs: isLeading ? 0 : debounceMs,
    onEdge,
    onError: fail,
  });
  ports.onStop(() => line.close());

  const isActive = () => line.read() === active;
  const atFirst = isActive();
  const level: DebouncedLevel = isLeading
    ? new LockedLevel(atFirst, debounceMs, onState)
    : new SteadyLevel(atFirst, line.debounced ? 0 : debounceMs, onState);
  let settling: Cancel | undefined;
  const lookAt = (atMs: number | undefined) => {
    if (atMs === undefined) return;
    settling?.();
    settling = onceAllIsTold(clock, atMs, look);
  };
  const look = () => {
    settling = undefined;
    const now = isActive();
    const nowMs = clock.monotonicMs();
    lookAt(now === level.told ? level.settle(nowMs) : level.seen(now, nowMs));
  };
  take = (edge) => {
    const nowMs = clock.monotonicMs();
    // A backend that reckons the time from a count of its own may be a little ahead.
    lookAt(level.edge(edge.level === active, Math.min(edge.atMs, nowMs), nowMs));
  };
  onState(atFirst, clock.monotonicMs());
  lookAgainAndAgain(ports, () => {
    if (settling === undefined && isActive() !== level.told) lookAt(clock.monotonicMs() + onItsWayMs);
  });
}
