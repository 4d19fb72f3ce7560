import { describe, expect, it } from "vitest";
import type { DeviceSettings } from "../../src/core/device-settings.ts";
import { wiringPicture } from "../../src/wiring/picture/picture.ts";
import { blind, device, dimmer, office } from "./devices.ts";
import { type Area, all, areaOf, type Element, parseXml, piecesOf, touch } from "./drawn.ts";

const interfaces = [
  { name: "I2C", pins: [2, 3] },
  { name: "UART", pins: [14, 15] },
];

const draw = (devices: readonly DeviceSettings[]) => parseXml(wiringPicture(devices, interfaces, "office-pi"));
const texts = (devices: readonly DeviceSettings[]) => all(draw(devices), "text").map(({ text }) => text);
const wiresOf = (picture: Element) =>
  all(picture, "path").filter(({ attributes }) => attributes["stroke-width"] === "2.5");
const connections = (devices: readonly DeviceSettings[]) =>
  all(draw(devices), "desc")[0]?.text.replace(/\.$/, "").split("; ");
const resistors = (devices: readonly DeviceSettings[]) =>
  all(draw(devices), "g").filter(({ attributes }) => attributes["class"] === "resistor");

/** Which header positions of a supply are in use. */
const positions = (devices: readonly DeviceSettings[], supply: string) =>
  texts(devices).flatMap((text) => (text.startsWith(`${supply} (`) ? [Number(/\d+(?=\))/.exec(text)?.[0])] : []));

const lowRelay = (pin: number) => device(`relay-${pin}`, "relay", { pin, active_low: true });
const highRelay = (pin: number) => device(`relay-${pin}`, "relay", { pin });
const houses: Record<string, readonly DeviceSettings[]> = {
  office,
  "nothing at all": [],
  "eight relays, four contacts and two sensors": [
    ...[17, 27, 22, 5, 6, 13, 19, 26].map(lowRelay),
    ...[18, 23, 24, 25].map((pin, index) =>
      device(`contact-${pin}`, "contact", { pin, pull: ["up", "none", "down", "up"][index] }),
    ),
    device("climate-in", "dht", { pin: 4 }),
    device("climate-out", "dht", { pin: 16, model: "DHT11" }),
  ],
  "sensors above and below the 3V3 that they share": [23, 24, 25].map((pin) =>
    device(`climate-${pin}`, "dht", { pin }),
  ),
  "every pin": Array.from({ length: 26 }, (_, index) => index + 2).map((pin) =>
    device(`a-device-whose-id-is-long-${pin}`, ["relay", "contact", "dht"][pin % 3] ?? "", { pin }),
  ),
  "a cover with end stops and buttons": [
    device("awning", "cover", {
      open_pin: 17,
      close_pin: 27,
      open_time: "25s",
      open_endstop_pin: 5,
      close_endstop_pin: 6,
      open_button_pin: 16,
      button_pin: 26,
      device_class: "awning",
    }),
  ],
  "lights of each form": [
    device("strip", "light", { red_pin: 12, green_pin: 13, blue_pin: 18, white_pin: 19 }),
    device("desk", "light", {
      cold_white_pin: 4,
      warm_white_pin: 6,
      cold_white_color_temperature: 6500,
      warm_white_color_temperature: 2700,
    }),
    device("shelf", "light", { pin: 20 }),
    device("hall", "light", { output_pin: 21 }),
  ],
  "kinds of one's own": [
    device("blind", blind, { up_pin: 17, down_pin: 27, end_pin: 22 }),
    device("dimmer", dimmer, { pin: 18 }),
  ],
};

