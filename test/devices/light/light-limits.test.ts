import { describe, expect, it } from "vitest";
import { Lamp } from "./lamp.ts";

describe("the limits of a light", () => {
  it("let a transition begin when it may go on, and not before", async () => {
    const lamp = await Lamp.started("dimmer", ", min_off: 10s");
    lamp.send({ state: "ON", brightness: 204, transition: 4 });
    await lamp.pass(7_999);
    expect([lamp.powers, lamp.said.state]).toEqual([[0], "OFF"]);
    await lamp.pass(2_001);
    expect(lamp.powers[0]).toBeCloseTo(0.4, 1);
    await lamp.pass(2_000);
    expect([lamp.powers, lamp.said.brightness]).toEqual([[0.8], 204]);
  });

  it("keep a light steady that has to stay on for a while, whatever it did before", async () => {
    const lamp = await Lamp.started("dimmer", ", min_on: 10s");
    lamp.send({ brightness: 204, effect: "candle" });
    await lamp.pass(1_234);
    lamp.send("off");
    const before = lamp.history.length;
    await lamp.pass(8_700);
    expect([lamp.levels, lamp.said, lamp.history.length]).toEqual([
      [204],
      { state: "ON", brightness: 204, effect: "none" },
      before,
    ]);
    await lamp.pass(100);
    expect([lamp.levels, lamp.said.state]).toEqual([[0], "OFF"]);
  });

  it("keep a flash from ending too early: it is light in the end, not dark", async () => {
    const lamp = await Lamp.started("rgb", ", min_on: 10s");
    lamp.send({ flash: 1 });
    await lamp.pass(1_000);
    expect([lamp.levels, lamp.said.state]).toEqual([[255, 255, 255], "ON"]);
    await lamp.pass(9_000);
    expect([lamp.levels, lamp.said.state]).toEqual([[0, 0, 0], "OFF"]);
  });

  it("end a transition and an effect, and nothing moves after that", async () => {
    for (const command of [{ brightness: 255, transition: 60 }, { effect: "pulse" }]) {
      const lamp = await Lamp.started("cct", ", max_on: 5s");
      lamp.send(command);
      await lamp.pass(5_000);
      const before = lamp.history.length;
      await lamp.pass(60_000);
      expect([lamp.powers, lamp.said.state, lamp.history.length]).toEqual([[0, 0], "OFF", before]);
    }
  });

  it("count a flash as one time on, and let it be light and dark for half a second each", async () => {
    const lamp = await Lamp.started("dimmer", ", max_on: 5s, min_off: 1s, min_on: 1s");
    lamp.send({ state: "ON", flash: 10 });
    const seen = [];
    for (let half = 0; half < 12; half += 1) {
      seen.push(`${lamp.levels} ${lamp.said.state}`);
      await lamp.pass(500);
    }
    const blinks = Array.from({ length: 5 }, () => ["255 ON", "0 ON"]).flat();
    expect(seen).toEqual([...blinks, "0 OFF", "0 OFF"]);
  });

  it("are told to whoever sends a command that has to wait", async () => {
    const lamp = await Lamp.started("rgb", ", min_off: 1m");
    lamp.send({ color: { r: 255, g: 0, b: 0 }, id: "7" });
    const [answer = ""] = lamp.bus.on("lamp/result");
    expect(JSON.parse(answer)).toMatchObject({ id: "7", accepted: true, waits_for: "min_off", wait: 58 });
  });
});

describe("a transition and a flash in one command", () => {
  it("come one after the other", async () => {
    const lamp = await Lamp.started("dimmer");
    lamp.send("51");
    lamp.send({ brightness: 255, flash: 1, transition: 2 });
    await lamp.pass(1_000);
    await lamp.pass(1_000);
    expect(lamp.powers[0]).toBeCloseTo(0.5, 1);
    await lamp.pass(1_000);
    expect(lamp.powers).toEqual([1]);
  });
});
