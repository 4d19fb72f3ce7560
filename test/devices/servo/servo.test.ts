import { describe, expect, it } from "vitest";
import { checked } from "../../config/checked.ts";
import { Lives } from "../../fakes/homes/lives.ts";

const pin = 18;
const device = (more = "") => `devices:\n  it: {kind: servo, topic: it, pin: ${pin}${more}}\n`;

async function start(more = "") {
  const home = await Lives.begin(device(more));
  return {
    home,
    send: (payload: string, topic = "it") => home.bus.receive(topic, payload),
    state: () => home.stateOn("it/state"),
    /** The pulse in microseconds; 0: none. */
    pulse: () => Math.round((home.bank.duty(pin) ?? Number.NaN) * 20_000),
  };
}

describe("a servo", () => {
  it("gets no pulse at the start, and says nothing of where it is", async () => {
    const { home, state, pulse } = await start();
    await home.pass(60_000);
    expect(home.driven.map(({ value }) => value)).toEqual([0]);
    expect([pulse(), state()]).toEqual([0, { angle: null, moving: false }]);
    expect(home.bus.retained.has("it/angle")).toBe(false);
  });

  it.each([
    ["", "0", 1_000],
    ["", "90", 1_500],
    ["", '{"angle":180}', 2_000],
    ["", '{"Angle":" 45 "}', 1_250],
    [", min_pulse: 500, max_pulse: 2500", "180", 2_500],
    [", min_pulse: 2000, max_pulse: 1000", "45", 1_750],
    [", min_angle: -90, max_angle: 90", "-90", 1_000],
    [", min_angle: -90, max_angle: 90", "0", 1_500],
  ])("with the options%s goes for %s to a pulse of %i µs at once", async (options, payload, expected) => {
    const { home, send, state, pulse } = await start(options);
    send(payload);
    const { angle } = state();
    expect([pulse(), state()]).toEqual([expected, { angle, moving: false }]);
    expect(String(angle)).toBe(payload.replace(/[^-\d]/g, ""));
    expect(home.bus.retained.get("it/angle")).toBe(String(angle));
  });

  it("takes its angle alone, and gives 50 pulses in a second", async () => {
    const { home, send, state } = await start();
    send("30.5", "it/angle/set");
    expect(state()).toEqual({ angle: 30.5, moving: false });
    expect(home.frequencies).toEqual([50]);
  });

  it("gets no pulses any more when detach_time is over, and says the angle further on", async () => {
    const { home, send, state, pulse } = await start(", detach_time: 3s");
    send("90");
    await home.pass(2_000);
    send("100");
    await home.pass(2_999);
    expect(pulse()).toBeGreaterThan(0);
    await home.pass(1);
    expect([pulse(), state()]).toEqual([0, { angle: 100, moving: false }]);
  });

  it("goes on getting pulses where detach_time is 0ms", async () => {
    const { home, send, pulse } = await start(", detach_time: 0ms");
    send("90");
    await home.pass(3_600_000);
    expect(pulse()).toBe(1_500);
  });

  it("turns at its speed once it is known where it is, and tells of it each second", async () => {
    const { home, send, state, pulse } = await start(", speed: 20");
    send("0");
    expect(pulse()).toBe(1_000);
    await home.pass(10_000);
    const before = home.said.length;
    send("90");
    await home.pass(2_000);
    expect([pulse(), state()]).toEqual([1_222, { angle: 40, moving: true }]);
    await home.pass(2_480);
    expect(state()).toMatchObject({ moving: true });
    await home.pass(20);
    expect([pulse(), state()]).toEqual([1_500, { angle: 90, moving: false }]);
    await home.pass(1_000);
    expect(pulse()).toBe(0);
    const said = home.said.slice(before).filter(({ topic }) => topic === "it/state");
    expect(said.map(({ payload }) => JSON.parse(payload).angle)).toEqual([0, 20, 40, 60, 80, 90]);
  });

  it("turns no faster where the machine was busy for a while", async () => {
    const { home, send, state } = await start(", speed: 10, detach_time: 0ms");
    send("0");
    send("90");
    await home.pass(1_000);
    home.house.clock.stall(2_000);
    await home.pass(1_000);
    expect(state()).toMatchObject({ angle: 40 });
  });

  it("changes its mind on the way, and turns back from where it is", async () => {
    const { home, send, state, pulse } = await start(", speed: 10");
    send("0");
    send("90");
    await home.pass(4_000);
    send("20");
    await home.pass(1_000);
    expect([pulse(), state()]).toEqual([1_167, { angle: 30, moving: true }]);
    await home.pass(1_000);
    expect(state()).toEqual({ angle: 20, moving: false });
  });

  it("stops where it is", async () => {
    const { home, send, state, pulse } = await start(", speed: 10");
    send("0");
    send("90");
    await home.pass(3_000);
    send("STOP");
    expect(state()).toEqual({ angle: 30, moving: false });
    await home.pass(60_000);
    expect([pulse(), state()]).toEqual([0, { angle: 30, moving: false }]);
  });

  it("gets no pulses from a limit on, and says that it moves no longer", async () => {
    const { home, send, state, pulse } = await start(", speed: 10, max_on: 3s");
    send("0");
    send("90");
    await home.pass(3_000);
    expect([pulse(), state()]).toEqual([0, { angle: expect.closeTo(30, 0), moving: false }]);
    await home.pass(60_000);
    expect(pulse()).toBe(0);
  });

  it("turns at its speed also where it waited for min_off, and a stop takes that back", async () => {
    const { home, send, state, pulse } = await start(", speed: 10, min_off: 30s, restore: true");
    await home.pass(30_000);
    send("0");
    await home.pass(5_000);
    send("90");
    await home.pass(20_000);
    expect([pulse(), state()]).toEqual([0, { angle: 0, moving: false }]);
    await home.pass(6_000);
    expect(pulse()).toBe(1_000);
    await home.pass(1_000);
    expect(state()).toEqual({ angle: 10, moving: true });
    await home.pass(10_000);
    send("0");
    send("stop");
    await home.pass(60_000);
    expect([pulse(), state()]).toEqual([0, { angle: 90, moving: false }]);
  });

  it("gets no pulses when the agent stops", async () => {
    const { home, send, pulse } = await start(", speed: 10, detach_time: 0ms");
    send("0");
    send("90");
    await home.pass(3_000);
    await home.house.agent.stop();
    expect(pulse()).toBe(0);
  });
});

