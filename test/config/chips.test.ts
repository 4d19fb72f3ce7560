import { describe, expect, it } from "vitest";
import { parseFirmware } from "../../src/core/hardware/firmware.ts";
import { checked } from "./checked.ts";

/** What is said of one device with these chips, without the file's name. */
function said(chips: string, device: string, configTxt?: string) {
  const yaml = `gpio: {chips: {${chips}}}\ndevices:\n  it: {topic: it, ${device}}\n`;
  const firmware = configTxt === undefined ? undefined : parseFirmware(configTxt, "bcm2711");
  const { problems, warnings } = checked(yaml, { firmware });
  const short = (lines: readonly string[]) => lines.map((line) => line.replace("devices.yaml:", ""));
  return { problems: short(problems), warnings: short(warnings) };
}
const problems = (chips: string, device: string) => said(chips, device).problems;
const warnings = (chips: string, device: string, configTxt?: string) => {
  const all = said(chips, device, configTxt);
  expect(all.problems).toEqual([]);
  return all.warnings;
};
const relay = (pin: string, more = "") => `kind: relay, pin: ${pin}${more}`;
const relays = "relays: mcp23017";

describe("a named chip", () => {
  it("is a label, or a label with what tells it from others", () => {
    const { config } = checked(
      `gpio: {chips: {relays: mcp23017, inputs: {label: pcf8574, address: 0x38, device: 1-0038}}}\ndevices:\n  it: {topic: it, ${relay("relays/3")}}\n  door: {kind: contact, topic: door, pin: inputs/0}\n`,
    );
    expect(config?.gpio.chips).toEqual([
      { name: "relays", label: "mcp23017" },
      { name: "inputs", label: "pcf8574", address: 0x38, device: "1-0038" },
    ]);
  });

  it.each([
    [
      "relays: 5",
      '1:24  gpio.chips.relays: "5" is not a chip; write its label, such as mcp23017, or {label: mcp23017, address: 0x20}',
    ],
    [
      "relays: {label: mcp23017, address: x}",
      '1:51  gpio.chips.relays.address: "x" is not an address; write it as 0x20',
    ],
    [
      "relays: {label: mcp23017, address: 0x90}",
      '1:51  gpio.chips.relays.address: "0x90" is not the address of a chip; write one from 0x00 to 0x7f',
    ],
    [
      "relays: {label: mcp23017, adress: 0x20}",
      '1:42  gpio.chips.relays.adress: "adress" is no option of a chip; did you mean "address"?',
    ],
    [
      "relays: {label: mcp23017, bus: 1}",
      '1:42  gpio.chips.relays.bus: "bus" is no option of a chip; there are label, address, device',
    ],
    [
      "relays: {label: mcp23017, device: /dev/i2c-1}",
      '1:50  gpio.chips.relays.device: "/dev/i2c-1" is not a device; write its name below /sys/bus/*/devices, such as 1-0020 or spi0.0',
    ],
  ])("is refused where it is wrong: %s", (chips, line) => {
    expect(problems(chips, relay("17"))).toEqual([line]);
  });

  it("is written with a name, and not in a list", () => {
    expect(checked(`gpio: {chips: [mcp23017]}\ndevices:\n  it: {topic: it, ${relay("17")}}\n`).problems).toEqual([
      'devices.yaml:1:15  gpio.chips: "[mcp23017]" is a list; write a name for each chip, as in {relays: mcp23017}',
    ]);
  });

  it.each([
    ["mcp23071", "mcp23017"],
    ["mcp2317", "mcp23017"],
  ])("is warned of where it looks like a part that is known: %s", (label, meant) => {
    expect(warnings(`relays: ${label}`, relay("relays/1"))).toEqual([
      `1:24  gpio.chips.relays: "${label}" is not a part that is known; did you mean "${meant}"? Leave it if gpiodetect shows this label`,
    ]);
  });

  it.each(["mcp23018", "my-own-chip"])("may be a part that is not known: %s", (label) => {
    expect(warnings(`relays: ${label}`, relay("relays/1"))).toEqual([]);
  });

  it("has a name that fits a pin", () => {
    expect(problems('"my relays": mcp23017', relay("17")).join()).toContain(
      "is not a name for a chip; write letters, digits, - and _, at most 20",
    );
  });

  it("is not the header's own, whose pins would have two names", () => {
    for (const label of ["pinctrl-bcm2711", "pinctrl-rp1"])
      expect(problems(`soc: ${label}`, relay("soc/17"))).toEqual([
        `1:21  gpio.chips.soc: "${label}" is the chip of the header; write its pins as 17, not as soc/17, and remove this line`,
      ]);
    expect(
      checked(
        `gpio: {chip: bank, chips: {soc: bank}}\ndevices:\n  it: {topic: it, ${relay("soc/17")}}\n`,
      ).problems.join(),
    ).toContain('"bank" is the chip of the header');
  });

  it("is told from another of the same label", () => {
    expect(problems("a: mcp23017, b: mcp23017", relay("a/0"))).toEqual([
      '1:32  gpio.chips.b: this is the chip "a" already; use that name, or give each its address',
    ]);
    expect(problems("a: mcp23017, b: {label: mcp23017, address: 0x21}", relay("a/0")).join()).toContain(
      'gpio.chips.b: this may be the chip "a"; give both an address',
    );
    const both = "a: {label: mcp23017, address: 0x20}, b: {label: mcp23017, address: 0x21}";
    expect(problems(both, relay("a/0"))).toEqual([]);
  });

  it("that no pin is on is a warning", () => {
    expect(warnings(relays, relay("17"))).toEqual([
      "1:24  gpio.chips.relays: no pin is on this chip; write one as relays/0, or remove it",
    ]);
  });
});

