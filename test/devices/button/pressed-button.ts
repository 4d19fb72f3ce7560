import { simulatedBank } from "../../../src/gpio/simulated.ts";
import { FakeClock } from "../../fakes/clock.ts";
import { type HouseParts, startHouse } from "../../fakes/house.ts";

interface Told {
  readonly event_type: string;
}

/** The debounce time of a button that says nothing of it, in milliseconds. */
export const debounceMs = 30;

/** A house with one button between pin 5 and ground, whose hand is the test's. */
export async function withButton(more = "", parts: HouseParts = {}) {
  const clock = parts.clock ?? new FakeClock();
  const pins = parts.pins ?? simulatedBank(clock);
  const yaml = `devices:\n  bell: {kind: button, topic: bell, pin: 5${more}}\n`;
  const house = await startHouse(yaml, { ...parts, clock, pins });
  const events = () => house.bus.on("bell/action").map((payload) => (JSON.parse(payload) as Told).event_type);
  const press = async (ms = 100, thenMs = 150) => {
    pins.drive(5, 0);
    await clock.advance(ms);
    pins.drive(5, 1);
    await clock.advance(thenMs);
  };
  return { ...house, events, press };
}
