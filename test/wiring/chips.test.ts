import { describe, expect, it } from "vitest";
import { wiringPicture } from "../../src/wiring/picture/picture.ts";
import { seenLines } from "../../src/wiring/pins/seen-lines.ts";
import { headerDrawing } from "../../src/wiring/terminal/header-drawing.ts";
import { FakeTree } from "../fakes/tree.ts";
import { device } from "./devices.ts";

const chips = [
  { name: "relays", label: "mcp23017", address: 0x20 },
  { name: "inputs", label: "pca9555", address: 0x21 },
];
const devices = [
  device("garage", "relay", { pin: "relays/3" }),
  device("shed", "relay", { pin: "relays/15" }),
  device("door", "contact", { pin: "inputs/4" }),
];
const nothing = { source: undefined, lines: new Map() };

describe("the drawing on the terminal", () => {
  it("lists the lines of chips, and what makes each chip", () => {
    const drawing = headerDrawing(devices, [], nothing, false, chips);
    expect(drawing).toContain(" garage                relay    relays/3     low    off at the start\n");
    expect(drawing).toContain(" relays: mcp23017 at 0x20, by dtoverlay=mcp23017,noints,addr=0x20\n");
    expect(drawing).toContain(" inputs: pca9555 at 0x21, by dtoverlay=pca953x,pca9555,addr=0x21\n");
  });

  it("fits into 80 columns, and keeps the line's number", () => {
    const name = "the-relays-of-outsid";
    const long = [{ name, label: "pcal9555a", address: 0x27 }];
    const drawing = headerDrawing([device("lamp", "relay", { pin: `${name}/15` })], [], nothing, false, long);
    for (const line of drawing.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(drawing).toContain("…/15");
  });

  it("shows live levels of chips, found as the backend finds them", async () => {
    const files = new FakeTree({
      "/sys/kernel/debug/gpio": `gpiochip0: GPIOs 512-569, parent: platform/fe200000.gpio, pinctrl-bcm2711:
 gpio-515 (GPIO3               |pi2mqtt             ) out lo 

gpiochip1: GPIOs 570-585, parent: i2c/1-0020, mcp23017, can sleep:
 gpio-573 (                    |pi2mqtt             ) out hi 

gpiochip2: GPIOs 586-601, parent: i2c/1-0021, 1-0021, can sleep:
 gpio-590 (                    |pi2mqtt             ) in  lo 
`,
      "/sys/bus/i2c/devices/1-0020/gpiochip1/dev": "",
      "/sys/bus/i2c/devices/1-0020/name": "mcp23017\n",
      "/sys/bus/i2c/devices/1-0021/gpiochip2/dev": "",
      "/sys/bus/i2c/devices/1-0021/name": "pca9555\n",
    });
    const seen = await seenLines(files, undefined, chips);
    expect(Object.fromEntries(seen.lines)).toMatchObject({
      3: { level: 0 },
      "relays/3": { level: 1 },
      "inputs/4": { level: 0 },
    });
    expect(headerDrawing(devices, [], seen, false, chips)).toContain("relays/3     high*  on\n");
  });
});

describe("the picture of the wiring", () => {
  const picture = wiringPicture(devices, [], "test", chips);

  it("draws each chip with its bus, and says which device is on which line", () => {
    expect(picture).toContain("GPIO2 (3) to SDA of relays");
    expect(picture).toContain("GPIO3 (5) to SCL of inputs");
    expect(picture).toContain("relays (mcp23017 at 0x20), lines: 3 garage, 15 shed.");
    expect(picture).not.toContain("is not on the header");
  });

  it("draws a chip on SPI, and none that is not known by its label", () => {
    const others = [
      { name: "spi", label: "mcp23s17" },
      { name: "own", label: "my-own" },
    ];
    const drawn = wiringPicture([device("a", "relay", { pin: "own/1" })], [], "test", others);
    expect(drawn).toContain("GPIO8 (24) to CS of spi");
    expect(drawn).not.toContain("of own");
    expect(drawn).toContain("own (my-own), lines: 1 a.");
  });
});
