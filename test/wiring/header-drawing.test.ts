import { describe, expect, it } from "vitest";
import type { DeviceSettings } from "../../src/core/device-settings.ts";
import type { Level } from "../../src/core/hardware/gpio.ts";
import { atPosition } from "../../src/core/hardware/header.ts";
import type { SeenLines } from "../../src/wiring/pins/seen-lines.ts";
import { headerDrawing, wantsColour } from "../../src/wiring/terminal/header-drawing.ts";
import { blind, device, dimmer, office } from "./devices.ts";

const unseen: SeenLines = { source: undefined, lines: new Map() };
const seen = (pin: number, level: Level, consumer = "pi2mqtt"): SeenLines => ({
  source: "/sys/kernel/debug/gpio",
  lines: new Map([[pin, { level, consumer }]]),
});

const draw = (
  devices: readonly DeviceSettings[],
  lines = unseen,
  interfaces: { name: string; pins: number[] }[] = [],
) => headerDrawing(devices, interfaces, lines, false);

/** What stands beside a position, its words from the left to the right. */
function beside(drawing: string, position: number): string {
  for (const line of drawing.split("\n")) {
    const [, left = "", odd, even, right = ""] = /^(.*)│ *(\d+) +(\d+) *│(.*)$/.exec(line) ?? [];
    if (Number(odd) === position) return left.trim().replace(/ +/g, " ");
    if (Number(even) === position) return right.trim().replace(/ +/g, " ");
  }
  throw new Error(`no position ${position}`);
}

/** The line of a device in the list below the drawing. */
const listed = (drawing: string, id: string) =>
  (drawing.split("└")[1] ?? "")
    .split("\n")
    .filter((line) => line.includes(id))
    .map((line) => line.trim().replace(/ +/g, " "));

describe("the drawing", () => {
  it("has every GPIO and every supply at its place", () => {
    const drawing = draw([]);
    for (let position = 1; position <= 40; position++) {
      const what = atPosition(position);
      expect(beside(drawing, position)).toBe(typeof what === "number" ? `GPIO${what}` : what);
    }
  });

  it("has a device on BOARD11 at position 11", () => {
    const drawing = draw([device("lamp", "relay", { pin: "BOARD11" })]);
    expect(beside(drawing, 11)).toBe("lamp (relay) low GPIO17");
    expect(listed(drawing, "lamp")).toEqual(["lamp relay GPIO17 (11) low off at the start"]);
  });

  it("has the pins of interfaces, and of other programs", () => {
    const drawing = draw(office, seen(8, 1, "spi0 CS0"), [{ name: "I2C", pins: [2, 3] }]);
    expect(beside(drawing, 3)).toBe("I2C GPIO2");
    expect(beside(drawing, 24)).toBe("GPIO8 high* spi0 CS0");
  });

  it("lists devices without a pin, and pins that are not on the header", () => {
    const drawing = draw([...office, device("far", "relay", { pin: 45 })]);
    expect(listed(drawing, " pi ")).toEqual(["pi cpu_temperature no pin"]);
    expect(listed(drawing, "far")).toEqual(["far relay GPIO45 low off at the start"]);
  });

  it("tells the pins of one device apart", () => {
    const drawing = draw([device("blind", blind, { up_pin: 17, down_pin: 27, end_pin: 22 })]);
    expect([11, 13, 15].map((position) => beside(drawing, position).split(" (")[0])).toEqual([
      "blind up",
      "blind down",
      "blind end",
    ]);
  });

  it("fits into 80 columns; of a long id the middle is cut out, one of 20 characters stays whole", () => {
    const everyPin = Array.from({ length: 28 }, (_, pin) => device(`${"x".repeat(18)}${pin + 10}`, "contact", { pin }));
    const twenty = draw(everyPin, seen(21, 1, "another-program-with-a-long-name"));
    expect(beside(twenty, 11)).toBe(`${"x".repeat(18)}27 high GPIO17`);
    const longer = draw([device(`${"x".repeat(60)}-end`, "relay", { pin: 17 })]);
    expect(beside(longer, 11)).toBe(`${"x".repeat(13)}…xx-end low GPIO17`);
    for (const line of [...twenty.split("\n"), ...longer.split("\n")]) expect(line.length).toBeLessThanOrEqual(80);
  });
});

