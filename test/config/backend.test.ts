import { describe, expect, it } from "vitest";
import { checkConfig } from "../../src/config/check.ts";
import { backends } from "../../src/gpio/index.ts";
import { kinds } from "../fakes/kinds.ts";

function problems(yaml: string, backend?: string): readonly string[] {
  const known = { kinds, backends, backend, environment: {}, hostname: "test" };
  return checkConfig("devices.yaml", new TextEncoder().encode(yaml), known).problems;
}
const lamp = "devices:\n  lamp: {kind: relay, topic: lamp, pin: 17}\n";

describe("a backend", () => {
  it("that there is not is named with its place", () => {
    expect(problems(`gpio:\n  backend: gpoichip\n${lamp}`)).toEqual([
      expect.stringMatching(/^devices.yaml:2:12 {2}gpio.backend: "gpoichip" is none of .*; did you mean "gpiochip"\?$/),
    ]);
  });

  it("that there is not on the command line is named as what it is", () => {
    expect(problems(lamp, "gpoichip")).toEqual([
      expect.stringMatching(/^--backend: "gpoichip" is none of .*; did you mean "gpiochip"\?$/),
    ]);
  });

  it("that cannot serve a device is told at the device's pin", () => {
    expect(problems(`gpio: {backend: kernel-pwm}\n${lamp}`)).toEqual([
      expect.stringMatching(
        /^devices.yaml:3:41 {2}devices.lamp.pin: the backend kernel-pwm cannot serve pin 17 as output; choose auto or gpiochip, onoff, .* in gpio.backend$/,
      ),
    ]);
  });

  it("on the command line wins over the file", () => {
    expect(problems(`gpio: {backend: kernel-pwm}\n${lamp}`, "onoff")).toEqual([]);
    expect(problems(`gpio: {backend: onoff}\n${lamp}`, "kernel-pwm")).toHaveLength(1);
  });
});
