import { UserError } from "../../core/errors.ts";
import type { ShiftedPins } from "../../core/hardware/timed-pins.ts";
import { type ClaimedPair, claimPair, type TimedPorts } from "./claim.ts";

/** The longest time that the clock may be high: from 60 µs on an HX711 switches itself off (datasheet, "PD_SCK"). */
const longestHighMs = 0.05;
/** After it was off it needs 400 ms until a value is right (datasheet, "Output settling time" at 10 values per second). */
const settlingMs = 500;
/** A value comes every 100 ms. */
const valueInMs = 1_000;
const lookEveryMs = 5;
const mostTries = 4;
const bits = 24;

/** Claims the pins of a part that shifts out its values, see {@link import("../../core/hardware/timed-pins.ts").TimedPins}. */
export async function claimShifted(ports: TimedPorts, clockPin: number, data: number): Promise<ShiftedPins> {
  const { clock } = ports;
  const pair = await claimPair(ports, { output: clockPin, input: data }, () => {});
  const pause = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
  const untilReady = async () => {
    const deadlineMs = clock.monotonicMs() + valueInMs;
    while (pair.input.read() === 1) {
      if (clock.monotonicMs() > deadlineMs)
        throw new UserError(`the part has no value: pin ${data} stays high`, {
          hint: "check its wires and its supply",
        });
      await pause(lookEveryMs);
    }
  };
  return {
    async read(pulses) {
      let problem: UserError | undefined;
      for (let tries = 0; tries < mostTries; tries++) {
        await untilReady();
        const { value, isSlow, hasEnded } = shiftIn(pair, pulses, () => clock.monotonicMs());
        if (!isSlow && hasEnded) return value;
        problem = isSlow ? tooSlow() : staysLow(data);
        await pause(settlingMs);
      }
      throw problem ?? tooSlow();
    },
    close: pair.close,
  };
}

const tooSlow = () =>
  new UserError("the part was read too slowly", {
    hint: "the machine is too busy to make pulses of less than 50 µs",
  });
const staysLow = (data: number) =>
  new UserError(`the part gives no whole value: pin ${data} stays low`, { hint: "check its wires and its supply" });

/**
 * Reads all bits in one go, since nothing else may come between. `isSlow`: a pulse may have been too long. `hasEnded`: the data is high at
 * the end, as it is while the part measures. Otherwise the bits are not those of one value.
 */
function shiftIn({ output, input }: ClaimedPair, pulses: number, nowMs: () => number) {
  let value = 0;
  let isSlow = false;
  for (let pulse = 0; pulse < pulses; pulse++) {
    const beganMs = nowMs();
    output.write(1);
    output.write(0);
    if (nowMs() - beganMs > longestHighMs) isSlow = true;
    if (pulse < bits) value = value * 2 + input.read();
  }
  return { value: value >= 2 ** (bits - 1) ? value - 2 ** bits : value, isSlow, hasEnded: input.read() === 1 };
}
