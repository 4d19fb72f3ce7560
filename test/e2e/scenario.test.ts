import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { startAedes } from "./brokers.ts";
import { folderWith, startProgram } from "./process.ts";

const example = fileURLToPath(new URL("../../examples/scenario.yaml", import.meta.url));
const exampleDevices = fileURLToPath(new URL("../../devices.yaml", import.meta.url));
const lamp = "devices:\n  lamp: {kind: relay, topic: home/lamp, pin: 17}\n";

/** Runs the lamp through a scenario, given as text, to the program's end. */
function runLamp(scenario: string, words: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const cwd = folderWith({ "devices.yaml": lamp, "scenario.yaml": scenario });
  return startProgram(["run", "--scenario", "scenario.yaml", ...words], { cwd, environment }).ended;
}

describe("pi2mqtt run --scenario", () => {
  it("goes through the example without a broker, and ends with 0", async () => {
    const words = ["run", "--config", exampleDevices, "--scenario", example, "--virtual"];
    const { exitCode, stderr, stdout } = await startProgram(words).ended;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("the scenario is over");
  });

  it.each(["house", "sensors"])(
    "lives through what happens in the example %s",
    async (house) => {
      const [devices, day] = [`${house}.yaml`, `${house}-scenario.yaml`].map((name) =>
        fileURLToPath(new URL(`../../examples/${name}`, import.meta.url)),
      );
      const words = ["run", "--config", devices ?? "", "--scenario", day ?? "", "--virtual"];
      const { exitCode, stderr, stdout } = await startProgram(words).ended;
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      expect(stdout).toContain("the scenario is over");
    },
    120_000,
  );

  it("ends with 1 and a sentence when an expectation is not met", async () => {
    const { exitCode, stderr } = await runLamp("steps:\n  - at: 1h\n    expect: {lamp: ON}\n", ["--virtual"]);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: "scenario.yaml:3:14  at 1h: lamp should be ON, but is OFF\n",
    });
  });

  it("ends with 78 when the file is wrong", async () => {
    const { exitCode, stderr } = await runLamp("steps:\n  - at: 1s\n    expect: {lamb: ON}\n", ["--virtual"]);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 78,
      stderr: 'scenario.yaml:3:14  steps.0.expect.lamb: there is no device "lamb"; did you mean "lamp"?\n',
    });
  });

  it("stops at the time that the file names, having published to the broker", async () => {
    const broker = await startAedes();
    const scenario = "steps:\n  - at: 1m\n    command: {lamp: on}\n    expect: {lamp: ON}\nuntil: 2m\n";
    const { exitCode, stdout } = await runLamp(scenario, ["--speed", "120"], {
      MQTT_URL: `mqtt://127.0.0.1:${broker.port}`,
    });
    await broker.stop();
    expect(exitCode).toBe(0);
    expect(stdout).toContain("connected to the broker");
    expect(stdout).toContain("pi2mqtt stopped");
  });

  it("begins once the broker has let the agent in, however fast the time then runs", async () => {
    const broker = await startAedes();
    const environment = { MQTT_URL: `mqtt://127.0.0.1:${broker.port}` };
    const words = ["run", "--config", exampleDevices, "--scenario", example, "--speed", "60"];
    const { exitCode, stderr } = await startProgram(words, { environment }).ended;
    await broker.stop();
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  });

  it("asks for a scenario where only its options are given", async () => {
    const cwd = folderWith({ "devices.yaml": lamp });
    const { exitCode, stderr } = await startProgram(["run", "--virtual"], { cwd }).ended;
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "--virtual needs a scenario; add --scenario FILE\n" });
  });
});
