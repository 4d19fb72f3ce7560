import { describe, expect, it } from "vitest";
import { checkConfig } from "../../src/config/check.ts";
import { parseFirmware } from "../../src/core/hardware/firmware.ts";
import { backends } from "../../src/gpio/index.ts";
import { kinds } from "../fakes/kinds.ts";

/** What is said of one device on a machine with that config.txt. */
function warnings(device: string, configTxt = "", chip: string | undefined = "bcm2711"): readonly string[] {
  const bytes = new TextEncoder().encode(`devices:\n  it: {topic: it, ${device}}\n`);
  const firmware = parseFirmware(configTxt, chip);
  const known = { kinds, backends, firmware, environment: {}, hostname: "test" };
  const checked = checkConfig("devices.yaml", bytes, known);
  expect(checked.problems).toEqual([]);
  return checked.warnings;
}

describe("a pin that switches its device on while the Pi boots", () => {
  it("is named, with where it would be safe", () => {
    expect(warnings("kind: relay, pin: 17, active_low: true")).toEqual([
      'devices.yaml:2:37  devices.it.pin: pin 17 is pulled low while the Pi boots, which switches this device on; choose one of GPIO2 to GPIO8, or add "gpio=17=op,dh" to config.txt and a 10 kΩ resistor',
    ]);
    expect(warnings("kind: relay, pin: 5")).toEqual([
      'devices.yaml:2:37  devices.it.pin: pin 5 is pulled high while the Pi boots, which switches this device on; choose one of GPIO9 to GPIO27, or add "gpio=5=op,dl" to config.txt and a 10 kΩ resistor',
    ]);
  });

  it.each([
    "kind: relay, pin: 17",
    "kind: relay, pin: 5, active_low: true",
    "kind: contact, pin: 5",
    "kind: dht, pin: 4",
  ])("is not %s", (device) => {
    expect(warnings(device)).toEqual([]);
  });

  it.each(["gpio=17=op,dh", "gpio=16-18=op,dh", "gpio=4,17=op,dh"])("is none that the firmware drives: %s", (line) => {
    expect(warnings("kind: relay, pin: 17, active_low: true", line)).toEqual([]);
  });
});

describe("a pin of an interface", () => {
  it.each([
    ["dtparam=i2c_arm=on", 2, "I2C"],
    ["dtparam=audio=off,i2c_arm=on # both", 3, "I2C"],
    ["dtparam=spi=on", 8, "SPI"],
    ["enable_uart=1", 15, "UART"],
    ["dtoverlay=w1-gpio", 4, "1-Wire"],
    ["dtoverlay=w1-gpio,gpiopin=22,pullup=0", 22, "1-Wire"],
    ["dtoverlay=gpio-fan,gpiopin=14,temp=60000", 14, "the overlay gpio-fan"],
    ["[pi4]\ndtparam=spi=on", 8, "SPI"],
    ["[pi5]\n[all]\ndtparam=spi=on", 8, "SPI"],
  ])("is named, with the line that enables it: %s", (configTxt, pin, name) => {
    expect(warnings(`kind: contact, pin: ${pin}`, configTxt).join()).toContain(
      `pin ${pin} is used by ${name}, as "dt`.slice(0, -4),
    );
  });

  it("is told with what to do", () => {
    expect(warnings("kind: contact, pin: 2", "dtparam=i2c_arm=on")).toEqual([
      'devices.yaml:2:39  devices.it.pin: pin 2 is used by I2C, as "dtparam=i2c_arm=on" in config.txt says; choose another pin, or remove that line and reboot',
    ]);
  });

  it.each([
    "#dtparam=i2c_arm=on",
    "dtparam=i2c_arm=off",
    "[pi5]\ndtparam=i2c_arm=on",
    "[none]\ndtparam=i2c_arm=on",
    "dtparam=i2c_baudrate=400000",
  ])("is none that is not enabled: %s", (configTxt) => {
    expect(warnings("kind: contact, pin: 2", configTxt)).toEqual([]);
  });

  it("is not what a sensor's own driver reads, but is what another interface has", () => {
    expect(warnings("kind: dht, pin: 4", "dtoverlay=dht11")).toEqual([]);
    expect(warnings("kind: contact, pin: 4", "dtoverlay=dht11")).toHaveLength(1);
    expect(warnings("kind: dht, pin: 4", "dtoverlay=w1-gpio")).toHaveLength(1);
  });

  it("is not the sound's, unless a pulse train is wanted", () => {
    expect(warnings("kind: relay, pin: 18", "dtparam=audio=on")).toEqual([]);
    expect(warnings("kind: light, pin: 18", "dtparam=audio=on").join()).toContain("pin 18 is used by analogue audio");
  });
});
