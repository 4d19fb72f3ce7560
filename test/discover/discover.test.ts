import { describe, expect, it } from "vitest";
import { discover } from "../../src/discover/discover.ts";
import { foundText } from "../../src/discover/lines.ts";
import { machineBuses } from "../../src/i2c/buses.ts";
import { checked } from "../config/checked.ts";
import { FakeClock } from "../fakes/clock.ts";
import { FakeI2cDev } from "../fakes/i2c/i2c-dev.ts";
import { RegisterPart } from "../fakes/i2c/parts.ts";
import { kinds } from "../fakes/kinds.ts";
import type { FakeFile } from "../fakes/tree.ts";

/** A Pi whose bus 1 has something at these addresses, and these files. */
function machineWith(files: Readonly<Record<string, FakeFile>>, addresses: readonly number[] = []) {
  const device = new FakeI2cDev();
  for (const [path, file] of Object.entries(files)) device.files.set(path, file);
  for (const address of addresses) device.parts.set(address, new RegisterPart({ powerOn: {} }));
  return device;
}

async function look(device: FakeI2cDev) {
  const load = async () => device.koffi.module;
  const i2c = machineBuses({ machine: "aarch64", load, files: device, clock: new FakeClock() });
  const places = await discover({ files: device, i2c, kinds });
  i2c.close();
  const text = foundText(places);
  return { device, text, lines: text.split("\n"), at: (place: string) => places.find((one) => one.place === place) };
}

const climate = {
  "/sys/bus/i2c/devices/1-0077/name": "bme280\n",
  "/sys/bus/i2c/devices/1-0077/iio:device1/name": "bme280\n",
  "/sys/bus/i2c/devices/1-0077/iio:device1/in_temp_input": "21000\n",
  "/sys/bus/iio/devices/iio:device1/name": "bme280\n",
};
const thermometers = {
  "/sys/bus/w1/devices/w1_bus_master1/w1_master_slaves": "28-0316a2795dff\n28-0316a2795e00\n00-400000000000\n",
  "/sys/bus/w1/devices/28-0316a2795dff/temperature": "21000\n",
  "/sys/bus/w1/devices/28-0316a2795e00/temperature": "22000\n",
  "/sys/bus/w1/devices/00-400000000000/name": "00-400000000000\n",
};

