import { describe, expect, it } from "vitest";
import { Lamp, type LampName } from "./lamp.ts";

/** A light that was on, after one more command. */
async function lampAfter(name: LampName, payload: string, options?: string) {
  const lamp = await Lamp.started(name, options);
  lamp.send("on");
  lamp.send(payload);
  return lamp;
}

describe("a light that is only switched", () => {
  it.each([
    ["on", "ON", 1],
    ["off", "OFF", 0],
    ["toggle", "OFF", 0],
    ['{"state":"OFF"}', "OFF", 0],
    ['{"POWER":"ON"}', "ON", 1],
  ])("takes %s and is %s", async (payload, state, level) => {
    const lamp = await lampAfter("plain", payload);
    expect([lamp.said, lamp.pins.level(17), lamp.refusal]).toEqual([{ state }, level, undefined]);
  });

  const onlySwitched = "this light is only switched; say on, off or toggle";
  it.each([
    ["128", onlySwitched],
    ["50%", onlySwitched],
    ["#ff8800", onlySwitched],
    ["[]", onlySwitched],
    ["{}", onlySwitched],
    [
      '{"state":"ON","brightness":128}',
      'there is no "brightness" for this light, which is only switched; say {"state":"ON"}',
    ],
    ['{"state":"ON","flash":2}', 'there is no "flash" for this light, which is only switched; say {"state":"ON"}'],
  ])("refuses %s", async (payload, refusal) => {
    const lamp = await lampAfter("plain", payload);
    expect([lamp.said, lamp.pins.level(17), lamp.refusal]).toEqual([{ state: "ON" }, 1, refusal]);
  });

  it("is off first, and when the agent stops; active-low where its owner says so", async () => {
    const lamp = await Lamp.started("plain", ", active_low: true");
    expect(lamp.pins.history(17)).toEqual([1]);
    lamp.send("on");
    await lamp.house.agent.stop();
    expect(lamp.pins.history(17)).toEqual([1, 0, 1]);
  });
});

describe("a light of red, green and blue", () => {
  it.each([
    ['{"color":{"r":255,"g":128,"b":0}}', [255, 128, 0], 255, { r: 255, g: 128, b: 0 }],
    ['{"color":{"r":255,"g":128,"b":0},"brightness":51}', [51, 26, 0], 51, { r: 255, g: 128, b: 0 }],
    ['{"Color":{"R":"10","G":20.4,"B":30}}', [10, 20, 30], 255, { r: 10, g: 20, b: 30 }],
    ["#ff8000", [255, 128, 0], 255, { r: 255, g: 128, b: 0 }],
    [" #0000FF\n", [0, 0, 255], 255, { r: 0, g: 0, b: 255 }],
    ['{"color":"#00ff00","brightness":"50%"}', [0, 128, 0], 128, { r: 0, g: 255, b: 0 }],
    ["51", [51, 51, 51], 51, { r: 255, g: 255, b: 255 }],
  ])("takes %s", async (payload, levels, brightness, color) => {
    const lamp = await lampAfter("rgb", payload);
    expect([lamp.levels, lamp.said, lamp.refusal]).toEqual([
      levels,
      { state: "ON", brightness, color_mode: "rgb", color },
      undefined,
    ]);
  });

  it("is white and off first, and keeps its color and brightness while it is off", async () => {
    const lamp = await Lamp.started("rgb");
    const white = { r: 255, g: 255, b: 255 };
    expect([lamp.levels, lamp.said]).toMatchObject([[0, 0, 0], { state: "OFF", brightness: 255, color: white }]);
    lamp.send({ color: { r: 200, g: 100, b: 0 }, brightness: 128 });
    lamp.send("off");
    const kept = { brightness: 128, color: { r: 200, g: 100, b: 0 } };
    expect([lamp.levels, lamp.said]).toMatchObject([[0, 0, 0], { state: "OFF", ...kept }]);
    lamp.send("on");
    expect([lamp.levels, lamp.said]).toMatchObject([[100, 50, 0], { state: "ON", ...kept }]);
    lamp.send({ state: "OFF", color: { r: 0, g: 0, b: 255 } });
    expect(lamp.levels).toEqual([0, 0, 0]);
    lamp.send("toggle");
    expect(lamp.levels).toEqual([0, 0, 128]);
  });

  const color = 'color is {"r":255,"g":136,"b":0}, each from 0 to 255, or a text such as #ff8800';
  const words =
    "say on, off or toggle, 1 or 0, true or false, or a brightness such as 128 or 50%, or a color such as #ff8800";
  it.each([
    ['{"color":{"r":255,"g":128}}', color],
    ['{"color":{"r":255,"g":128,"b":256}}', color],
    ['{"color":{"r":255,"g":128,"b":-1}}', color],
    ['{"color":{"r":255,"g":128,"b":"blue"}}', color],
    ['{"color":{"r":255,"g":128,"b":0,"w":0}}', color],
    ['{"color":{"h":30,"s":100}}', color],
    ['{"color":[255,128,0]}', color],
    ['{"color":"orange"}', color],
    ['{"color":null}', color],
    ["#ff88", color],
    ["#ff880000", color],
    ["orange", words],
    ['{"color":{"r":0,"g":0,"b":0}}', "a color of zeros is dark; say off"],
    ["#000000", "a color of zeros is dark; say off"],
    [
      '{"color_temp":3000}',
      'there is no "color_temp" in a command to a light; say {"state":"ON","brightness":128,"color":{"r":255,"g":136,"b":0}}',
    ],
  ])("refuses %s", async (payload, refusal) => {
    const lamp = await lampAfter("rgb", payload);
    expect([lamp.refusal, lamp.levels]).toEqual([refusal, [255, 255, 255]]);
  });
});

