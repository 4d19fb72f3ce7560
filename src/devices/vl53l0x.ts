import { defineI2cPart } from "../core/readers/i2c/define-i2c-part.ts";
import { expectSettings } from "../core/readers/i2c/part-on-bus.ts";
import { pretendedRegisters } from "../core/readers/i2c/pretended-registers.ts";
import { bigEndian16, highFirst } from "../core/readers/i2c/words.ts";
import { quantity } from "../core/readers/quantity.ts";
import { NoValue } from "../core/sensor/no-value.ts";
import { around } from "../core/simulation/pretend.ts";
import { ended, model, register, sequence } from "./vl53l0x/registers.ts";
import { measure, setUp } from "./vl53l0x/set-up.ts";

/** The status of a measurement that is good, in bits 6 to 3 of the first byte of the result (ST's API, VL53L0X_get_pal_range_status). */
const good = 11;
/** Where the distance stands in the result, in millimetres. */
const distanceAt = 10;
/** From 8190 mm on the number means that nothing was seen. */
const nothing = 8_190;

/** A distance of up to two metres, by the time that light takes. */
export const vl53l0x = defineI2cPart({
  kind: "vl53l0x",
  summary: "A VL53L0X on I2C, spoken to without a driver: the distance to what is before it, up to 2 m.",
  usedFor: "a distance of up to 2 m from a VL53L0X",
  searchedAs: ["GY-530", "GY-VL53L0XV2", "time of flight"],
  group: "motion",
  topic: "home/garage/distance",
  addresses: [0x29],
  measures: {
    distance: { ...quantity.distance, range: [0, 2.2], simulated: around(0.84, 0.2, 120_000) },
    in_range: { name: "In range", flag: true, digits: 0, range: [0, 1], simulated: around(1, 0, 120_000) },
  },
  async setUp(part) {
    const stopVariable = await setUp(part);
    return async () => {
      expectSettings((await part.byte(register.sequence)) === sequence);
      await measure(part, stopVariable);
      const result = await part.read(register.result, 12);
      await part.write(register.interruptClear, 0x01);
      const millimetres = bigEndian16(result, distanceAt);
      const isSeen = (((result[0] ?? 0) >> 3) & 0x0f) === good && millimetres < nothing;
      return { distance: isSeen ? millimetres / 1_000 : new NoValue("nothing is in range"), in_range: isSeen ? 1 : 0 };
    };
  },
  pretend: (_options, now) =>
    pretendedRegisters({
      read(at, written) {
        const { distance, in_range } = now();
        if (at === register.model) return model;
        if (at === 0x83) return 0x01;
        // Five detectors of the factory, behind an aperture; all of the map are good.
        if (at === 0x92) return 0x85;
        if (at >= register.spadMap && at < register.spadMap + 6 && !written.has(at)) return 0xff;
        if (at === register.interruptStatus) return ended;
        if (at === register.result) return (in_range >= 0.5 ? good : 4) << 3;
        const place = at - register.result - distanceAt;
        return place === 0 || place === 1 ? highFirst(Math.round(distance * 1_000))[place] : undefined;
      },
    }),
});
