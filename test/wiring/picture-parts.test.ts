import { describe, expect, it } from "vitest";
import type { DeviceSettings } from "../../src/core/device-settings.ts";
import { blind, device, dimmer } from "./devices.ts";
import { all, piecesOf } from "./drawn.ts";
import { connections, draw, houses, lowRelay, resistors, texts, wiresOf } from "./pictures.ts";

/** Which header positions of a supply are in use. */
const positions = (devices: readonly DeviceSettings[], supply: string) =>
  texts(devices).flatMap((text) => (text.startsWith(`${supply} (`) ? [Number(/\d+(?=\))/.exec(text)?.[0])] : []));

const highRelay = (pin: number) => device(`relay-${pin}`, "relay", { pin });

describe("a resistor", () => {
  it.each([
    ["a sensor whose line needs a pull-up", device("climate", "dht", { pin: 4 })],
    ["a contact without a pull", device("door", "contact", { pin: 17, pull: "none" })],
    ["a relay that is on when low, at a pin that is low while the Pi boots", lowRelay(17)],
    ["a relay that is on when high, at a pin that is high while the Pi boots", highRelay(5)],
  ])("is drawn for %s", (_, wanting) => {
    expect(resistors([wanting])).toHaveLength(1);
    expect(texts([wanting])).toContain("10 kΩ");
  });

  it.each([
    ["a contact with a pull", device("door", "contact", { pin: 17, pull: "up" })],
    ["a relay that is on when low, at a pin that is high while the Pi boots", lowRelay(5)],
    ["a relay that is on when high, at a pin that is low while the Pi boots", highRelay(17)],
    ["a sensor at a pin that the board pulls up", device("climate", "dht", { pin: 2 })],
    ["a contact at a pin that the board pulls up", device("door", "contact", { pin: 3, pull: "none" })],
    ["a dimmer", device("dimmer", dimmer, { pin: 18 })],
  ])("is not drawn for %s", (_, content) => {
    expect(resistors([content])).toEqual([]);
  });

  it("leads to the side that is safe", () => {
    const feeds = (devices: readonly DeviceSettings[]) => wiresOf(draw(devices)).length;
    // Signal, VCC and GND, and for the relay that is on when low a wire from 3V3; the other's goes to the GND it has.
    expect([feeds([lowRelay(17)]), feeds([highRelay(5)])]).toEqual([4, 3]);
  });

  it("has a wire at both ends, and no wire goes past it", () => {
    const picture = draw([lowRelay(17)]);
    const [body] = resistors([lowRelay(17)]).flatMap((resistor) => all(resistor, "path").flatMap(piecesOf));
    if (body === undefined) throw new Error("no resistor");
    const ends = wiresOf(picture).flatMap((wire) => piecesOf(wire).slice(-1));
    const level = (y: number) => ends.filter(({ top }) => top === y);
    expect(level(body.top).map(({ left, right }) => left < body.left && right > body.left)).toEqual([true]);
    expect(level(body.bottom).map(({ right }) => right)).toEqual([body.left]);
  });

  it("cannot help at GPIO2 and 3, which the board pulls up; the picture says so", () => {
    expect(resistors([highRelay(2)])).toEqual([]);
    expect(texts([highRelay(2)]).join("\n")).toContain("relay-2: GPIO2 (3) is pulled up on the board");
  });
});

describe("supply and ground", () => {
  it("come from the position next to the part", () => {
    expect(positions([device("door", "contact", { pin: 5 })], "GND")).toEqual([30]);
    expect(positions([device("door", "contact", { pin: 26 })], "GND")).toEqual([39]);
    expect(positions([device("climate", "dht", { pin: 24 })], "3V3")).toEqual([17]);
  });

  it("come from a position for each part as long as there are free ones", () => {
    const contacts = [2, 3, 4, 14, 15, 17, 18, 27].map((pin) => device(`contact-${pin}`, "contact", { pin }));
    expect(positions(contacts, "GND").sort((a, b) => a - b)).toEqual([6, 9, 14, 20, 25, 30, 34, 39]);
  });

  it("are shared when there are no more", () => {
    const sensors = [4, 17, 22].map((pin) => device(`climate-${pin}`, "dht", { pin }));
    expect(new Set(positions(sensors, "3V3"))).toEqual(new Set([1, 17]));
    expect(positions(sensors, "3V3")).toHaveLength(3);
  });
});

it("wires a contact that is pulled down to 3V3, any other to ground", () => {
  const contact = (pull: string) => connections([device("door", "contact", { pin: 24, pull })])?.at(-1);
  expect([contact("down"), contact("up")]).toEqual(["3V3 (17) to other end of door", "GND (20) to other end of door"]);
});

describe("relays", () => {
  it("of one polarity sit on one board, with an input each and one supply", () => {
    expect(connections([lowRelay(5), lowRelay(6), highRelay(17)])).toEqual([
      "5V (4) to VCC of relay board",
      "GPIO17 (11) to IN of relay board, relay-17",
      "GND (14) to GND of relay board",
      "5V (2) to VCC of relay board",
      "GPIO5 (29) to IN1 of relay board, relay-5",
      "GPIO6 (31) to IN2 of relay board, relay-6",
      "GND (30) to GND of relay board",
    ]);
  });

  it("of a device with several pins are told apart", () => {
    const written = connections([device("blind", blind, { up_pin: 17, down_pin: 27, end_pin: 22 })])?.join("\n");
    expect(written).toContain("GPIO17 (11) to IN1 of relay board, blind up");
    expect(written).toContain("GPIO22 (15) to one end of blind end");
  });

  it("stand beside the contacts of the same device, each drawn as what it is", () => {
    const devices = houses["a cover with end stops and buttons"] ?? [];
    const written = connections(devices)?.join("\n");
    expect(written).toContain("GPIO27 (13) to IN2 of relay board, awning close");
    expect(written).toContain("GPIO5 (29) to one end of awning open_endstop");
    expect(
      texts(devices)
        .filter((text) => ["end stop", "push button"].includes(text))
        .sort(),
    ).toEqual(["end stop", "end stop", "push button", "push button"]);
  });
});
