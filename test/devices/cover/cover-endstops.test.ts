import { describe, expect, it } from "vitest";
import { deadTimeMs, debounceMs, Home, overrunMs, yaml } from "./cover-home.ts";

const endstops = { open: 5, close: 6 } as const;
const both = ", open_endstop_pin: 5, close_endstop_pin: 6";
const start = (position: number, more = "") => Home.started(yaml(both + more), { endstops, position });

describe("a cover with end stops", () => {
  it.each([
    [0, { state: "closed", position: 0, problem: null }],
    [100, { state: "open", position: 100, problem: null }],
    [40, { state: "open", position: null, problem: null }],
  ])("that is at %i at the start knows what its end stops say", async (position, said) => {
    const home = await start(position);
    expect(home.said).toEqual(said);
    expect(home.shutter.bank.history(22)).toEqual([0]);
  });

  it("stops at its end stop at once, wherever it was thought to be, and says that an end stop stopped it", async () => {
    const home = await start(0);
    await home.pass(deadTimeMs);
    home.shutter.push(30);
    await home.pass(debounceMs);
    home.send("CLOSE");
    await home.pass(3_000 + debounceMs);
    expect([home.shutter.moves, home.said]).toEqual([undefined, { state: "closed", position: 0, problem: null }]);
    expect(home.shutter.longestAtEndMs).toBeLessThanOrEqual(debounceMs);
    expect(home.causes.at(-1)).toBe("endstop");
    await home.pass(60_000);
    expect(home.said.state).toBe("closed");
  });

  it("says that it is at an end only when its end stop says so", async () => {
    const home = await start(0);
    await home.pass(deadTimeMs);
    home.shutter.push(0);
    home.send("OPEN");
    await home.pass(19_500);
    // It is pulled back a little: it gets there a second later than thought.
    home.shutter.push(92.5);
    await home.pass(1_000);
    expect(home.said).toEqual({ state: "opening", position: 99, problem: null });
    await home.pass(1_000);
    expect(home.said).toEqual({ state: "open", position: 100, problem: null });
  });

  it.each(["OPEN", '{"position":100}'])("is not driven into the end stop where it is by %s", async (command) => {
    const home = await start(100);
    await home.pass(deadTimeMs);
    home.send(command);
    await home.pass(30_000);
    expect(home.shutter.bank.history(22)).toEqual([0]);
    expect(home.shutter.bank.history(23)).toEqual([0]);
    expect(home.said).toEqual({ state: "open", position: 100, problem: null });
  });

  it("goes to a position from an end stop that it reaches too early", async () => {
    const home = await start(0);
    await home.pass(deadTimeMs);
    home.send("80", "shade/position/set");
    await home.pass(10_000);
    home.shutter.push(97);
    await home.pass(1_000);
    expect([home.shutter.position, home.said.position]).toEqual([100, 100]);
    await home.pass(60_000);
    expect(home.shutter.position).toBeCloseTo(80, 6);
    expect(home.said).toEqual({ state: "open", position: 80, problem: null });
  });

  it("that does not know where it is goes by an end stop to a position", async () => {
    const home = await start(40);
    await home.pass(deadTimeMs);
    home.send("20", "shade/position/set");
    await home.pass(60_000);
    expect(home.shutter.position).toBeCloseTo(20, 6);
    expect(home.said.position).toBe(20);
  });

  it("gives up a run that does not meet its end stop, says so, and does not know where it is", async () => {
    const home = await start(100);
    await home.pass(deadTimeMs);
    home.shutter.dead.add("close");
    home.send("CLOSE");
    await home.pass(10_000 + overrunMs - 1);
    expect([home.shutter.moves, home.said.problem]).toEqual(["close", null]);
    await home.pass(1);
    expect([home.shutter.moves, home.said]).toEqual([
      undefined,
      { state: "open", position: null, problem: "endstop_not_reached" },
    ]);
    const reason =
      "it did not reach its end stop in time; check the motor, the end stop and its wire, open_time and close_time";
    expect(home.warnings).toEqual([reason]);
    home.send("CLOSE");
    await home.pass(20_000);
    expect(home.warnings).toEqual([reason]);
    home.shutter.dead.clear();
    home.send("OPEN");
    await home.pass(30_000);
    expect(home.said).toEqual({ state: "open", position: 100, problem: null });
  });

  it("is not driven longer in all than its time and the overrun, however often it is told to", async () => {
    const home = await start(100);
    await home.pass(deadTimeMs);
    home.shutter.dead.add("close");
    for (let second = 0; second < 14; second += 1) {
      home.send(second % 2 === 0 ? "CLOSE" : "0", second % 2 === 0 ? "shade/set" : "shade/position/set");
      await home.pass(second === 11 ? 999 : 1_000);
      if (second === 11) break;
    }
    expect(home.shutter.moves).toBe("close");
    await home.pass(1);
    expect(home.shutter.moves).toBeUndefined();
  });

  it("does not know where it is when an end stop lets go while nothing drives it", async () => {
    const home = await start(0);
    home.shutter.push(10);
    await home.pass(debounceMs);
    expect(home.said).toEqual({ state: "open", position: null, problem: null });
  });

  it("that is stopped just as it leaves its end is not at its end any more, and has not been moved by somebody else", async () => {
    const home = await start(0);
    await home.pass(deadTimeMs);
    home.send("OPEN");
    await home.pass(debounceMs - 10);
    home.send("STOP");
    await home.pass(1_000);
    expect(home.said).toEqual({ state: "open", position: 1, problem: null });
    await home.restart();
    expect(home.said).toEqual({ state: "open", position: 1, problem: null });
  });

  it("knows at the start that somebody moved it while the agent was away", async () => {
    const home = await start(0);
    await home.restart();
    expect(home.said.state).toBe("closed");
    await home.house.agent.stop();
    home.shutter.push(50);
    await home.kill(1_000);
    expect(home.said).toEqual({ state: "open", position: null, problem: null });
  });

  it("stands still while both end stops say that it is there, and goes on when one of them lets go", async () => {
    const home = await start(0);
    await home.pass(deadTimeMs);
    home.send("OPEN");
    await home.pass(5_000);
    home.shutter.dead.add("close").add("open");
    home.shutter.bank.drive(6, 0);
    home.shutter.bank.drive(5, 0);
    await home.pass(debounceMs);
    expect([home.shutter.moves, home.said]).toEqual([
      undefined,
      { state: null, position: null, problem: "both_endstops" },
    ]);
    home.send('{"state":"OPEN","id":1}');
    expect(JSON.parse(home.bus.on("shade/result")[0] ?? "{}")).toMatchObject({ accepted: false, reason: "unsure" });
    home.send("STOP");
    await home.pass(60_000);
    expect(home.shutter.bank.history(22)).toEqual([0, 1, 0]);
    expect(home.warnings).toContain(
      "both end stops say that it is there, so it is not moved; check their wires and endstop_active_low",
    );
    home.shutter.bank.drive(6, 1);
    await home.pass(debounceMs);
    expect(home.said).toEqual({ state: "open", position: 100, problem: null });
    home.send("CLOSE");
    expect(home.shutter.moves).toBe("close");
  });

  it("stops where it meets the end stop of the other end, as with swapped wires, and is not moved until that lets go", async () => {
    const home = await Home.started(yaml(", open_endstop_pin: 6, close_endstop_pin: 5"), { endstops, position: 50 });
    await home.pass(deadTimeMs);
    home.send("OPEN");
    await home.pass(10_000 + debounceMs);
    const stuck = { state: null, position: null, problem: "wrong_endstop" };
    expect([home.shutter.moves, home.said]).toEqual([undefined, stuck]);
    expect(String(home.warnings)).toContain("swapped");
    for (const command of ["OPEN", "CLOSE", "STOP"]) {
      home.send(command);
      await home.pass(30_000);
    }
    expect([home.shutter.longestAtEndMs, home.said]).toEqual([debounceMs, stuck]);
    home.shutter.push(90);
    await home.pass(debounceMs);
    expect(home.said).toEqual({ state: "open", position: null, problem: "wrong_endstop" });
    home.send("CLOSE");
    expect(home.shutter.moves).toBe("close");
  });

  it("is stopped by its end stop whatever min_on says", async () => {
    const home = await start(50, ", min_on: 20s");
    await home.pass(deadTimeMs);
    home.send("CLOSE");
    await home.pass(5_000 + debounceMs);
    expect([home.shutter.moves, home.said.state]).toEqual([undefined, "closed"]);
  });

  it("works with one end stop alone: the other end is where it is after its time", async () => {
    const home = await Home.started(yaml(", close_endstop_pin: 6"), { endstops: { close: 6 }, position: 0 });
    await home.pass(deadTimeMs);
    home.send("OPEN");
    await home.pass(20_000 + overrunMs);
    expect([home.shutter.moves, home.said]).toEqual([undefined, { state: "open", position: 100, problem: null }]);
  });

  it.each([
    ["endstop_active_low: false", 1],
    ["endstop_active_low: true, endstop_pull: none", 0],
  ])("takes %s", async (more, level) => {
    const home = await Home.started(yaml(`, close_endstop_pin: 6, ${more}`), { position: 50 });
    home.shutter.bank.drive(6, level === 1 ? 0 : 1);
    await home.pass(100);
    expect(home.said.state).toBe("open");
    home.shutter.bank.drive(6, level === 1 ? 1 : 0);
    await home.pass(100);
    expect(home.said.state).toBe("closed");
  });
});
