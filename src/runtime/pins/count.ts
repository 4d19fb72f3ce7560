import type { CountRequest } from "../../core/device-gpio.ts";
import type { Edge } from "../../core/hardware/gpio.ts";
import { type ChosenPin, levelFor } from "../../core/pin.ts";
import type { Cancel } from "../../core/time/clock.ts";
import { lookAgainAndAgain, type PinPorts } from "./pin-ports.ts";
import { PulseCount } from "./pulse-count.ts";

/** An edge that the kernel has kept is told within this time, however busy the machine is. */
const onItsWayMs = 500;

/** Claims an input with a kernel request of its own, and reports each of its pulses. */
export async function claimCount(ports: PinPorts, chosen: ChosenPin, request: CountRequest): Promise<void> {
  const { clock, fail } = ports;
  const { debounceMs, onPulse } = request;
  const active = levelFor(true, chosen);
  const early: Edge[] = [];
  let take = (edge: Edge): void => void early.push(edge);
  const onEdge = (edge: Edge) => {
    try {
      take(edge);
    } catch (error) {
      fail(error as Error);
    }
  };
  const line = await ports.pins.input(chosen.pin, {
    pull: chosen.pull,
    debounceMs,
    alone: true,
    onEdge,
    onError: fail,
  });
  ports.onStop(() => line.close());

  // Edges that came before the claim resolved: the first one tells the level before it.
  const [first] = early;
  const before = first === undefined ? line.read() === active : first.level !== active;
  const ownDebounceMs = line.debounced ? 0 : debounceMs;
  const count = new PulseCount(before, ownDebounceMs, onPulse);
  let settling: Cancel = () => {};
  let told = 0;
  take = ({ level, atMs, missed = 0 }) => {
    told += 1;
    count.edge({ isActive: level === active, atMs, missed });
    if (ownDebounceMs === 0) return;
    settling();
    settling = clock.after(ownDebounceMs, () => count.settle(clock.monotonicMs()));
  };
  for (const edge of early) onEdge(edge);
  // The kernel's own count loses no edge. Without it, one lost edge would turn the meaning of all later ones around.
  if (!line.debounced)
    lookAgainAndAgain(ports, () => {
      if ((line.read() === active) === count.isActive) return;
      const toldBefore = told;
      // An edge that is on its way is not lost, and must not be counted twice.
      clock.after(onItsWayMs, () => {
        const level = line.read();
        if (told === toldBefore && (level === active) !== count.isActive) onEdge({ level, atMs: clock.monotonicMs() });
      });
    });
}
