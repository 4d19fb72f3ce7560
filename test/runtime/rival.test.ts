import { describe, expect, it } from "vitest";
import { Rival } from "../../src/runtime/agent/rival.ts";

const own = { machine: "aa", hostname: "raspberrypi", process: 100 };
const info = (place: object) => JSON.stringify({ version: "0.3.0", ...place });

describe("another agent with the same id", () => {
  it("is known where it runs on another machine, from the first connection on", () => {
    const rival = new Rival(own);
    rival.learn(info({ machine: "bb", hostname: "garage", process: 7 }), true);
    expect(rival.name).toBe('the machine "garage"');
  });

  it("is the run before where the first connection finds another process of this machine", () => {
    const rival = new Rival(own);
    rival.learn(info({ ...own, process: 99 }), true);
    expect(rival.name).toBeUndefined();
  });

  it("is beside us on this machine where that process speaks after us", () => {
    const rival = new Rival(own);
    rival.learn(info({ ...own, process: 99 }), true);
    rival.learn(info({ ...own, process: 99 }), false);
    expect(rival.name).toBe('process 99 of this machine, such as "npm start" beside the service');
  });

  it("is no longer known once the broker has kept our own words", () => {
    const rival = new Rival(own);
    rival.learn(info({ machine: "bb", hostname: "garage" }), true);
    rival.learn(info(own), false);
    expect(rival.name).toBeUndefined();
  });

  it.each(["", "no JSON", "[]", '"x"', '{"machine":5}', info({})])("is not made of %s", (kept) => {
    const rival = new Rival(own);
    rival.learn(kept, true);
    expect(rival.name).toBeUndefined();
  });

  it("cannot disturb a terminal by its name", () => {
    const rival = new Rival(own);
    rival.learn(info({ machine: "bb", hostname: "\u001b]0;title\u0007" }), true);
    expect(rival.name).toBe('the machine "\ufffd]0;title\ufffd"');
  });
});
