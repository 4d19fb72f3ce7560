import { describe, expect, it } from "vitest";
import { isInOrder, wanted } from "../../scripts/bench/load/order.ts";

const bits = (text: string) => [...text].map((bit) => bit === "1");

describe("states in the order of the commands", () => {
  it.each([
    ["all were said", "1101", "1101"],
    ["some were replaced", "11", "11011"],
    ["only the last was said", "1", "0001"],
    ["none was said", "", "01"],
  ])("%s", (_case, states, commands) => expect(isInOrder(bits(states), bits(commands))).toBe(true));

  it.each([
    ["two changed places", "011", "110"],
    ["one was said twice", "11", "10"],
    ["one was never wanted", "0", "11"],
  ])("not where %s", (_case, states, commands) => expect(isInOrder(bits(states), bits(commands))).toBe(false));
});

describe("the commands to a device", () => {
  const commands = (device: number) => Array.from({ length: 200 }, (_one, index) => wanted(device, index));

  it.each([0, 1, 2, 50, 99])(
    "have no order that could be mistaken: any two that change places are noticed, device %i",
    (device) => {
      const right = commands(device);
      for (let index = 0; index + 1 < right.length; index += 1) {
        const [one, next] = [right[index] === true, right[index + 1] === true];
        if (one !== next) expect(isInOrder(right.with(index, next).with(index + 1, one), right)).toBe(false);
      }
    },
  );

  it.each([0, 1, 2, 50, 99])("switch about as often as a coin, device %i", (device) => {
    const switches = commands(device).filter((one, index, all) => index > 0 && one !== all[index - 1]);
    expect(switches.length).toBeGreaterThan(60);
    expect(switches.length).toBeLessThan(140);
  });
});
