import { startSensor } from "../sensor.ts";
import { FakeI2c } from "./bus.ts";
import type { FakePart } from "./parts.ts";

/** Starts a sensor of this kind with a part at this place, such as `1-29`, and reads it once. */
export async function startPart(kind: string, place: string, part: FakePart, options = "") {
  const i2c = new FakeI2c({ [place]: part });
  const sensor = await startSensor(`kind: ${kind}${options && `, ${options}`}`, { i2c });
  await sensor.clock.advance(3_000);
  const next = async () => {
    await sensor.clock.advance(30_000);
    return sensor.reading();
  };
  return { ...sensor, i2c, next };
}
