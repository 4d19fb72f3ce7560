import { describe, expect, it } from "vitest";
import * as z from "zod";
import { defineDevice } from "../../src/core/kind.ts";
import { chosenPins, pin, pins } from "../../src/core/pin.ts";
import { onOff } from "../../src/core/switching.ts";
import { headerDrawing } from "../../src/wiring/terminal/header-drawing.ts";
import { checked } from "../config/checked.ts";

/** A kind with a single pin, a list of outputs, and a list of inputs that need not be there. */
const fan = defineDevice({
  kind: "fan",
  summary: "A fan.",
  usedFor: "tests",
  options: {
    power_pin: pin("The pin of the mains.", "output"),
    speed_pins: pins("The pins of the speeds.", "output", { activeLow: "active_low" }, { min: 2, max: 4 }),
    end_pins: pins("The end switches.", "input", {}, { min: 1, max: 1 }).optional(),
    active_low: z.boolean().default(false).describe("Whether low is on."),
  },
  example: { power_pin: 5, speed_pins: [17, 27, 22] },
  state: onOff,
  entities: () => [],
  setup: async () => ({}),
});
const fanWith = (options: string) => `devices:\n  air: {kind: fan, topic: home/air, ${options}}\n`;
const check = (options: string) => {
  const { config, ...said } = checked(fanWith(options), { kinds: [fan] });
  return { devices: config?.devices ?? [], ...said };
};
const chosen = (options: string) =>
  check(options).devices.flatMap((device) => chosenPins(device.kind.options, device.options));

describe("an option that is a list of pins", () => {
  it("chooses each of its pins, with its place in the file and a name for people", () => {
    const found = chosen("power_pin: 5, speed_pins: [GPIO17, BOARD13], active_low: true");
    expect(found.map(({ option, path, which, pin }) => ({ option, path, which, pin }))).toEqual([
      { option: "power_pin", path: ["power_pin"], which: "power", pin: 5 },
      { option: "speed_pins", path: ["speed_pins", 0], which: "speed 1", pin: 17 },
      { option: "speed_pins", path: ["speed_pins", 1], which: "speed 2", pin: 27 },
    ]);
    expect(found.map(({ activeLow }) => activeLow)).toEqual([false, true, true]);
  });

  it.each([
    ["speed_pins: [17]", '2:63  devices.air.speed_pins: "[17]" has too few pins; write 2 to 4'],
    ["speed_pins: [1, 2, 3, 4, 5]", '2:63  devices.air.speed_pins: "[1, 2, 3, 4, 5]" has too many pins; write 2 to 4'],
    [
      "speed_pins: 17",
      '2:63  devices.air.speed_pins: "17" is not a list of pins; write 2 to 4 of them, as in [17, 27]',
    ],
    [
      "speed_pins: [17, BOARD1]",
      '2:68  devices.air.speed_pins.1: "BOARD1" is power or ground, not a GPIO; choose another position of the header',
    ],
    [
      "speed_pins: [17, 22, 17]",
      "2:72  devices.air.speed_pins.2: pin 17 is already the speed_pins.0 of this device; choose another",
    ],
    [
      "speed_pins: [17, 99]",
      "2:68  devices.air.speed_pins.1: pin 99 is not on the header, which has GPIO 2 to 27; choose one of these, or add it to gpio.force_pins",
    ],
    ["speed_pins: [17, 22], end_pins: []", '2:83  devices.air.end_pins: "[]" has too few pins; write 1'],
  ])("is refused at the right place: %s", (options, line) => {
    expect(check(`power_pin: 5, ${options}`).problems).toEqual([`devices.yaml:${line}`]);
  });

  it("warns at the pin of the list that would be on while the Pi boots", () => {
    expect(check("power_pin: 17, speed_pins: [27, 6]").warnings).toEqual([
      expect.stringContaining("devices.yaml:2:69  devices.air.speed_pins.1: pin 6 is pulled high while the Pi boots"),
    ]);
  });

  it("draws each pin with its number", () => {
    const { devices } = check("power_pin: 5, speed_pins: [17, 27]");
    const drawing = headerDrawing(devices, [], { source: undefined, lines: new Map() }, false);
    expect(drawing).toContain("air speed 1           fan  GPIO17 (11)  low");
    expect(drawing).toContain("air speed 2           fan  GPIO27 (13)  low");
  });
});

describe("a pin", () => {
  it.each([
    ["17", 17],
    ["GPIO17", 17],
    ["bcm 17", 17],
    ["BOARD11", 17],
  ])("is understood: %s", (written, name) => {
    expect(pin("A pin.", "output").parse(written)).toBe(name);
  });

  it.each(["relays/3", " relays / 03 ", "relays/003"])("that is a chip's line has one name: %s", (written) => {
    expect(pin("A pin.", "output").parse(written)).toBe("relays/3");
  });

  it("of a driver is one of the header", () => {
    expect(pin("A pin.", "driver").safeParse("relays/3").error?.issues[0]?.message).toBe(
      "is not a pin; write the BCM number, such as 17 or GPIO17, or the header position, such as BOARD11",
    );
  });

  it("of a chip that nobody has named is refused", () => {
    expect(check("power_pin: relays/3, speed_pins: [17, 27]").problems).toEqual([
      expect.stringContaining('devices.yaml:2:48  devices.air.power_pin: there is no chip "relays"'),
    ]);
  });
});
