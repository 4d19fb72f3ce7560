import { describe, expect, it } from "vitest";
import { startSensor, warnings } from "../fakes/sensor.ts";
import { FakeTree, systemError } from "../fakes/tree.ts";

const device = "/sys/bus/i2c/devices/1-0040";
const folder = `${device}/hwmon/hwmon2`;

/** An INA219 as its driver shows it, which calculates with this resistor in microohms. */
const ina219 = (microohms: string, current = "1500\n") =>
  new FakeTree({
    [`${device}/name`]: "ina219\n",
    [`${folder}/in1_input`]: "5000\n",
    [`${folder}/curr1_input`]: current,
    [`${folder}/power1_input`]: "7500000\n",
    [`${folder}/shunt_resistor`]: microohms,
  });

describe("a part that measures current at a resistor", () => {
  it.each([
    ["10000\n", "0.1", { voltage: 5, current: 0.15, power: 0.75 }],
    ["100000\n", "0.1", { voltage: 5, current: 1.5, power: 7.5 }],
    ["2000\n", "0.01", { voltage: 5, current: 0.3, power: 1.5 }],
  ])(
    "publishes what flows through its own resistor where the driver assumes %j µΩ and there are %s Ω",
    async (assumed, shunt, reading) => {
      const house = await startSensor(`kind: ina219, shunt: ${shunt}`, { files: ina219(assumed) });
      expect(house.reading()).toEqual(reading);
    },
  );

  it("follows the driver when somebody tells it of another resistor", async () => {
    const files = ina219("10000\n");
    const house = await startSensor("kind: ina219, shunt: 0.1, every: 10s", { files });
    files.files.set(`${folder}/shunt_resistor`, "100000\n").set(`${folder}/curr1_input`, "150\n");
    files.files.set(`${folder}/power1_input`, "750000\n");
    await house.clock.advance(10_000);
    expect(house.reading()).toEqual({ voltage: 5, current: 0.15, power: 0.75 });
  });

  it("publishes no current and no power where the resistor is at the end of its range, beyond which nothing is seen", async () => {
    const house = await startSensor("kind: ina219, shunt: 0.1", { files: ina219("10000\n", "32000\n") });
    expect(house.reading()).toEqual({ voltage: 5, current: null, power: null });
  });

  it.each([
    // 48 V × 120 A, from and to the battery. A kernel of 32 bits shows 2147483647 µW for all that is more.
    ["2147483647\n", "120000\n", 5_760],
    ["2147483647\n", "-120000\n", 5_760],
    // Less is the part's own product, of its own moment.
    ["2147000000\n", "44700\n", 2_147],
  ])("publishes more power than a kernel of 32 bits can show: with %j µW and %j mA", async (power, current, watts) => {
    const files = new FakeTree({
      [`${device}/name`]: "ina238\n",
      [`${folder}/in1_input`]: "48000\n",
      [`${folder}/curr1_input`]: current,
      [`${folder}/power1_input`]: power,
    });
    // 0x3e8 is 1000 µΩ.
    files.files.set(`${folder}/device/of_node/shunt-resistor`, Uint8Array.of(0, 0, 0x03, 0xe8));
    const house = await startSensor("kind: ina238, shunt: 0.001", { files });
    expect(house.reading()).toMatchObject({ power: watts });
  });

  it("asks the device tree where the driver shows no resistor", async () => {
    const files = ina219("").files;
    files.delete(`${folder}/shunt_resistor`);
    const shown = new FakeTree(Object.fromEntries(files));
    shown.files.set(`${device}/name`, "ina238\n");
    // 0x4e20 is 20000 µΩ.
    shown.files.set(`${folder}/device/of_node/shunt-resistor`, Uint8Array.of(0, 0, 0x4e, 0x20));
    const house = await startSensor("kind: ina238, shunt: 0.02", { files: shown });
    expect(house.reading()).toEqual({ voltage: 5, current: 1.5, power: 7.5 });
  });

  it.each([
    // The narrow range ends at 40.96 mV, which are 409.6 mA at 0.1 Ω.
    ["409\n", 1, { voltage: 5, current: 0.409, power: 7.5 }],
    ["410\n", 1, { voltage: 5, current: null, power: null }],
    ["410\n", 4, { voltage: 5, current: 0.41, power: 7.5 }],
    ["410\n", undefined, { voltage: 5, current: 0.41, power: 7.5 }],
  ])("of an INA238 that shows %j mA, with ti,shunt-gain = %s, publishes %j", async (current, gain, reading) => {
    const files = new FakeTree({
      [`${device}/name`]: "ina238\n",
      [`${folder}/in1_input`]: "5000\n",
      [`${folder}/curr1_input`]: current,
      [`${folder}/power1_input`]: "7500000\n",
    });
    // 0x000186a0 is 100000 µΩ.
    files.files.set(`${folder}/device/of_node/shunt-resistor`, Uint8Array.of(0, 1, 0x86, 0xa0));
    if (gain !== undefined) files.files.set(`${folder}/device/of_node/ti,shunt-gain`, Uint8Array.of(0, 0, 0, gain));
    const house = await startSensor("kind: ina238, shunt: 0.1", { files });
    expect(house.reading()).toEqual(reading);
  });

  it("says how the driver gets the part, for which there is no overlay", async () => {
    const said = async (files: FakeTree) =>
      warnings(await startSensor("kind: ina219, shunt: 0.1, address: 0x41", { files }));
    const nothing = "the kernel shows no ina219 at 0x41 on I2C bus 1; ";
    const byHand =
      'it has no overlay: run "echo ina219 0x41 | sudo tee /sys/bus/i2c/devices/i2c-1/new_device" at each boot';
    const isOn = new FakeTree({ "/sys/bus/i2c/devices/i2c-1/name": "bcm2835 (i2c@7e804000)\n" });
    expect(await said(isOn)).toEqual([nothing + byHand]);
    expect(await said(new FakeTree())).toEqual([
      `${nothing}I2C is off, so run "sudo raspi-config nonint do_i2c 0" first; ${byHand}`,
    ]);
  });

  it("is offline while the part does not answer", async () => {
    const files = ina219("10000\n");
    const house = await startSensor("kind: ina219, shunt: 0.1, every: 10s", { files });
    for (const file of ["in1_input", "curr1_input", "power1_input"])
      files.files.set(`${folder}/${file}`, () => {
        throw systemError("EREMOTEIO");
      });
    await house.clock.advance(60_000);
    expect(house.bus.retained.get("it/availability")).toBe("offline");
    expect(warnings(house)).toContain(
      "the sensor does not answer on its bus (EREMOTEIO); check its wiring and its supply",
    );
  });
});
