import { simulatedBank } from "../../../src/gpio/simulated.ts";
import { FakeClock } from "../../fakes/clock.ts";
import { type House, type HouseParts, startHouse } from "../../fakes/house.ts";

/** The pin of the meter. */
export const pin = 6;
/** A devices.yaml with one meter. */
export const meter = (more = "") => `devices:\n  meter: {kind: counter, topic: meter, pin: ${pin}${more}}\n`;

/** A meter whose pin is pulled up and at rest. */
export async function startMeter(more = "", parts: HouseParts = {}) {
  const clock = parts.clock ?? new FakeClock();
  const pins = parts.pins ?? simulatedBank(clock);
  const house = await startHouse(meter(more), { ...parts, clock, pins });
  return { ...house, ...tools(house) };
}

function tools({ bus, clock, pins }: House) {
  const said = () => bus.on("meter").map((payload) => JSON.parse(payload) as { total: number; pulses: number });
  return {
    said,
    last: () => said().at(-1),
    /** So many pulses of 20 ms with pauses of 20 ms. */
    pulse: async (count = 1) => {
      for (let pulse = 0; pulse < count; pulse += 1) {
        pins.drive(pin, 0);
        await clock.advance(20);
        pins.drive(pin, 1);
        await clock.advance(20);
      }
    },
  };
}
