import { describe, expect, it } from "vitest";
import { deadTimeMs, Home, overrunMs, traits, yaml } from "./cover-home.ts";

describe("a cover", () => {
  it.each([false, true])(
    "has both relays off at the start, and does not know where it is; active low: %s",
    async (low) => {
      const home = await Home.started(yaml("", low), { activeLow: low });
      const off = low ? 1 : 0;
      expect([home.shutter.bank.history(22), home.shutter.bank.history(23)]).toEqual([[off], [off]]);
      expect(home.said).toEqual({ state: null, position: null });
      expect(home.bus.retained.has("shade/position")).toBe(false);
    },
  );

  it("opens until it is open for sure, tells of it each second, and knows where it is from then on", async () => {
    const home = await Home.started();
    await home.pass(1_000);
    home.send("OPEN");
    expect([home.shutter.moves, home.said]).toEqual(["open", { state: "opening", position: null }]);
    await home.pass(20_000 + overrunMs - 1);
    expect([home.shutter.moves, home.said]).toEqual(["open", { state: "opening", position: 100 }]);
    await home.pass(1);
    expect([home.shutter.moves, home.said]).toEqual([undefined, { state: "open", position: 100 }]);
    expect(home.bus.retained.get("shade/position")).toBe("100");

    const before = home.allSaid.length;
    home.send("close");
    await home.pass(deadTimeMs + 10_000 + overrunMs);
    const closing = [90, 80, 70, 60, 50, 40, 30, 20, 10, 0].map((position) => `closing ${position}`);
    expect(home.allSaid.slice(before)).toEqual(["closing 100", ...closing, "closed 0"]);
    expect(home.causes).toEqual(["arrived", "dead_time", "arrived"]);
  });

  it.each([
    ["position/set", "50", 50],
    ["position/set", " 33.4 ", 33],
    ["set", '{"position":33}', 33],
    ["set", '{"position":"75"}', 75],
    ["set", '{"Position":99.6}', 100],
    ["set", '{"position":1}', 1],
    ["set", '{"state":"Open"}', 100],
    ["set", "open", 100],
    ["set", " OPEN\n", 100],
    ["position/set", "0", 0],
  ])("takes on %s %s, and is at %i then", async (topic, payload, position) => {
    const home = await Home.closed();
    home.send(payload, `shade/${topic}`);
    await home.pass(30_000);
    expect(home.said).toEqual({ state: position === 0 ? "closed" : "open", position });
    expect(home.shutter.position).toBeCloseTo(position, 6);
    expect(home.shutter.moves).toBeUndefined();
  });

  const example = 'say open, close or stop, or a position such as {"position":33}';
  const number = "position is a number from 0, which is closed, to 100, which is open";
  it.each([
    ["set", "on", example],
    ["set", "OFF", example],
    ["set", "toggle", example],
    ["set", "true", example],
    ["set", "0", example],
    ["set", "1", example],
    ["set", "33", example],
    ["set", "up", example],
    ["set", "closed", example],
    ["set", "[33]", example],
    ["set", "{}", example],
    ["set", '{"state":"on"}', "say open, close or stop"],
    ["set", '{"state":"OPEN","position":100}', 'say "state" or "position", not both'],
    ["set", '{"position":1,"Position":2}', '"position" and "Position" say different things'],
    ["set", '{"speed":5}', `there is no "speed" in a command to a cover; ${example}`],
    ["set", '{"tilt":5}', "this cover has no slats to tilt; give it tilt_time in devices.yaml if it has"],
    ["tilt/set", "5", "this cover has no slats to tilt; give it tilt_time in devices.yaml if it has"],
    ["position/set", "101", number],
    ["position/set", "-1", number],
    ["position/set", "50%", number],
    ["position/set", "1e1", number],
    ["position/set", "open", number],
    ["set", '{"position":null}', number],
    ["set", '{"position":true}', number],
    ["set", '{"position":[5]}', number],
  ])("refuses on %s %s, and does not move", async (topic, payload, reason) => {
    const home = await Home.closed();
    home.send(payload, `shade/${topic}`);
    expect(home.house.log.at("warn")).toMatchObject([{ message: "refused a command", reason }]);
    expect(home.shutter.moves).toBeUndefined();
  });

  it("stops where it is", async () => {
    const home = await Home.closed();
    home.send("OPEN");
    await home.pass(7_000);
    home.send("stop");
    expect([home.shutter.moves, home.said]).toEqual([undefined, { state: "open", position: 35 }]);
    await home.pass(60_000);
    expect(home.shutter.position).toBe(35);
    home.send("STOP");
    expect(home.said).toEqual({ state: "open", position: 35 });
  });

  it("goes on without a stop when it is wanted further in the same direction", async () => {
    const home = await Home.closed();
    home.send("30", "shade/position/set");
    await home.pass(3_000);
    home.send("80", "shade/position/set");
    home.send("60", "shade/position/set");
    await home.pass(20_000);
    expect(home.said).toEqual({ state: "open", position: 60 });
    expect(home.shutter.bank.history(22)).toEqual([0, 1, 0]);
  });

  it("turns round after the dead time, and counts from where it was", async () => {
    const home = await Home.closed(", dead_time: 3s");
    home.send("OPEN");
    await home.pass(10_000);
    home.send("20", "shade/position/set");
    expect(home.shutter.moves).toBeUndefined();
    await home.pass(2_999);
    expect(home.shutter.moves).toBeUndefined();
    await home.pass(1);
    expect([home.shutter.moves, home.said.state]).toEqual(["close", "closing"]);
    await home.pass(20_000);
    expect([home.shutter.position, home.said]).toEqual([20, { state: "open", position: 20 }]);
  });

  it("does not move after all where it is stopped in the dead time", async () => {
    const home = await Home.closed();
    home.send("OPEN");
    await home.pass(10_000);
    home.send("CLOSE");
    home.send("STOP");
    await home.pass(60_000);
    expect([home.shutter.position, home.said]).toEqual([50, { state: "open", position: 50 }]);
  });

  it.each([
    [20, "close", 0],
    [50, "open", 100],
  ] as const)("that does not know where it is goes to an end before it goes to %i", async (position, first, end) => {
    const home = await Home.started();
    await home.pass(1_000);
    home.send(`{"position":${position}}`);
    expect(home.shutter.moves).toBe(first);
    await home.pass(traits.times[first] + overrunMs);
    expect([home.shutter.position, home.said.position]).toEqual([end, end]);
    await home.pass(30_000);
    expect([home.shutter.position, home.said]).toEqual([position, { state: "open", position }]);
  });

  it("that is open is driven for the overrun only when it is to open", async () => {
    const home = await Home.closed(", overrun: 5s");
    home.send("OPEN");
    await home.pass(30_000);
    home.send("OPEN");
    await home.pass(4_999);
    expect(home.said).toEqual({ state: "opening", position: 100 });
    await home.pass(1);
    expect(home.said).toEqual({ state: "open", position: 100 });
  });

  it("is not driven beyond its end without an overrun", async () => {
    const home = await Home.closed(", overrun: 0ms");
    const before = home.allSaid.length;
    home.send("CLOSE");
    await home.pass(10);
    home.send("OPEN");
    await home.pass(20_000 + deadTimeMs);
    expect([home.shutter.moves, home.said]).toEqual([undefined, { state: "open", position: 100 }]);
    expect(home.allSaid.slice(before).at(-1)).toBe("open 100");
  });

  it("takes as long to close as to open where nothing else is said", async () => {
    const home = await Home.started(yaml().replace(", close_time: 10s", ""), {
      times: { open: 20_000, close: 20_000 },
    });
    home.send("OPEN");
    await home.pass(30_000);
    home.send("50", "shade/position/set");
    await home.pass(9_999);
    expect(home.shutter.moves).toBe("close");
    await home.pass(1);
    expect([home.shutter.moves, home.said.position]).toEqual([undefined, 50]);
  });

  it("counts what its outputs do: a limit that holds one on or ends it changes where it is", async () => {
    const held = await Home.closed(", min_on: 8s");
    held.send("10", "shade/position/set");
    await held.pass(30_000);
    expect([held.shutter.position, held.said.position]).toEqual([40, 40]);
    const ended = await Home.closed(", max_on: 12s");
    ended.send("OPEN");
    await ended.pass(60_000);
    expect([ended.shutter.position, ended.said]).toEqual([60, { state: "open", position: 60 }]);
  });

  it("says that it does not know where it is when somebody else drove one of its pins, and stands still", async () => {
    const home = await Home.closed();
    const { write } = await home.shutter.bank.output(22, { initial: 0, keep: true });
    write(1);
    await home.pass(2_000);
    expect([home.shutter.moves, home.said]).toEqual([undefined, { state: null, position: null }]);
  });

  it("has both relays off when a pin fails on the way, and goes on from where it was", async () => {
    const home = new Home(yaml(), { position: 0 });
    const { bank } = home.shutter;
    const { output } = bank;
    let isBroken = false;
    bank.output = async (pin, request) => {
      const line = await output(pin, request);
      const read = () => {
        if (isBroken) throw new Error("pin 22 was taken away");
        return line.read();
      };
      return { ...line, read };
    };
    await home.start();
    home.send("CLOSE");
    await home.pass(20_000);
    home.send("OPEN");
    await home.pass(8_500);
    isBroken = true;
    await home.pass(2_000);
    expect([home.shutter.moves, home.bus.retained.get("shade/availability")]).toEqual([undefined, "offline"]);
    isBroken = false;
    await home.pass(10_000);
    expect(home.bus.retained.get("shade/availability")).toBe("online");
    expect(home.said.position).toBe(Math.round(home.shutter.position));
  });
});