describe.each(Object.entries(houses))("the picture of %s", (_, devices) => {
  const picture = draw(devices);
  const wires = wiresOf(picture);

  it("is one SVG that needs no other file and no script", () => {
    expect(picture.name).toBe("svg");
    const names = new Set(["svg", "g", "rect", "circle", "path", "text", "title", "desc"]);
    for (const name of ["script", "style", "image", "use", "a", "link"]) expect(all(picture, name)).toEqual([]);
    for (const child of picture.children) expect(names).toContain(child.name);
  });

  it("names every device", () => {
    const written = [...all(picture, "text"), ...all(picture, "desc")].map(({ text }) => text).join("\n");
    for (const { id } of devices) expect(written).toContain(id);
  });

  it("has no wire on a text, and no text on another", () => {
    const written = all(picture, "text").map((text) => ({ ...areaOf(text), text: text.text }));
    const pieces = wires.flatMap(piecesOf);
    const hidden = written.filter((area) => pieces.some((piece) => touch(area, piece, 1)));
    const mingled = written.filter((area) => written.some((other) => other !== area && touch(area, other, 0)));
    expect([hidden, mingled]).toEqual([[], []]);
  });

  it("has no wire on another", () => {
    const isUpright = (area: Area) => area.left === area.right;
    const pieces = wires.flatMap((wire) => piecesOf(wire).map((piece) => ({ piece, wire })));
    const stacked = pieces.filter(({ piece, wire }) =>
      pieces.some(
        (other) => other.wire !== wire && isUpright(other.piece) === isUpright(piece) && touch(other.piece, piece, 2.5),
      ),
    );
    expect(stacked).toEqual([]);
  });

  it("has a dot wherever more than two ends of a wire meet", () => {
    const dots = all(picture, "circle").filter(({ attributes }) => attributes["stroke"] === "none");
    // All ends meet at one vertical, the topmost and the lowest at its corners.
    const ends = wires.map((wire) => new Set(piecesOf(wire).flatMap((p) => (p.left < p.right ? [p.top] : []))).size);
    expect(dots).toHaveLength(ends.reduce((sum, count) => sum + count - 2, 0));
  });

  it("keeps everything inside its frame", () => {
    const [, , width, height] = (picture.attributes["viewBox"] ?? "").split(" ").map(Number) as [
      number,
      number,
      number,
      number,
    ];
    for (const { left, right, bottom } of all(picture, "text").map(areaOf)) {
      expect(left).toBeGreaterThan(0);
      expect(right).toBeLessThan(width);
      expect(bottom).toBeLessThan(height - 10);
    }
  });
});

it("connects the README's house as its table says", () => {
  expect(connections(office)).toEqual([
    "3V3 (1) to VCC of office-climate",
    "GPIO4 (7) to DATA of office-climate",
    "GND (6) to GND of office-climate",
    "5V (4) to VCC of relay board",
    "GPIO17 (11) to IN of relay board, office-lamp",
    "GND (14) to GND of relay board",
    "GPIO5 (29) to one end of office-door",
    "GND (30) to other end of office-door",
  ]);
});

it("connects each color of a light, keeps it dark while the Pi boots, and puts one that is only switched on a relay board", () => {
  expect(connections(houses["lights of each form"] ?? [])).toEqual([
    "GPIO4 (7) to COLD WHITE of desk",
    "GPIO6 (31) to WARM WHITE of desk",
    "GND (20) to GND of desk",
    "GPIO18 (12) to BLUE of strip",
    "GPIO12 (32) to RED of strip",
    "GPIO13 (33) to GREEN of strip",
    "GPIO19 (35) to WHITE of strip",
    "GND (30) to GND of strip",
    "GPIO20 (38) to IN of shelf",
    "GND (39) to GND of shelf",
    "5V (4) to VCC of relay board",
    "GPIO21 (40) to IN of relay board, hall",
    "GND (34) to GND of relay board",
  ]);
  // GPIO4 and GPIO6 are pulled up while the Pi boots.
  expect(resistors(houses["lights of each form"] ?? [])).toHaveLength(2);
});

it("looks as it did when somebody last looked at it", async () => {
  await expect(wiringPicture(office, interfaces, "office-pi")).toMatchFileSnapshot("office.svg");
});

it("says which devices have no pin", () => {
  expect(texts(office)).toContain("Without a pin: pi (cpu_temperature)");
  expect(texts([])).toContain("Nothing is wired to the header.");
});

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

it("gives each signal a look of its own", () => {
  const wires = wiresOf(draw(houses["every pin"] ?? []));
  const looks = wires.map(({ attributes }) => `${attributes["stroke"]} ${attributes["stroke-dasharray"]}`);
  const supplies = ["#e5484d undefined", "#a30d1b undefined", "#1f2328 undefined"];
  const signals = looks.filter((look) => !supplies.includes(look));
  expect(signals).toHaveLength(26);
  expect(new Set(signals).size).toBe(26);
});

it("shows what is special in XML as text", () => {
  const odd = device(`a<b & "c"`, "contact", { pin: 5 });
  expect(texts([odd])).toContain(`a<b & "c"`);
});

it("names the pins of an interface", () => {
  expect(texts([]).filter((text) => text === "I2C")).toHaveLength(2);
});

it("says which pin is not on the header", () => {
  expect(texts([device("far", "relay", { pin: 45 })])).toContain("far: GPIO45 is not on the header.");
});