describe("a pin on a named chip", () => {
  it.each([
    [relays, relay("relais/3"), '3:37  devices.it.pin: there is no chip "relais"; did you mean "relays"?'],
    [relays, relay("x/3"), '3:37  devices.it.pin: there is no chip "x"; gpio.chips has relays'],
    [
      "",
      relay("relays/3"),
      '3:37  devices.it.pin: there is no chip "relays"; name it in gpio.chips, as in "chips: {relays: mcp23017}"',
    ],
    [relays, relay("relays/16"), "3:37  devices.it.pin: pin relays/16 does not exist: mcp23017 has 16 lines, 0 to 15"],
    ["r: pcf8574", relay("r/8"), "3:37  devices.it.pin: pin r/8 does not exist: pcf8574 has 8 lines, 0 to 7"],
    ["r: tca9555", relay("r/16"), "3:37  devices.it.pin: pin r/16 does not exist: tca9555 has 16 lines, 0 to 15"],
    [
      "r: pca9685",
      "kind: light, pin: r/16",
      "3:37  devices.it.pin: pin r/16 does not exist: pca9685 has 16 channels, 0 to 15",
    ],
    [
      relays,
      "kind: light, pin: relays/1",
      "3:37  devices.it.pin: pin relays/1 cannot give pulses: mcp23017 has no pulse trains; choose a pin of the header, or a channel of a pca9685",
    ],
    [
      "r: pca9685",
      "kind: contact, pin: r/1",
      "3:39  devices.it.pin: pin r/1 cannot be an input: pca9685 gives pulses only",
    ],
  ])("is refused: %s, %s", (chips, device, line) => {
    expect(problems(chips, device).filter((one) => one.startsWith("3:"))).toEqual([line]);
  });

  it("may be any line of a chip that is not known by its label", () => {
    expect(problems("r: my-own-chip", relay("r/300"))).toEqual([]);
  });

  it("is not asked what holds for the header: reserved pins, and pins beyond it", () => {
    expect(warnings(relays, relay("relays/0"))).toEqual([]);
    expect(warnings("r: pca9505", relay("r/39"))).toEqual([]);
  });

  it("belongs to one device", () => {
    const yaml = `gpio: {chips: {${relays}}}\ndevices:\n  a: {topic: a, ${relay("relays/3")}}\n  b: {topic: b, ${relay('"relays / 03"')}}\n`;
    expect(checked(yaml).problems).toEqual([
      'devices.yaml:4:35  devices.b.pin: pin relays/3 is already used by "a"; choose another',
    ]);
  });

  it("needs a backend that serves other chips", () => {
    const yaml = `gpio: {backend: pigpiod, chips: {${relays}}}\ndevices:\n  a: {topic: a, ${relay("relays/3")}}\n`;
    expect(checked(yaml).problems).toEqual([
      "devices.yaml:3:35  devices.a.pin: the backend pigpiod cannot serve pin relays/3 as output; choose auto or gpiochip, onoff, simulated in gpio.backend",
    ]);
  });
});

