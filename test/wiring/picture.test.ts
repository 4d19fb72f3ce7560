import { describe, expect, it } from "vitest";
import { wiringPicture } from "../../src/wiring/picture/picture.ts";
import { device, office } from "./devices.ts";
import { type Area, all, areaOf, piecesOf, touch } from "./drawn.ts";
import { connections, draw, houses, interfaces, resistors, texts, wiresOf } from "./pictures.ts";

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
