import { describe, expect, it } from "vitest";
import { usualRun } from "../../src/cli/command-line.ts";

const words = (line: string) => line.split(" ");

describe("the usual command line of an agent", () => {
  it.each([
    ["run", {}],
    ["run --config devices.yaml", { config: "devices.yaml" }],
    [
      "run --simulate --debug --config /etc/pi2mqtt/devices.yaml",
      { simulate: true, debug: true, config: "/etc/pi2mqtt/devices.yaml" },
    ],
  ])("%s is read without the package for command lines", (line, options) => {
    expect(usualRun(words(line))).toEqual(options);
  });

  it.each([
    "check",
    "run --help",
    "run --config",
    "run --config --simulate",
    "run --config one.yaml --config two.yaml",
    "run devices.yaml",
    "run --config=devices.yaml",
    "run -c devices.yaml",
    "run --scenario evening.yaml",
    "--simulate run",
    "",
  ])("%s is left to that package", (line) => {
    expect(usualRun(words(line))).toBeUndefined();
  });
});