describe("a warning", () => {
  it("names the outputs that a chip switches on at power-on", () => {
    expect(warnings("r: pcf8574", relay("r/1"))).toEqual([
      "3:37  devices.it.pin: pin r/1 is high from power-on until the agent starts, as all lines of pcf8574 are, which switches this device on; use a board that switches on at low",
    ]);
    expect(warnings("r: pcf8574", relay("r/1", ", active_low: true"))).toEqual([]);
    expect(warnings(relays, relay("relays/1", ", active_low: true"))).toEqual([]);
  });

  it("names the pulls that the chip's driver does not set", () => {
    expect(warnings(relays, "kind: contact, pin: relays/1")).toEqual([
      "3:39  devices.it.pin: pin relays/1 has no pull up: the kernel's driver sets none on mcp23017; add a resistor of 10 kΩ to 3.3 V and write pull: none",
    ]);
    expect(warnings(relays, "kind: contact, pin: relays/1, pull: none")).toEqual([]);
    expect(warnings("r: pcf8574", "kind: contact, pin: r/1")).toEqual([]);
    expect(warnings("r: pcf8574", "kind: contact, pin: r/1, pull: down").join()).toContain("10 kΩ to ground");
  });

  it.each([
    [relays, "", "dtoverlay=mcp23017,noints,addr=0x20"],
    ["r: {label: mcp23017, address: 0x21}", "dtoverlay=mcp23017", "dtoverlay=mcp23017,noints,addr=0x21"],
    ["r: mcp23008", "", "dtoverlay=mcp23017,mcp23008,noints,addr=0x20"],
    ["r: tca9555", "dtoverlay=mcp23017", "dtoverlay=pca953x,pca9555,addr=0x20"],
    ["r: pcf8574a", "", "dtoverlay=pcf857x,pcf8574a,addr=0x38"],
    ["r: {label: mcp23s17, address: 1}", "", "dtoverlay=mcp23s17,s17-spi0-0-present=2"],
  ])("names the line that config.txt lacks for the chip: %s", (chips, configTxt, line) => {
    const [name] = chips.split(":");
    const device = relay(`${name}/1`, ", active_low: true");
    expect(warnings(chips, device, configTxt).join()).toContain(`add "${line}" and reboot`);
    expect(warnings(chips, device, `${configTxt}\n${line}`)).toEqual([]);
    expect(warnings(chips, device)).toEqual([]);
  });

  it("reads parameters of an overlay on lines of their own", () => {
    const configTxt = "dtoverlay=mcp23017\ndtparam=addr=0x21\ndtparam=noints\n";
    expect(warnings("r: {label: mcp23017, address: 0x21}", relay("r/1"), configTxt)).toEqual([]);
  });

  it("names the pin that the chip's overlay takes for its interrupt", () => {
    const contact = "kind: contact, pin: 4";
    expect(warnings("", contact, "dtoverlay=mcp23017").join()).toContain("pin 4 is used by the overlay mcp23017");
    expect(warnings("", contact, "dtoverlay=mcp23017,noints")).toEqual([]);
  });
});
