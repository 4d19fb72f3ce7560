import { describe, expect, it } from "vitest";
import { startSensor, warnings } from "../fakes/sensor.ts";
import { FakeTree } from "../fakes/tree.ts";

const part = (address: string, name: string, folder: string, files: Readonly<Record<string, string>>) =>
  new FakeTree({
    [`/sys/bus/i2c/devices/${address}/name`]: `${name}\n`,
    ...Object.fromEntries(
      Object.entries(files).map(([file, text]) => [`/sys/bus/i2c/devices/${address}/${folder}/${file}`, text]),
    ),
  });

describe("ds1621", () => {
  // EREMOTEIO is 121. The driver keeps -121 in 16 bits, of which a sixteenth is -7, and 625 / 10 m°C are each: -437.5.
  const unplugged = { temp1_input: "-438\n", temp1_min: "-438\n", temp1_max: "-438\n" };

  it("publishes nothing while it is unplugged, though its driver shows -0.4 °C then", async () => {
    const house = await startSensor("kind: ds1621", { files: part("1-0048", "ds1621", "hwmon/hwmon1", unplugged) });
    await house.clock.advance(120_000);
    expect(house.bus.on("it")).toEqual([]);
    expect(warnings(house)).toEqual(["the sensor does not answer on its bus; check its wiring and its supply"]);
  });

  it("publishes the same temperature of one that answers", async () => {
    const files = part("1-0048", "ds1621", "hwmon/hwmon1", {
      ...unplugged,
      temp1_min: "10000\n",
      temp1_max: "15000\n",
    });
    expect((await startSensor("kind: ds1621", { files })).reading()).toEqual({ temperature: -0.4 });
  });
});

describe("sht3x", () => {
  const showing = (temperature: string, humidity: string) =>
    part("1-0044", "sht3x", "hwmon/hwmon1", { temp1_input: temperature, humidity1_input: humidity });

  it.each([
    ["-121\n", "-121\n", "the sensor does not answer on its bus (EREMOTEIO); check its wiring and its supply"],
    ["-110\n", "-110\n", "the sensor did not answer in time (ETIMEDOUT); check its wiring and its supply"],
    ["-5\n", "40120\n", "the sensor does not answer on its bus (EIO); check its wiring and its supply"],
    ["21370\n", "-6\n", "the sensor does not answer on its bus (ENXIO); check its wiring and its supply"],
  ])("takes no error that its driver shows for a value: %j m°C and %j m%%", async (temperature, humidity, sentence) => {
    const house = await startSensor("kind: sht3x", { files: showing(temperature, humidity) });
    await house.clock.advance(120_000);
    expect(house.bus.on("it")).toEqual([]);
    expect(warnings(house)).toEqual([sentence]);
  });

  it("publishes the temperatures beside these numbers", async () => {
    const house = await startSensor("kind: sht3x", { files: showing("-118\n", "91000\n") });
    expect(house.reading()).toEqual({ temperature: -0.1, humidity: 91 });
  });

  it("takes the next value where a number was a temperature after all", async () => {
    const files = showing("-110\n", "91000\n");
    const temperatures = ["-110\n", "-108\n"];
    files.files.set("/sys/bus/i2c/devices/1-0044/hwmon/hwmon1/temp1_input", () => temperatures.shift() ?? "-108\n");
    const house = await startSensor("kind: sht3x", { files });
    await house.clock.advance(1_000);
    expect(house.reading()).toEqual({ temperature: -0.1, humidity: 91 });
  });
});

describe("a sensor of humidity whose formula gives a little more or less than there can be", () => {
  it.each([
    ["-6000\n", 0],
    ["100001\n", 100],
    ["119000\n", 100],
    ["119100\n", null],
  ])("publishes %j m%% as %s", async (text, humidity) => {
    const files = part("1-0044", "sht4x", "hwmon/hwmon1", { temp1_input: "20000\n", humidity1_input: text });
    expect((await startSensor("kind: sht4x", { files })).reading()).toEqual({ temperature: 20, humidity });
  });
});

describe("max17040", () => {
  it("publishes nothing where its registers have all bits set, as on a bus without a part", async () => {
    const files = part("1-0036", "max17040", "power_supply/battery", { voltage_now: "5118750\n", capacity: "255\n" });
    const house = await startSensor("kind: max17040", { files });
    await house.clock.advance(120_000);
    expect(house.bus.on("it")).toEqual([]);
    expect(warnings(house)).toEqual([
      "the gauge does not answer on its bus; check its wiring, and whether a cell is in",
    ]);
  });
});

describe("hts221", () => {
  const scales = { in_temp_scale: "0.02\n", in_temp_offset: "1000\n", in_humidityrelative_scale: "-0.004\n" };
  const withRaw = (temperature: number, humidity: number) =>
    part("1-005f", "hts221-humid", "iio:device0", {
      ...scales,
      in_humidityrelative_offset: "-10000\n",
      in_temp_raw: `${temperature}\n`,
      in_humidityrelative_raw: `${humidity}\n`,
    });

  it("publishes nothing where both outputs are 0, though that is 20 °C and 40 %", async () => {
    const house = await startSensor("kind: hts221", { files: withRaw(0, 0) });
    await house.clock.advance(120_000);
    expect(house.bus.on("it")).toEqual([]);
    expect(warnings(house)[0]).toMatch(/^the sensor measures nothing, as after a loss of its supply; /);
  });

  it("publishes what it measures where only one of them is 0", async () => {
    const house = await startSensor("kind: hts221", { files: withRaw(0, 250) });
    expect(house.reading()).toEqual({ temperature: 20, humidity: 39 });
  });
});

describe("tmp117", () => {
  it("publishes nothing before its first conversion", async () => {
    // 0x8000 is -32768, each 7.8125 m°C.
    const files = part("1-0048", "tmp117", "iio:device0", { in_temp_raw: "-32768\n", in_temp_scale: "7.812500\n" });
    const house = await startSensor("kind: tmp117", { files });
    await house.clock.advance(120_000);
    expect(house.bus.on("it")).toEqual([]);
    expect(warnings(house)).toEqual(["the sensor gave temperature -256, outside its range of -55 to 150 °C"]);
  });
});

describe("a part that other parts share its address with", () => {
  it("says which one the kernel has there", async () => {
    const files = part("1-0048", "tmp102", "hwmon/hwmon1", { temp1_input: "20000\n" });
    expect(warnings(await startSensor("kind: adt7410", { files }))).toEqual([
      "the kernel has tmp102 at 0x48, not adt7410; write the kind or the address of the part that is there",
    ]);
  });

  it("says what to do on a system that is older than its overlay", async () => {
    expect(warnings(await startSensor("kind: shtc3", { files: new FakeTree() }))).toEqual([
      'the kernel shows no shtc3 at 0x70 on I2C bus 1; add "dtoverlay=i2c-sensor,shtc3" to /boot/firmware/config.txt and reboot; a system from before 2025 has no such overlay: run "echo shtc3 0x70 | sudo tee /sys/bus/i2c/devices/i2c-1/new_device" at each boot',
    ]);
  });

  it("says the overlay with its address", async () => {
    expect(warnings(await startSensor("kind: lm75, address: 0x48", { files: new FakeTree() }))).toEqual([
      'the kernel shows no lm75 at 0x48 on I2C bus 1; add "dtoverlay=i2c-sensor,lm75,addr=0x48" to /boot/firmware/config.txt and reboot',
    ]);
  });
});
