import { describe, expect, it } from "vitest";
import { checkConfig } from "../../../src/config/check.ts";
import { simulated } from "../../../src/gpio/simulated.ts";
import { kinds } from "../../fakes/kinds.ts";
import { Home, yaml } from "./cover-home.ts";

function problems(more: string): readonly string[] {
  const known = { kinds, backends: [simulated], environment: {}, hostname: "test" };
  return checkConfig("devices.yaml", new TextEncoder().encode(yaml(more)), known).problems.map((problem) =>
    String(problem).replace(/^\S+ +/, ""),
  );
}

describe("the options of a cover", () => {
  it.each([
    [", tilt_time: 2s", []],
    [", tilt_time: 9s", []],
    [
      ", tilt_time: 10s",
      ["devices.shade.tilt_time: must be shorter than close_time; write how long the slats alone turn"],
    ],
    [
      ", tilt_time: 20s",
      ["devices.shade.tilt_time: must be shorter than open_time; write how long the slats alone turn"],
    ],
    [
      ", tilt_time: 2s, close_endstop_pin: 6",
      [
        "devices.shade.close_endstop_pin: does not go with tilt_time, since slats still turn at the end; leave out one of the two",
      ],
    ],
    [
      ", overrun: 0ms, open_endstop_pin: 6",
      ["devices.shade.overrun: must be longer than 0ms with open_endstop_pin, which it may reach late"],
    ],
    [", overrun: 0ms", []],
    [", open_endstop_pin: 22", [expect.stringContaining("22")]],
    [", tilt_time: 50ms", [expect.stringContaining("is out of range; write a duration from 100ms to 1m")]],
    [", debounce: 2s", [expect.stringContaining("is out of range; write a duration from 0ms to 1s")]],
    [", calibrate_at_start: up", [expect.stringContaining('"up"')]],
    [", endstop_pull: high", [expect.stringContaining('"high"')]],
  ])("%s", (more, sentences) => {
    expect(problems(more)).toEqual(sentences);
  });
});

describe("calibrate_at_start", () => {
  it.each([
    ["close", 0],
    ["open", 100],
  ])("%s drives a cover to its end where nobody knows its position, and only there", async (end, position) => {
    const home = await Home.started(yaml(`, calibrate_at_start: ${end}`));
    await home.pass(60_000);
    expect([home.shutter.moves, home.said.position, home.shutter.position]).toEqual([undefined, position, position]);
    expect(home.causes).toEqual(["calibrate_at_start", "arrived"]);
    const before = [home.shutter.bank.history(22).length, home.shutter.bank.history(23).length];
    await home.kill();
    await home.pass(60_000);
    expect([home.shutter.bank.history(22).length, home.shutter.bank.history(23).length]).toEqual(before);
  });

  it("drives it again after a kill on the way", async () => {
    const home = await Home.closed(", calibrate_at_start: open");
    home.send("OPEN");
    await home.pass(5_000);
    await home.kill(100);
    expect([home.shutter.moves, home.said.position]).toEqual([undefined, null]);
    await home.pass(60_000);
    expect(home.said).toEqual({ state: "open", position: 100 });
  });

  it("is not there unless it is asked for", async () => {
    const home = await Home.started();
    await home.pass(10 * 60_000);
    expect([home.shutter.bank.history(22), home.shutter.bank.history(23)]).toEqual([[0], [0]]);
  });

  it("can be stopped, and moves nothing while its end stops say what cannot be", async () => {
    const home = await Home.started(yaml(", calibrate_at_start: close"));
    await home.pass(3_000);
    home.send("STOP");
    await home.pass(60_000);
    expect(home.shutter.position).toBe(45);

    const faulty = new Home(yaml(", calibrate_at_start: close, open_endstop_pin: 5, close_endstop_pin: 6"));
    for (const pin of [5, 6]) faulty.shutter.bank.drive(pin, 0);
    await faulty.start();
    await faulty.pass(60_000);
    expect(faulty.said).toEqual({ state: null, position: null, problem: "both_endstops" });
    expect(faulty.shutter.bank.history(23)).toEqual([0]);
  });
});

describe("the interlock group of a cover", () => {
  const together = `${yaml(", interlock: motors, button_pin: 16")}  pump: {kind: relay, topic: pump, pin: 17, interlock: motors}\n`;

  it("stops it for the other device, after which it does not go on by itself", async () => {
    const home = await Home.started(together);
    await home.pass(2_000);
    home.send("OPEN");
    await home.pass(3_000);
    home.bus.receive("pump/set", "on");
    await home.pass(60_000);
    expect([home.shutter.moves, home.said.state]).toEqual([undefined, "open"]);
    expect(home.shutter.bank.history(22)).toEqual([0, 1, 0]);
    expect(home.bus.retained.get("pump/state")).toBe("ON");
  });

  it("does not let it move while nobody knows what the other device does, and the log says so at a press of a button", async () => {
    const home = new Home(together);
    const { bank } = home.shutter;
    const { output } = bank;
    bank.output = async (pin, request) => {
      if (pin === 17) throw new Error("there is no such pin");
      return output(pin, request);
    };
    await home.start();
    await home.pass(2_000);
    home.send("OPEN");
    await home.press(16);
    await home.pass(60_000);
    expect([home.shutter.bank.history(22), home.bus.retained.get("shade/availability")]).toEqual([[0], "online"]);
    expect(home.house.log.at("warn").map(({ message }) => message)).toEqual(
      expect.arrayContaining(["refused a command", "a button moves nothing"]),
    );
  });
});
