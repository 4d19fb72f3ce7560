import { describe, expect, it } from "vitest";
import { Home } from "./cover-home.ts";

describe("where a cover is", () => {
  it("outlives a stop, at rest and on the way", async () => {
    const home = await Home.closed();
    home.send("OPEN");
    await home.pass(9_000);
    await home.restart();
    expect([home.shutter.moves, home.said]).toEqual([undefined, { state: "open", position: 45 }]);
    await home.restart();
    expect(home.said).toEqual({ state: "open", position: 45 });
  });

  it("outlives a kill at rest", async () => {
    const home = await Home.closed();
    home.send("45", "shade/position/set");
    await home.pass(20_000);
    await home.kill(5_000);
    expect(home.said).toEqual({ state: "open", position: 45 });
  });

  it("is not known after a kill on the way, until it has been at an end", async () => {
    const home = await Home.closed();
    home.send("OPEN");
    await home.pass(9_000);
    await home.kill(3_000);
    expect([home.shutter.moves, home.said]).toEqual([undefined, { state: null, position: null }]);
    expect(home.bus.retained.has("shade/position")).toBe(false);
    await home.pass(1_000);
    home.send("OPEN");
    await home.pass(10_000);
    home.send("STOP");
    // It has come up by 50 at least: that it is open is sure, and no more.
    expect(home.said).toEqual({ state: "open", position: null });
    home.send("CLOSE");
    await home.pass(9_000);
    expect(home.said.position).toBeNull();
    await home.pass(20_000);
    expect(home.said).toEqual({ state: "closed", position: 0 });
  });

  it("is written twice for each move, and never on the way", async () => {
    const home = await Home.closed();
    const before = home.stateFile.writes;
    home.send("OPEN");
    await home.pass(10_000);
    expect(home.stateFile.writes).toBe(before + 1);
    await home.pass(60_000);
    expect(home.stateFile.writes).toBe(before + 2);
  });

  it("begins anew where what was kept is not a place", async () => {
    const home = await Home.closed();
    const { version, checksum: _checksum } = JSON.parse(home.stateFile.current ?? "{}");
    expect(version).toBe(1);
    await home.restart();
    home.stateFile.current = home.stateFile.current?.replace("[0,0]", "[0,500]");
    home.stateFile.previous = undefined;
    await home.kill();
    expect(home.said).toEqual({ state: null, position: null });
  });
});
