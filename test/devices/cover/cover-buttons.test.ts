import { describe, expect, it } from "vitest";
import { Home, yaml } from "./cover-home.ts";

const two = ", open_button_pin: 5, close_button_pin: 6";
const one = ", button_pin: 16";

describe("the buttons of a cover", () => {
  it.each([
    [5, "opening", "open"],
    [6, "closing", "closed"],
  ])("move it by a press, on pin %i, with the cause in the log", async (pin, moving, state) => {
    const home = await Home.started(yaml(two));
    await home.pass(1_000);
    await home.press(pin);
    expect(home.said.state).toBe(moving);
    expect(home.causes).toEqual(["button"]);
    await home.pass(30_000);
    expect(home.said.state).toBe(state);
  });

  it.each([
    [5, 5],
    [5, 6],
    [6, 5],
    [6, 6],
  ])("stop it by the next press, whichever it is: %i, then %i", async (first, second) => {
    const home = await Home.started(yaml(two));
    await home.pass(1_000);
    await home.press(first);
    await home.pass(1_000);
    await home.press(second);
    expect(home.shutter.moves).toBeUndefined();
    expect(home.causes).toEqual(["button", "button"]);
    const { position } = home.shutter;
    await home.pass(60_000);
    expect(home.shutter.position).toBe(position);
    await home.press(second);
    expect(home.shutter.moves).toBe(second === 5 ? "open" : "close");
  });

  it("open, stop, close and stop it by turns where there is one alone", async () => {
    const home = await Home.closed(one);
    const moves: unknown[] = [];
    for (let press = 0; press < 5; press += 1) {
      await home.press(16);
      await home.pass(2_000);
      moves.push(home.shutter.moves);
    }
    expect(moves).toEqual(["open", undefined, "close", undefined, "open"]);
    await home.pass(30_000);
    await home.press(16);
    expect(home.shutter.moves).toBe("close");
    await home.pass(30_000);
    await home.press(16);
    expect(home.said).toEqual({ state: "opening", position: 0 });
  });

  it.each([
    [80, "close"],
    [30, "open"],
  ])("take the longer way from %i where nothing has moved since the start", async (position, way) => {
    const home = await Home.closed(one);
    home.send(String(position), "shade/position/set");
    await home.pass(30_000);
    await home.restart();
    await home.pass(1_000);
    await home.press(16);
    expect(home.shutter.moves).toBe(way);
  });

  it("stop what waits for the dead time", async () => {
    const home = await Home.closed(`${two}, dead_time: 5s`);
    home.send("OPEN");
    await home.pass(6_000);
    home.send("CLOSE");
    await home.press(6);
    await home.pass(60_000);
    expect(home.shutter.moves).toBeUndefined();
    expect(home.shutter.position).toBe(30);
  });

  it("move nothing where they are pressed when the agent starts, and work from the next press on", async () => {
    const home = new Home(yaml(two + one));
    for (const pin of [5, 6, 16]) home.shutter.bank.drive(pin, 0);
    await home.start();
    await home.pass(5_000);
    for (const pin of [5, 6, 16]) home.shutter.bank.drive(pin, 1);
    await home.pass(5_000);
    expect([home.shutter.bank.history(22), home.shutter.bank.history(23)]).toEqual([[0], [0]]);
    await home.press(5);
    expect(home.shutter.moves).toBe("open");
  });

  it("work without a broker", async () => {
    const home = await Home.started(yaml(two));
    await home.pass(1_000);
    home.bus.disconnect();
    await home.press(5);
    expect(home.shutter.moves).toBe("open");
  });

  it("are those to 3V3 where the options say so, and count only what lasts longer than the debounce", async () => {
    const home = await Home.started(
      yaml(", open_button_pin: 5, button_active_low: false, button_pull: down, debounce: 50ms"),
    );
    await home.pass(1_000);
    home.shutter.bank.drive(5, 1);
    await home.pass(49);
    home.shutter.bank.drive(5, 0);
    await home.pass(1_000);
    expect(home.shutter.moves).toBeUndefined();
    home.shutter.bank.drive(5, 1);
    await home.pass(50);
    expect(home.shutter.moves).toBe("open");
  });

  it("move nothing while both end stops say that it is there, and the log says why", async () => {
    const home = new Home(yaml(`${two}, open_endstop_pin: 26, close_endstop_pin: 27`));
    for (const pin of [26, 27]) home.shutter.bank.drive(pin, 0);
    await home.start();
    await home.pass(1_000);
    await home.press(5);
    expect(home.shutter.bank.history(22)).toEqual([0]);
    expect(home.house.log.at("warn")).toContainEqual(
      expect.objectContaining({ message: "a button moves nothing", reason: expect.stringContaining("both end stops") }),
    );
    expect(home.bus.retained.get("shade/availability")).toBe("online");
  });
});