describe("a level", () => {
  const relay = (options: Record<string, unknown>) => draw([device("it", "relay", { pin: 17, ...options })]);
  const contact = (pull: string) => draw([device("it", "contact", { pin: 17, pull })]);

  it.each([
    [{}, "low off at the start"],
    [{ active_low: true }, "high off at the start"],
    [{ initial: "on" }, "high on at the start"],
    [{ initial: "on", active_low: true }, "low on at the start"],
    [{ initial: "keep" }, "kept stays as it was"],
  ])("of an output with %o is configured as %s", (options, words) => {
    expect(listed(relay(options), "it")).toEqual([`it relay GPIO17 (11) ${words}`]);
  });

  it.each([
    ["up", "high pulled up"],
    ["down", "low pulled down"],
    ["none", "open no pull"],
  ])("of an input with pull %s is configured as %s", (pull, words) => {
    expect(listed(contact(pull), "it")).toEqual([`it contact GPIO17 (11) ${words}`]);
  });

  it("of other pins is not pretended", () => {
    expect(beside(draw([device("it", dimmer, { pin: 18 })]), 12)).toContain("GPIO18 pwm");
    expect(beside(draw(office), 7)).toContain("data GPIO4");
  });

  it("that was seen has a star, whatever is configured, and says what it means", () => {
    const lamp = [device("lamp", "relay", { pin: 17, active_low: true })];
    const drawing = draw(lamp, seen(17, 0));
    expect(beside(drawing, 11)).toBe("lamp (relay) low* GPIO17");
    expect(listed(drawing, "lamp")).toEqual(["lamp relay GPIO17 (11) low* on"]);
    expect(drawing).toContain("* live, seen in /sys/kernel/debug/gpio; the others are as configured.");
    expect(listed(draw(lamp, seen(17, 1)), "lamp")).toEqual(["lamp relay GPIO17 (11) high* off"]);
  });

  it("of a pin that another program holds says by whom", () => {
    expect(listed(draw(office, seen(17, 1, "gpioset")), "lamp")).toEqual([
      "office-lamp relay GPIO17 (11) high* held by gpioset",
    ]);
  });

  it("has no star where nothing was seen, and the drawing says why", () => {
    expect(draw(office)).not.toContain("*");
    expect(draw(office)).toContain("Levels are as configured: this machine shows no GPIO chip of a Raspberry Pi.");
    const idle = draw(office, { source: "/sys/class/gpio", lines: new Map() });
    expect(idle).toContain('Levels are as configured: nobody holds a pin now ("sudo" shows more).');
  });
});

describe("colour", () => {
  it("is written on a terminal only, and not with NO_COLOR", () => {
    expect(wantsColour({ isTTY: true }, {})).toBe(true);
    expect(wantsColour({ isTTY: true }, { NO_COLOR: "" })).toBe(true);
    expect(wantsColour({ isTTY: true }, { NO_COLOR: "1" })).toBe(false);
    expect(wantsColour({}, {})).toBe(false);
  });

  it("is all that a coloured drawing adds", () => {
    const coloured = headerDrawing(office, [{ name: "I2C", pins: [2, 3] }], seen(17, 1), true);
    const codes = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");
    expect(coloured.match(codes)?.length).toBeGreaterThan(40);
    expect(coloured.replace(codes, "")).toBe(draw(office, seen(17, 1), [{ name: "I2C", pins: [2, 3] }]));
    expect(draw(office, seen(17, 1))).not.toMatch(codes);
  });
});
