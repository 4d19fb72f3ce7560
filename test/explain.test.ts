import { describe, expect, it } from "vitest";
import { explainDevices } from "../src/cli/explain-devices.ts";
import { checkConfig } from "../src/config/check.ts";
import { readBoard } from "../src/core/hardware/board.ts";
import { gpiochip } from "../src/gpio/gpiochip.ts";
import { backends } from "../src/gpio/index.ts";
import { onoff } from "../src/gpio/onoff.ts";
import { Pins } from "../src/gpio/pins.ts";
import { checked } from "./config/checked.ts";
import { fakePorts } from "./fakes/benches.ts";
import { kinds } from "./fakes/kinds.ts";
import { expanderBench } from "./fakes/pins/expander.ts";
import { FakeGpiochip } from "./fakes/pins/gpiochip.ts";
import { FakeSysfs } from "./fakes/pins/sysfs.ts";
import { FakeTree } from "./fakes/tree.ts";

const yaml = `
devices:
  lamp: {kind: relay, topic: lamp, pin: 17}
  door: {kind: contact, topic: door, pin: BOARD29}
  climate: {kind: dht, topic: climate, pin: 4}
  pi: {kind: cpu_temperature, topic: pi}
  holiday: {kind: virtual, topic: holiday, type: switch}
`;

function devices() {
  const known = { kinds, backends, environment: {}, hostname: "test" };
  return checkConfig("devices.yaml", new TextEncoder().encode(yaml), known).config?.devices ?? [];
}

const pi4 = new FakeTree({
  "/proc/device-tree/model": "Raspberry Pi 4 Model B Rev 1.4\0",
  "/proc/device-tree/compatible": "raspberrypi,4-model-b\0brcm,bcm2711\0",
  "/proc/sys/kernel/osrelease": "6.12.34+rpt-rpi-v8\n",
  "/etc/os-release": 'NAME="Debian"\nPRETTY_NAME="Debian GNU/Linux 13 (trixie)"\n',
  "/etc/rpi-issue": "Raspberry Pi reference 2026-10-02\n",
});

describe("the explanation", () => {
  it("names machine, pin, backend and chip, and that nothing is lost", async () => {
    const chip = new FakeGpiochip();
    const ports = fakePorts({ files: chip, clock: chip.clock, load: async () => chip.koffi });
    expect(
      await explainDevices(devices(), await readBoard(pi4), new Pins([gpiochip, onoff], "auto", ports)),
    ).toBe(`Raspberry Pi 4 Model B Rev 1.4 (bcm2711), Linux 6.12.34+rpt-rpi-v8, Raspberry Pi OS on Debian GNU/Linux 13 (trixie)

lamp (relay)
  pin      GPIO17, position 11 of the header, line "GPIO17", as output
  backend  gpiochip: pinctrl-bcm2711 at /dev/gpiochip0
  lost     nothing

door (contact)
  pin      GPIO5, position 29 of the header, line "GPIO5", as input
  backend  gpiochip: pinctrl-bcm2711 at /dev/gpiochip0
  lost     nothing

climate (dht)
  pin      GPIO4, position 7 of the header
  read by  a driver of the kernel, or the package of this kind

pi (cpu_temperature)
  pins     none: it is read on this machine

holiday (virtual)
  pins     none
`);
    expect(chip.requests.size).toBe(0);
  });

  it("says how a sensor without pins is reached", async () => {
    const sensors = `devices:
  attic: {kind: bme280, topic: attic, bus: 3}
  light: {kind: veml7700, topic: light}
  kiln: {kind: max6675, topic: kiln}
  boiler: {kind: ds18b20, topic: boiler}
  co2: {kind: mhz19, topic: co2, port: /dev/serial0}
`;
    const known = { kinds, backends, environment: {}, hostname: "test" };
    const chosen = checkConfig("devices.yaml", new TextEncoder().encode(sensors), known).config?.devices ?? [];
    const chip = new FakeGpiochip();
    const ports = fakePorts({ files: chip, clock: chip.clock, load: async () => chip.koffi });
    const text = await explainDevices(chosen, await readBoard(pi4), new Pins([gpiochip], "auto", ports));
    expect(text.match(/(?<=pins {5}).*/g)).toEqual([
      "none: it is on I2C bus 3, and the kernel's driver bmp280 reads it",
      "none: it is on I2C bus 1, and the agent speaks to it",
      "none: it is on SPI, and the kernel's driver maxim_thermocouple reads it",
      "none: it is on 1-Wire, and the kernel reads it",
      "none: it is at /dev/serial0",
    ]);
  });

  it("says why a better way was passed over, and what is lost by it", async () => {
    const sysfs = new FakeSysfs();
    const ports = fakePorts({ files: sysfs, machine: "armv6l", load: async () => sysfs.onoff });
    const text = await explainDevices(
      devices().slice(0, 1),
      await readBoard(pi4),
      new Pins([gpiochip, onoff], "auto", ports),
    );
    expect(text).toContain("  backend  onoff: pinctrl-bcm2711 at /sys/class/gpio/gpiochip512\n");
    expect(text).toContain("  lost     /sys/class/gpio is on its way out of the kernel\n");
    expect(text).toContain(
      "  not by   gpiochip: the package koffi has no build for this processor (ARMv6); onoff serves this Pi\n",
    );
    expect(sysfs.lines.size).toBe(0);
  });

  it("says who holds a pin, and where no way leads", async () => {
    const chip = new FakeGpiochip();
    chip.line(17).consumer = "spi0 CS0";
    const ports = fakePorts({ files: chip, clock: chip.clock, load: async () => chip.koffi });
    const nothing = await readBoard(new FakeTree());
    const held = await explainDevices(devices().slice(0, 1), nothing, new Pins([gpiochip], "auto", ports));
    expect(held).toMatch(/^not a Raspberry Pi\n/);
    expect(held).toContain('  held by  "spi0 CS0" now\n');
    chip.unplug();
    const gone = await explainDevices(devices().slice(0, 1), nothing, new Pins([gpiochip], "auto", ports));
    expect(gone).toContain("  backend  no way leads to pin 17 as output (gpiochip: there is no GPIO chip in /dev)");
  });

  it("names the chip of a line, what makes it, and what is lost there", async () => {
    const { header } = expanderBench();
    const ports = fakePorts({ files: header, clock: header.clock, load: async () => header.koffi });
    const chips = [{ name: "relays", label: "mcp23017" }];
    const text = `gpio: {chips: {relays: mcp23017}}\ndevices:\n  door: {kind: contact, topic: door, pin: relays/3, pull: none}\n`;
    const { config } = checked(text);
    const pins = new Pins([gpiochip], "auto", ports, chips);
    expect(await explainDevices(config?.devices ?? [], await readBoard(new FakeTree()), pins, chips)).toContain(
      `door (contact)
  pin      relays/3, line 3 of mcp23017, line "GPIO3", as input
  made by  "dtoverlay=mcp23017,noints,addr=0x20" in config.txt
  backend  gpiochip: mcp23017 at /dev/gpiochip1, device 1-0020
  lost     its chip has no interrupt, so the line is looked at every 20 ms, and shorter pulses go unseen
`,
    );
    expect(header.requests.size).toBe(0);
  });
});
