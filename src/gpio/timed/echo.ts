import { UserError } from "../../core/errors.ts";
import type { Edge } from "../../core/hardware/gpio.ts";
import type { EchoPins } from "../../core/hardware/timed-pins.ts";
import type { Clock } from "../../core/time/clock.ts";
import { claimPair, type TimedPorts } from "./claim.ts";

/** The shortest trigger, in milliseconds: HC-SR04 and its kind want 10 µs. */
const triggerMs = 0.012;
/** No machine looks at its clock so often in that time: a clock that stands still must not stop the agent. */
const mostLooks = 1_000;
/** An echo begins some 0.5 ms after the trigger. Where nothing comes back, some parts end it only after 200 ms. */
const beginsInMs = 100;
const endsInMs = 250;

/** Claims the pins of a part that answers a trigger with an echo, see {@link import("../../core/hardware/timed-pins.ts").TimedPins}. */
export async function claimEcho(ports: TimedPorts, trigger: number, echo: number): Promise<EchoPins> {
  const { clock } = ports;
  let onEdge: (edge: Edge) => void = () => {};
  const { output, input, close } = await claimPair(ports, { output: trigger, input: echo }, (edge) => onEdge(edge));
  return {
    async measure() {
      if (input.read() === 1)
        throw new UserError(`pin ${echo} is high before the trigger`, {
          hint: "check the echo's wire and its divider",
        });
      const length = nextPulse(clock, (tell) => {
        onEdge = tell;
      });
      // Should a pin be lost here, nobody waits for the echo.
      length.catch(() => {});
      output.write(1);
      const beganMs = clock.monotonicMs();
      for (let look = 0; look < mostLooks && clock.monotonicMs() - beganMs < triggerMs; look++);
      output.write(0);
      return length;
    },
    close,
  };
}

/** The length of the next high pulse, in milliseconds. */
function nextPulse(clock: Pick<Clock, "after">, listen: (tell: (edge: Edge) => void) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (message: string, hint: string) => reject(new UserError(message, { hint }));
    let cancel = clock.after(beginsInMs, () => fail("no echo begins", "check the wires and the supply of 5 V"));
    let beganMs: number | undefined;
    listen(({ level, atMs, missed = 0 }) => {
      if (missed > 0) {
        cancel();
        fail("an edge of the echo was lost", "the machine was too busy");
      } else if (level === 1) {
        cancel();
        beganMs = atMs;
        cancel = clock.after(endsInMs, () => fail("the echo does not end", "check the wires"));
      } else if (beganMs !== undefined) {
        cancel();
        resolve(atMs - beganMs);
      }
    });
  });
}
