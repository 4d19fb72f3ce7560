import { describe, expect, it } from "vitest";
import { deadTimeMs, Home, overrunMs, yaml } from "./cover-home.ts";

const slats = ", tilt_time: 2s";
const times = { open: 20_000, close: 10_000, tilt: 2_000 };
const closed = () => Home.closed(slats, { times });

describe("a venetian blind", () => {
  it("does not know its slats at first, and turns them before it moves", async () => {
    const home = await Home.started(yaml(slats), { times, position: 0, tilt: 0 });
    expect(home.said).toEqual({ state: null, position: null, tilt: null });
    expect(home.bus.retained.has("shade/tilt")).toBe(false);
    await home.pass(1_000);
    home.send("CLOSE");
    await home.pass(12_000 + overrunMs - 1);
    expect(home.shutter.moves).toBe("close");
    await home.pass(1);
    expect(home.said).toEqual({ state: "closed", position: 0, tilt: 0 });
    expect(home.bus.retained.get("shade/tilt")).toBe("0");
    await home.pass(deadTimeMs);
    home.send("OPEN");
    await home.pass(1_000);
    expect(home.said).toEqual({ state: "opening", position: 0, tilt: 50 });
    await home.pass(3_000);
    expect(home.said).toEqual({ state: "opening", position: 10, tilt: 100 });
    await home.pass(20_000);
    expect([home.shutter.moves, home.said]).toEqual([undefined, { state: "open", position: 100, tilt: 100 }]);
  });

  it.each([
    ["tilt/set", "50", 0, 50],
    ["set", '{"tilt":30}', 0, 30],
    ["set", '{"position":40}', 40, 0],
    ["set", '{"position":40,"tilt":70}', 40, 70],
    ["set", '{"position":40,"tilt":"100"}', 40, 100],
    ["set", '{"state":"OPEN","tilt":20}', 100, 20],
    ["set", '{"state":"close","tilt":100}', 0, 100],
    ["position/set", "100", 100, 100],
  ])("takes on %s %s, and is at %i with its slats at %i then", async (topic, payload, position, tilt) => {
    const home = await closed();
    home.send(payload, `shade/${topic}`);
    await home.pass(60_000);
    expect(home.shutter.position).toBeCloseTo(position, 6);
    expect(home.shutter.tilt).toBeCloseTo(tilt, 6);
    expect(home.said).toEqual({ state: position === 0 ? "closed" : "open", position, tilt });
  });

  it("keeps its tilt over a move to a position, in both directions, and not over one to an end", async () => {
    const home = await closed();
    home.send('{"position":60,"tilt":40}');
    await home.pass(60_000);
    for (const position of [80, 20]) {
      home.send(String(position), "shade/position/set");
      await home.pass(60_000);
      expect(home.said).toEqual({ state: "open", position, tilt: 40 });
      expect(home.shutter.tilt).toBeCloseTo(40, 6);
    }
    home.send("CLOSE");
    await home.pass(60_000);
    expect(home.said).toEqual({ state: "closed", position: 0, tilt: 0 });
  });

  it("turns its slats alone without a change of its position", async () => {
    const home = await closed();
    home.send('{"position":60,"tilt":40}');
    await home.pass(60_000);
    home.send("90", "shade/tilt/set");
    await home.pass(1_000);
    expect([home.shutter.moves, home.said]).toEqual([undefined, { state: "open", position: 60, tilt: 90 }]);
    expect(home.shutter.position).toBeCloseTo(60, 6);
  });

  it("goes on to its position where only its tilt is told on the way", async () => {
    const home = await closed();
    home.send("60", "shade/position/set");
    await home.pass(5_000);
    home.send("30", "shade/tilt/set");
    home.send("35", "shade/tilt/set");
    await home.pass(60_000);
    expect(home.said).toEqual({ state: "open", position: 60, tilt: 35 });
  });

  it("goes on with the tilt that it was to keep where it is wanted elsewhere on the way", async () => {
    const home = await closed();
    home.send('{"position":20,"tilt":40}');
    await home.pass(60_000);
    home.send("90", "shade/position/set");
    await home.pass(5_000);
    home.send("30", "shade/position/set");
    await home.pass(60_000);
    expect(home.said).toEqual({ state: "open", position: 30, tilt: 40 });
    expect(home.shutter.tilt).toBeCloseTo(40, 6);
  });

  it.each(["STOP", "stop"])("stops while it turns its slats, by %s on the topic of the tilt too", async (word) => {
    const home = await closed();
    home.send("100", "shade/tilt/set");
    await home.pass(500);
    home.send(word, "shade/tilt/set");
    await home.pass(60_000);
    expect(home.said).toEqual({ state: "closed", position: 0, tilt: 25 });
  });

  it("keeps its tilt over a restart, and does not know it after a kill on the way", async () => {
    const home = await closed();
    home.send('{"position":60,"tilt":40}');
    await home.pass(60_000);
    await home.restart();
    expect(home.said).toEqual({ state: "open", position: 60, tilt: 40 });
    await home.pass(1_000);
    home.send("90", "shade/tilt/set");
    await home.pass(200);
    await home.kill(100);
    expect(home.said).toEqual({ state: "open", position: null, tilt: null });
  });

  it("turns slats that it does not know to an end first", async () => {
    const home = await Home.started(yaml(slats), { times, position: 0, tilt: 60 });
    await home.pass(1_000);
    home.send("30", "shade/tilt/set");
    await home.pass(60_000);
    expect(home.said).toEqual({ state: null, position: null, tilt: 30 });
    expect(home.shutter.tilt).toBeCloseTo(30, 6);
  });

  const number = "tilt is a number from 0, which is closed, to 100, which is open";
  it.each([
    ["tilt/set", "101", number],
    ["tilt/set", "open", number],
    ["set", '{"tilt":null}', number],
    ["set", '{"state":"stop","tilt":5}', 'say "stop" without "tilt"'],
    ["set", '{"position":5,"tilt":"stop"}', number],
    ["set", '{"state":"open","position":5,"tilt":5}', 'say "state" or "position", not both'],
  ])("refuses on %s %s, and does not move", async (topic, payload, reason) => {
    const home = await closed();
    home.send(payload, `shade/${topic}`);
    expect(home.house.log.at("warn")).toMatchObject([{ message: "refused a command", reason }]);
    expect(home.shutter.moves).toBeUndefined();
  });
});