describe("what is connected", () => {
  it("is told with lines that check accepts", async () => {
    const { text, lines } = await look(
      machineWith({
        ...climate,
        ...thermometers,
        "/sys/class/hwmon/hwmon0/name": "cpu_thermal\n",
        "/sys/class/hwmon/hwmon0/temp1_input": "47000\n",
        "/sys/bus/iio/devices/iio:device0/name": "dht11@4\n",
        "/sys/bus/iio/devices/iio:device0/of_node/gpios": new Uint8Array([0, 0, 0, 7, 0, 0, 0, 4, 0, 0, 0, 0]),
      }),
    );
    expect(lines.filter((line) => line.startsWith("  "))).toEqual([
      '  ds18b20-0316a2795dff: {kind: ds18b20, topic: home/ds18b20-0316a2795dff, address: "28-0316a2795dff"}',
      '  ds18b20-0316a2795e00: {kind: ds18b20, topic: home/ds18b20-0316a2795e00, address: "28-0316a2795e00"}',
      "  bme280-77: {kind: bme280, topic: home/bme280-77, address: 0x77}",
      "  dht-4: {kind: dht, topic: home/dht-4, pin: 4}",
      "  cpu-temperature: {kind: cpu_temperature, topic: home/cpu-temperature}",
    ]);
    expect(checked(`devices:\n${text}`).problems).toEqual([]);
  });

  it("is told where no driver reads it: which parts have the address, and the line for each", async () => {
    const { text, lines } = await look(machineWith({}, [0x76]));
    expect(text).toMatch(/^# {3}something answers at 0x76; it may be (this|one of these)/m);
    expect(lines).toContain("#  bme280-76: {kind: bme280, topic: home/bme280-76, address: 0x76}");
    expect(text).toContain('for that, add "dtoverlay=i2c-sensor,bme280" to /boot/firmware/config.txt and reboot');
    expect(lines.filter((line) => line.startsWith("  "))).toEqual([]);
  });

  it("does not decide the resistor of a power monitor: its line waits for somebody who looks at it", async () => {
    const { lines } = await look(
      machineWith({
        "/sys/bus/i2c/devices/1-0040/name": "ina219\n",
        "/sys/bus/i2c/devices/1-0040/hwmon/hwmon1/name": "ina219\n",
      }),
    );
    expect(lines).toContain("#  ina219-40: {kind: ina219, topic: home/ina219-40, address: 0x40, shunt: 0.1}");
    expect(lines.filter((line) => line.startsWith("  ina"))).toEqual([]);
  });

  it("offers for an address every kind that takes it, and no other", async () => {
    const { at } = await look(machineWith({}, [0x44]));
    const [finding] = at("I2C bus 1")?.findings ?? [];
    const offered = finding?.devices.map(({ kind }) => kind) ?? [];
    expect(offered).toContain("sht3x");
    for (const { kind, options } of finding?.devices ?? [])
      expect(checked(`devices:\n  it: ${JSON.stringify({ kind, topic: "t", ...options })}\n`).problems).toEqual([]);
    expect(offered).not.toContain("bme280");
  });

  it("guesses nothing where a part needs what nobody can see: the shunt of a power monitor", async () => {
    const { lines, at } = await look(
      machineWith({
        "/sys/bus/i2c/devices/1-0040/name": "ina219\n",
        "/sys/bus/i2c/devices/1-0040/hwmon/hwmon1/name": "ina219\n",
      }),
    );
    expect(at("I2C bus 1")?.findings).toMatchObject([
      { isSure: false, devices: [{ kind: "ina219", guessed: ["shunt"] }] },
    ]);
    expect(lines).toContain("#      what it says of shunt is an example; write your own");
  });

  it("takes the line of a commented device as it is, when its # is taken away", async () => {
    const { lines } = await look(machineWith({}, [0x44, 0x76, 0x77]));
    const commented = lines.filter((line) => /^# {2}[a-z0-9-]+: \{/.test(line));
    expect(commented.length).toBeGreaterThan(10);
    // One of them: two at one address are refused.
    for (const line of commented) expect(checked(`devices:\n${line.replace(/^#/, "")}\n`).problems).toEqual([]);
  });

  it("asks with an empty write as i2cdetect does, where memories are with a read, and asks no part of a driver", async () => {
    const { device } = await look(machineWith(climate, [0x50]));
    const asked = new Map(device.seen.map(({ address, wrote, read }) => [address, [wrote.length, read]]));
    expect(asked.get(0x44)).toEqual([0, 0]);
    expect(asked.get(0x50)).toEqual([0, 1]);
    expect(asked.has(0x77)).toBe(false);
    expect([Math.min(...asked.keys()), Math.max(...asked.keys())]).toEqual([0x08, 0x76]);
    expect(device.open.size).toBe(0);
  });

  it("tells of a driver that found nothing, of a part without a kind, and of a chip of pins", async () => {
    const { text } = await look(
      machineWith({
        "/sys/bus/i2c/devices/1-0044/name": "sht3x\n",
        "/sys/bus/i2c/devices/1-0068/name": "ds3231\n",
        "/sys/bus/i2c/devices/1-0068/driver/module": "",
        "/sys/bus/i2c/devices/1-0020/name": "mcp23017\n",
        "/sys/bus/i2c/devices/1-0020/gpiochip2/dev": "254:2\n",
      }),
    );
    expect(text).toContain("the kernel was told of sht3x at 0x44, and no driver found it; check its wires");
    expect(text).toContain("#   ds3231 at 0x68, which a driver of the kernel reads\n");
    expect(text).toContain('"gpio: {chips: {NAME: {label: mcp23017, address: 0x20}}}"');
  });

  it("tells of parts on SPI, of serial lines and of supplies", async () => {
    const { lines, text } = await look(
      machineWith({
        "/sys/bus/spi/devices/spi0.0/modalias": "spi:no-such-part\n",
        "/sys/bus/spi/devices/spi0.1/modalias": "spi:spidev\n",
        "/dev/serial/by-id/usb-FTDI_FT232R_A50285BI-if00-port0": "",
        "/dev/serial0": "",
        "/proc/cmdline": "console=tty1 root=/dev/mmcblk0p2",
        "/sys/class/power_supply/BAT0/type": "Battery\n",
        "/sys/class/hwmon/hwmon3/name": "rp1_adc\n",
        "/sys/class/hwmon/hwmon3/in1_input": "5\n",
      }),
    );
    expect(lines).toContain("#   no-such-part at spi0.0");
    expect(text).toContain("an adapter, /dev/serial/by-id/usb-FTDI_FT232R_A50285BI-if00-port0");
    expect(text).toContain("the line of pins 8 and 10, /dev/serial0");
    expect(lines).toContain("#  power-supply-BAT0: {kind: power_supply, topic: home/power-supply-BAT0, supply: BAT0}");
    expect(lines).toContain(
      '#  hwmon-rp1_adc: {kind: hwmon, topic: home/hwmon-rp1_adc, part: rp1_adc, measures: {"in1":{"file":"in1_input"}}}',
    );
  });
});

describe("what cannot be looked at", () => {
  it("says what is off, and the line for it", async () => {
    const device = machineWith({});
    device.files.clear();
    device.openFails = "ENOENT";
    const { at } = await look(device);
    expect(at("1-Wire")?.problem).toMatch(/^there is no 1-Wire bus; add "dtoverlay=w1-gpio"/);
    expect(at("I2C bus 1")?.problem).toBe(
      'there is no I2C bus 1; run "sudo raspi-config nonint do_i2c 0", or add "dtparam=i2c_arm=on" to /boot/firmware/config.txt and "i2c-dev" to /etc/modules, and reboot',
    );
    expect(at("SPI")?.problem).toMatch(/^SPI is off; add "dtparam=spi=on"/);
    expect(at("Serial lines")?.problem).toMatch(/is off; if .* add "enable_uart=1"/);
    expect(at("Pins")?.problem).toMatch(/^there is no \/dev\/gpiochip0/);
  });

  it("says which group opens it", async () => {
    const device = machineWith({ "/dev/gpiochip0": "" });
    device.openFails = "EACCES";
    device.readOnly.add("/dev/gpiochip0");
    const { at } = await look(device);
    expect(at("I2C bus 1")?.problem).toMatch(/may not be opened by this user; put the user into the group i2c/);
    expect(at("Pins")?.problem).toMatch(/gpiochip0 may not be opened by this user; put the user into the group gpio/);
  });

  it("tells of the parts that drivers of the kernel read also where the bus itself cannot be asked", async () => {
    const device = machineWith(climate);
    device.openFails = "EACCES";
    const { at, lines } = await look(device);
    expect(lines).toContain("  bme280-77: {kind: bme280, topic: home/bme280-77, address: 0x77}");
    expect(at("I2C bus 1")?.problem).toMatch(/may not be opened by this user/);
  });

  it("ends at a bus that is stuck, after one try, and looks at the rest", async () => {
    const device = machineWith(thermometers);
    device.transferFails = "ETIMEDOUT";
    const { at } = await look(device);
    expect(at("I2C bus 1")?.problem).toMatch(/^I2C bus 1 is stuck/);
    expect(device.mostAtOnce).toBe(1);
    expect(at("1-Wire")?.findings).toHaveLength(2);
  });

  it("says that nothing answers, which is mostly a wire", async () => {
    const { at } = await look(machineWith({ "/sys/bus/w1/devices/w1_bus_master1/w1_master_slaves": "not found.\n" }));
    expect(at("I2C bus 1")?.problem).toMatch(/^nothing answers; check the wires/);
    expect(at("1-Wire")?.problem).toMatch(/nothing answers on it; check the wires, and the resistor of 4.7 kΩ/);
  });

  it("knows that serial0 of a Pi 5 is its debug connector, and that pins 8 and 10 have another port", async () => {
    const debug = { "/dev/ttyAMA10": "", "/dev/serial0": "", "/proc/cmdline": "console=ttyAMA10,115200 console=tty1" };
    const off = await look(machineWith(debug));
    expect(off.at("Serial lines")).toMatchObject({
      findings: [],
      problem: expect.stringMatching(/"dtparam=uart0=on"/),
    });
    const on = await look(machineWith({ ...debug, "/dev/ttyAMA0": "" }));
    expect(on.at("Serial lines")).toMatchObject({
      findings: [{ what: "the line of pins 8 and 10, /dev/ttyAMA0" }],
      problem: undefined,
    });
  });

  it("says that a console is on the serial line of the header", async () => {
    const { at } = await look(
      machineWith({ "/dev/serial0": "", "/proc/cmdline": "console=serial0,115200 console=tty1" }),
    );
    expect(at("Serial lines")).toMatchObject({
      findings: [],
      problem: expect.stringMatching(/has a console on it; run "sudo raspi-config nonint do_serial_cons 1"/),
    });
  });
});
