import type { Edge, InputRequest, Level } from "../../../src/core/hardware/gpio.ts";
import { type SimulatedBank, simulatedBank } from "../../../src/gpio/simulated.ts";
import type { FakeClock } from "../clock.ts";

/** A pin whose edges wait, with their stamps, until they are read: as those of the kernel do while the machine is busy. */
export interface QueuedEdges {
  readonly bank: SimulatedBank;
  /** The pin's level is another one now; the edge is stamped with the time of the clock, or with the given one. */
  move(level: Level, atMs?: number): void;
  /** What waits is read; by a backend whose time is so much ahead of ours. */
  tellEdges(aheadMs?: number): void;
}

/** Makes one, `debounced` where the kernel does that. */
export function queuedEdges(clock: FakeClock, atFirst: Level, debounced: boolean): QueuedEdges {
  const queue: Edge[] = [];
  let owner: InputRequest | undefined;
  let now = atFirst;
  return {
    bank: {
      ...simulatedBank(clock),
      input: async (_pin, request) => {
        owner = request;
        return { debounced, read: () => now, close: async () => {} };
      },
    },
    move(level, atMs = clock.monotonicMs()) {
      now = level;
      queue.push({ level, atMs });
    },
    tellEdges(aheadMs = 0) {
      for (const edge of queue.splice(0)) owner?.onEdge({ ...edge, atMs: edge.atMs + aheadMs });
    },
  };
}
