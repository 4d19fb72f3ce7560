import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LightStep, lightRange } from "../../../src/core/readers/i2c/light-range.ts";
import { checkedWords, sensirionCrc } from "../../../src/core/readers/i2c/sensirion.ts";
import { machineBuses } from "../../../src/i2c/buses.ts";
import { FakeClock } from "../../fakes/clock.ts";
import { startHouse } from "../../fakes/house.ts";
import { FakeI2cDev } from "../../fakes/i2c/i2c-dev.ts";
import { RegisterPart } from "../../fakes/i2c/parts.ts";
import { runs } from "../../property-runs.ts";

/** A VEML7700 that counts 1000, as 8.4 lx. */
const veml7700 = () => new RegisterPart({ powerOn: { 0: 0x0001, 4: 1_000 }, width: "word, low byte first" });

/** An agent with one or more sensors on bus 1 of a pretended machine. */
async function bench(yaml = "light: {kind: veml7700, topic: light}") {
  const [clock, device] = [new FakeClock(), new FakeI2cDev()];
  const part = veml7700();
  device.parts.set(0x10, part);
  const i2c = machineBuses({ machine: "aarch64", load: async () => device.koffi.module, files: device, clock });
  const files = device;
  files.files.set("/sys/class/thermal/thermal_zone0/type", "cpu-thermal\n");
  files.files.set("/sys/class/thermal/thermal_zone0/temp", "48123\n");
  const house = await startHouse(`devices:\n  ${yaml}\n`, { clock, i2c, files });
  await clock.advance(3_000);
  const lux = () => (JSON.parse(house.bus.retained.get("light") ?? "{}") as { illuminance?: number }).illuminance;
  const reasons = () => house.log.at("warn").map(({ reason }) => reason);
  return { ...house, device, part, lux, reasons };
}

describe("a part on I2C without a driver", () => {
  it("is offline with a sentence while nothing answers, and comes back by itself, set up again", async () => {
    const { bus, clock, part, lux, reasons } = await bench();
    expect(lux()).toBe(8.4);
    part.answers = false;
    await clock.advance(120_000);
    expect(bus.retained.get("light/availability")).toBe("offline");
    expect(reasons()).toEqual([
      'nothing answers at 0x10 on I2C bus 1 (EREMOTEIO); check its wiring, its supply and its address; "i2cdetect -y 1" shows who answers',
    ]);
    part.cutPower();
    part.set({ 4: 1_100 });
    part.answers = true;
    await clock.advance(120_000);
    expect([bus.retained.get("light/availability"), lux()]).toEqual(["online", 9.2]);
  });

  it("publishes no value while a wire is stuck", async () => {
    const { clock, part, lux, bus } = await bench();
    part.stuck = 0xff;
    await clock.advance(120_000);
    expect([bus.retained.get("light/availability"), lux()]).toEqual(["offline", 8.4]);
  });

  it("is offline where a driver of the kernel holds its address, which is not touched then", async () => {
    const { clock, device, bus } = await bench("none: {kind: cpu_temperature, topic: none}");
    device.hold(0x10, "veml6030");
    const i2c = machineBuses({ machine: "aarch64", load: async () => device.koffi.module, files: device, clock });
    const before = device.seen.length;
    const house = await startHouse("devices:\n  light: {kind: veml7700, topic: light}\n", { clock, i2c, bus });
    await clock.advance(5_000);
    expect(house.log.at("warn").map(({ reason }) => reason)).toEqual([
      "the kernel's driver for veml6030 holds 0x10 on I2C bus 1; take its overlay out of /boot/firmware/config.txt and reboot, or use the kind that reads it through the kernel",
    ]);
    expect(device.seen).toHaveLength(before);
  });

  it("does not delay what is not on its bus while that hangs", async () => {
    const yaml = "light: {kind: veml7700, topic: light}\n  cpu: {kind: cpu_temperature, topic: cpu, every: 10s}";
    const { clock, device, bus, lux, reasons } = await bench(yaml);
    device.hangs = true;
    const before = bus.published.filter(({ topic }) => topic === "cpu").length;
    await clock.advance(120_000);
    expect(bus.published.filter(({ topic }) => topic === "cpu").length - before).toBeGreaterThanOrEqual(11);
    expect(bus.retained.get("light/availability")).toBe("offline");
    expect(reasons()).toEqual([expect.stringContaining("I2C bus 1 hangs")]);
    device.release();
    await clock.advance(120_000);
    expect([bus.retained.get("light/availability"), lux()]).toEqual(["online", 8.4]);
  });
});

describe("the checksum of Sensirion's parts", () => {
  it("is the one of their datasheets", () => {
    // The datasheets' example: BEEFh has 92h.
    expect(sensirionCrc([0xbe, 0xef])).toBe(0x92);
    expect(checkedWords(Uint8Array.of(0xbe, 0xef, 0x92, 0x00, 0x00, 0x81))).toEqual([0xbeef, 0]);
  });

  it("finds each bit that was read wrongly", () => {
    for (let bit = 0; bit < 24; bit++) {
      const bytes = Uint8Array.of(0xbe, 0xef, 0x92);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => checkedWords(bytes)).toThrow("wrong checksum");
    }
  });
});

describe("the range of a light sensor", () => {
  const steps = [{ sensitivity: 400 }, { sensitivity: 20 }, { sensitivity: 1 }];
  const unequal = [{ sensitivity: 400 }, { sensitivity: 20, fullScale: 500 }, { sensitivity: 1 }];
  const all = (some: readonly LightStep[]) => some.map((step) => ({ fullScale: 1_000, ...step }));

  it.each([
    ["alike", all(steps), 20],
    // The middle one is left at 0.6 × 500 / 20 = 15.
    ["not alike", all(unequal), 14],
  ])(
    "gives every light that it can, from whatever was before, within a few counts, and nothing else, where full scales are %s",
    async (_how, steps, fewest) => {
      // No fc.double: nearly all of its numbers are tiny.
      const light = fc.oneof(
        ...[3, 40, 1_500].map((max) => fc.integer({ min: 0, max: max * 100 }).map((n) => n / 100)),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(light, { minLength: 1, maxLength: 8 }), async (lights) => {
          let now = 0;
          const range = lightRange(steps, async ({ sensitivity, fullScale }) => {
            const counts = Math.min(fullScale, Math.round(now * sensitivity));
            return { fullness: counts / fullScale, value: counts / sensitivity, sensitivity };
          });
          for (now of lights) {
            if (Math.round(now) >= 970) await expect(range()).rejects.toThrow("more light");
            else {
              const { value, sensitivity } = await range();
              expect(Math.abs(value - now)).toBeLessThanOrEqual(0.5 / sensitivity);
              // In little light the counts are not too few for a percent or two.
              if (now > 1) expect(value * sensitivity).toBeGreaterThan(fewest);
            }
          }
        }),
        { numRuns: runs(100) },
      );
    },
  );
});