describe("a light of red, green, blue and white", () => {
  it("is white by its white LEDs alone at first", async () => {
    const lamp = await lampAfter("rgbw", "on");
    expect([lamp.levels, lamp.said]).toMatchObject([[0, 0, 0, 255], { color: { r: 0, g: 0, b: 0, w: 255 } }]);
  });

  it.each([
    ['{"color":{"r":255,"g":0,"b":51,"w":102}}', [255, 0, 51, 102]],
    ['{"color":{"r":255,"g":0,"b":51}}', [255, 0, 51, 0]],
    ["#ff003366", [255, 0, 51, 102]],
    ["#ff0033", [255, 0, 51, 0]],
  ])("takes %s", async (payload, levels) => {
    const lamp = await lampAfter("rgbw", payload);
    const [r, g, b, w] = levels;
    expect([lamp.levels, lamp.said]).toMatchObject([levels, { color_mode: "rgbw", color: { r, g, b, w } }]);
  });

  it("says how a color is written where it is not understood", async () => {
    const lamp = await lampAfter("rgbw", '{"color":"red"}');
    expect(lamp.refusal).toBe(
      'color is {"r":255,"g":136,"b":0,"w":0}, each from 0 to 255, or a text such as #ff8800, or #ff880000 with white',
    );
  });
});

// Cold white has 5000 K, which is 200 mireds, and warm white 2500 K, which is 400 mireds.
describe("a light of cold and warm white", () => {
  it.each([
    // [cold, warm]: the nearer one is full; the other one has its share of the mireds in between.
    ['{"color_temp":5000}', [255, 0], 5000],
    ['{"color_temp":2500}', [0, 255], 2500],
    // 300 mireds are in the middle.
    ['{"color_temp":"3333.3333"}', [255, 255], 3333],
    // 250 mireds are a quarter of the way: a quarter of warm to three quarters of cold.
    ['{"color_temp":4000}', [255, 85], 4000],
    ['{"color_temp":250}', [255, 85], 4000],
    ['{"color_temp":350}', [85, 255], 2857],
    ['{"color_temp":4000,"brightness":51}', [51, 17], 4000],
    // Beyond what it has, it is the nearest.
    ['{"color_temp":6500}', [255, 0], 5000],
    ['{"color_temp":153}', [255, 0], 5000],
    ['{"color_temp":1000}', [0, 255], 2500],
    ['{"color_temp":999}', [0, 255], 2500],
  ])("takes %s", async (payload, levels, kelvin) => {
    const lamp = await lampAfter("cct", payload);
    expect([lamp.levels, lamp.said, lamp.refusal]).toMatchObject([
      levels,
      { state: "ON", color_mode: "color_temp", color_temp: kelvin },
      undefined,
    ]);
    expect(lamp.said).not.toHaveProperty("color");
  });

  it("is warm first", async () => {
    expect((await lampAfter("cct", "on")).levels).toEqual([0, 255]);
  });

  it.each([
    '{"color_temp":20001}',
    '{"color_temp":49}',
    '{"color_temp":0}',
    '{"color_temp":"warm"}',
    '{"color_temp":null}',
  ])("refuses %s", async (payload) => {
    const lamp = await lampAfter("cct", payload);
    expect([lamp.refusal, lamp.levels]).toEqual([
      "color_temp is a number of kelvin from 1000 to 20000, or of mireds from 50 to 999",
      [0, 255],
    ]);
  });

  it("refuses a color", async () => {
    const lamp = await lampAfter("cct", '{"color":{"r":255,"g":0,"b":0}}');
    expect(lamp.refusal).toBe(
      'there is no "color" in a command to a light; say {"state":"ON","brightness":128,"color_temp":3000}',
    );
  });
});

describe("the power of a light", () => {
  it.each([
    // 0.5 ** 2 = 0.25, and 51 of 255 is a fifth, of which the square is 0.04.
    ["dimmer", ", gamma_correct: 2", '{"brightness":51}', [0.04]],
    ["dimmer", ", gamma_correct: 2", '{"brightness":255}', [1]],
    // 0.2 ** 2.8 = 0.01104, by logarithms: 2.8 * ln 0.2 = -4.5064.
    ["dimmer", ", gamma_correct: 2.8", '{"brightness":51}', [0.01104]],
    // The smallest part of the range is left out: 0.1 + 0.2 * (0.9 - 0.1).
    ["dimmer", ", min_power: 0.1, max_power: 0.9", '{"brightness":51}', [0.26]],
    ["dimmer", ", min_power: 0.1, max_power: 0.9", "on", [0.9]],
    ["dimmer", ", min_power: 0.1, max_power: 0.9", "off", [0]],
    // Each color by itself: the square of brightness times color; a color of 0 is dark.
    [
      "rgb",
      ", gamma_correct: 2",
      '{"brightness":127.5,"color":{"r":255,"g":51,"b":0}}',
      [(128 / 255) ** 2, (25.6 / 255) ** 2, 0],
    ],
    ["rgb", ", min_power: 0.1", '{"color":{"r":255,"g":51,"b":0}}', [1, 0.28, 0]],
    // Gamma is for the brightness; the mixture stays.
    ["cct", ", gamma_correct: 2", '{"brightness":51,"color_temp":250}', [0.04, 0.04 / 3]],
  ] as const)("of a %s%s is, after %s, %j", async (name, options, payload, powers) => {
    const lamp = await lampAfter(name, payload, options);
    expect(lamp.powers).toHaveLength(powers.length);
    for (const [index, power] of powers.entries()) expect(lamp.powers[index]).toBeCloseTo(power, 5);
  });
});
