import { describe, expect, it } from "vitest";
import { device } from "./bad-files/bad-file.ts";
import { checked } from "./checked.ts";

const said = (pin: number | string, base?: number) => {
  const yaml = device(`kind: relay, topic: a, pin: ${pin}`);
  return checked(yaml, { sysfsBase: () => base })
    .problems.join("\n")
    .replace(/^.* header/, "");
};

describe("a pin that is written as /sys/class/gpio counts", () => {
  it.each([
    [529, 512, "; it is the number of GPIO17 in /sys/class/gpio, which counts from 512 on this machine; write 17"],
    [588, 571, "; it is the number of GPIO17 in /sys/class/gpio, which counts from 571 on this machine; write 17"],
    [417, 400, "; it is the number of GPIO17 in /sys/class/gpio, which counts from 400 on this machine; write 17"],
    [529, 571, "; it is the number of GPIO17 in /sys/class/gpio, which counts from 512 on most machines; write 17"],
    [529, 0, "; it is the number of GPIO17 in /sys/class/gpio, which counts from 512 on most machines; write 17"],
    [45, 0, ", which has GPIO 2 to 27; choose one of these, or add it to gpio.force_pins"],
    [417, 512, ", which has GPIO 2 to 27; choose one of these, or add it to gpio.force_pins"],
  ])("%i, with a base of %i", (pin, base, sentence) => {
    expect(said(pin, base)).toBe(sentence);
  });

  it("may be forced all the same", () => {
    const yaml = `gpio: {force_pins: [529]}\n${device("kind: relay, topic: a, pin: 529")}`;
    expect(checked(yaml, { sysfsBase: () => 512 }).problems).toEqual([]);
  });

  it("is looked up only where a pin is not on the header", () => {
    let asked = 0;
    const sysfsBase = () => {
      asked += 1;
      return 512;
    };
    checked(device("kind: relay, topic: a, pin: 17"), { sysfsBase });
    expect(asked).toBe(0);
  });
});