describe("a servo after a start", () => {
  it.each([
    ["", null, 0],
    [", restore: true", 45, 0],
    [", initial: last", 45, 1_250],
    [", initial: 90", 90, 1_500],
    [", initial: none, restore: true", 45, 0],
  ])("with the options%s says the angle %s and gets a pulse of %i µs", async (options, angle, expected) => {
    for (const end of ["kill", "restart"] as const) {
      const { home, send, state, pulse } = await start(options);
      send("45");
      await home.pass(5_000);
      await home[end]();
      expect([state(), pulse()]).toEqual([{ angle, moving: false }, expected]);
    }
  });

  it("is driven nowhere with initial: last where it had not been anywhere, or was killed on its way", async () => {
    const { home, send, state, pulse } = await start(", initial: last, speed: 10");
    expect([pulse(), state()]).toEqual([0, { angle: null, moving: false }]);
    send("0");
    await home.pass(5_000);
    send("90");
    await home.pass(3_000);
    await home.kill();
    expect([pulse(), state()]).toEqual([0, { angle: null, moving: false }]);
  });

  it("does not use an angle that is beyond its limits now", async () => {
    const { home, send, state } = await start(", restore: true");
    send("170");
    await home.pass(5_000);
    await home.restart(device(", restore: true, max_angle: 90"));
    expect(state()).toEqual({ angle: null, moving: false });
  });

  it("writes seldom where it is moved often", async () => {
    const { home, send } = await start(", restore: true");
    for (let angle = 0; angle < 100; angle += 1) {
      send(String(angle));
      await home.pass(100);
    }
    await home.pass(20_000);
    expect(home.stateFile.writes).toBeLessThanOrEqual(2);
    await home.kill();
    expect(home.stateOn("it/state")["angle"]).toBe(99);
  });
});

describe("a command to a servo", () => {
  const sentence = "angle is a number from 0 to 180";
  const example = 'say an angle such as {"angle":180}, or stop';
  it.each([
    ["181", `${sentence}; or say stop`],
    ["-1", `${sentence}; or say stop`],
    ["on", `${sentence}; or say stop`],
    ["1e1", `${sentence}; or say stop`],
    ["90°", `${sentence}; or say stop`],
    ['{"angle":181}', sentence],
    ['{"angle":null}', sentence],
    ['{"angle":1e999}', sentence],
    ['{"angle":true}', sentence],
    ['{"position":90}', `there is no "position" in a command to a servo; ${example}`],
    ['{"angle":1,"Angle":2}', '"angle" and "Angle" say different things'],
    ["{}", example],
    ["[90]", example],
  ])("is refused where it is %s", async (payload, reason) => {
    const { home, send, pulse } = await start();
    send(payload);
    expect(home.house.log.at("warn")).toMatchObject([{ message: "refused a command", reason }]);
    expect(pulse()).toBe(0);
  });
});

describe("the options of a servo", () => {
  const problems = (options: string) =>
    checked(device(options)).problems.map((line) => line.replace(/^devices\.yaml:\d+:\d+ {2}devices\.it\./, ""));

  it.each([
    [", max_pulse: 1000", "max_pulse: is the same as min_pulse; make one of them longer"],
    [", min_angle: 180", "min_angle: is not below max_angle, which is 180; make it less"],
    [", initial: 181", "initial: is not from 0 to 180; change it, or the limits"],
    [", initial: first", 'initial: "first" is not none, last or an angle; write one of them'],
    [", min_pulse: 299", 'min_pulse: "299" is too small; write at least 300'],
    [", max_pulse: 3001", 'max_pulse: "3001" is too large; write at most 3000'],
    [", speed: 0", 'speed: "0" is too small; write at least 0.1'],
    [", detach_time: 2h", 'detach_time: "2h" is out of range; write a duration from 0ms to 1h'],
    [", max_angle: 4000", 'max_angle: "4000" is too large; write at most 3600'],
  ])("%s are refused", (options, sentence) => {
    expect(problems(options)).toEqual([sentence]);
  });
});
