import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Happening, happens, trouble } from "../../fakes/homes/happenings.ts";
import { Lives } from "../../fakes/homes/lives.ts";
import { runs } from "../../property-runs.ts";

const pins = [17, 27, 22];
const deadTimeMs = 300;
const device = (more = "") =>
  `devices:\n  it: {kind: fan, topic: it, speed_pins: [${pins.join(", ")}], dead_time: ${deadTimeMs}ms${more}}\n`;

/** Which speeds are on, as the pins say. */
const speedsOn = (home: Lives, isLow = false) =>
  pins.flatMap((pin, index) => ((home.bank.level(pin) === 1) !== isLow ? [index + 1] : []));

async function start(more = "", isLow = false) {
  const home = await Lives.begin(device(more));
  await home.pass(1_000);
  return {
    home,
    send: (payload: string, topic = "it") => home.bus.receive(topic, payload),
    state: () => home.stateOn("it/state"),
    on: () => speedsOn(home, isLow),
  };
}
const off = { state: "OFF", percentage: 0, speed: 0 };
const second = { state: "ON", percentage: 66, speed: 2 };

describe("a fan with a relay for each speed", () => {
  it.each([false, true])("switches the relay of its speed, and no other; active low: %s", async (isLow) => {
    const { home, send, state, on } = await start(`, active_low: ${isLow}`, isLow);
    expect([on(), state()]).toEqual([[], off]);
    send("2", "it/speed/set");
    expect([on(), state()]).toEqual([[2], second]);
    send("100");
    expect(on()).toEqual([]);
    await home.pass(deadTimeMs - 1);
    expect(on()).toEqual([]);
    await home.pass(1);
    expect([on(), state()]).toEqual([[3], { state: "ON", percentage: 100, speed: 3 }]);
    send("off");
    expect([on(), state()]).toEqual([[], off]);
  });

  it("is not said to be off between two speeds", async () => {
    const { home, send } = await start();
    await home.pass(5_000);
    const before = home.said.length;
    for (const speed of ["1", "2", "3"]) {
      send(speed, "it/speed/set");
      await home.pass(1_000);
    }
    const said = home.said.slice(before).filter(({ topic }) => topic === "it/speed");
    expect(said.map(({ payload }) => payload)).toEqual(["1", "2", "3"]);
  });

  it("is off, and says so, where it is switched off between two speeds", async () => {
    const { home, send, state, on } = await start();
    send("1", "it/speed/set");
    send("3", "it/speed/set");
    send("off");
    expect([on(), state()]).toEqual([[], off]);
    await home.pass(10_000);
    expect(on()).toEqual([]);
  });

  it("is off, and says so, where the agent stops between two speeds", async () => {
    const { home, send, state, on } = await start();
    send("1", "it/speed/set");
    send("3", "it/speed/set");
    await home.house.agent.stop();
    expect([on(), state()]).toEqual([[], off]);
  });

  it("is on no longer than max_on in all, whichever speeds it had", async () => {
    const { home, send, state, on } = await start(", max_on: 10s");
    for (let change = 0; change < 8; change += 1) {
      send(String((change % 3) + 1), "it/speed/set");
      await home.pass(1_200);
    }
    expect(state()).toMatchObject({ state: "ON" });
    await home.pass(400);
    expect([on(), state()]).toEqual([[], off]);
  });

  it("changes its speed without waiting for min_on and min_off", async () => {
    const { home, send, on } = await start(", min_on: 1m, min_off: 10s");
    await home.pass(10_000);
    send("1", "it/speed/set");
    send("2", "it/speed/set");
    await home.pass(deadTimeMs);
    expect(on()).toEqual([2]);
    send("off");
    await home.pass(58_000);
    expect(on()).toEqual([2]);
    await home.pass(2_000);
    expect(on()).toEqual([]);
  });

  it("begins at its last speed with initial: last, after the dead time", async () => {
    const { home, send, state, on } = await start(", initial: last");
    send("2", "it/speed/set");
    await home.pass(11_000);
    await home.kill();
    expect(on()).toEqual([]);
    await home.pass(deadTimeMs);
    expect([on(), state()]).toEqual([[2], second]);
  });
});

const step = fc.oneof(
  { weight: 6, arbitrary: fc.nat(3).map((speed): Happening => ({ send: String(speed), topic: "it/speed/set" })) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Happening>({ send: "on" }, { send: "off" }, { send: "toggle" }, { send: "101" }),
  },
  { weight: 6, arbitrary: fc.oneof(fc.nat(deadTimeMs + 50), fc.nat(8_000)).map((pass): Happening => ({ pass })) },
  { weight: 2, arbitrary: trouble },
);

/** At no instant were two on, and all were off for the dead time before one went on. */
function checkPins({ driven }: Lives): void {
  const isOn = new Map<unknown, boolean>();
  let lastOff = { pin: undefined as unknown, atMs: Number.NEGATIVE_INFINITY };
  for (const { pin, value, atMs } of driven) {
    const was = isOn.get(pin) === true;
    isOn.set(pin, value === 1);
    expect([...isOn.values()].filter(Boolean).length).toBeLessThanOrEqual(1);
    if (was && value === 0) lastOff = { pin, atMs };
    if (!was && value === 1 && lastOff.pin !== pin) expect(atMs - lastOff.atMs).toBeGreaterThanOrEqual(deadTimeMs);
  }
}

describe("a fan with a relay for each speed, whatever happens", () => {
  it.each(["", ", initial: last", ", initial: on, min_on: 2s", ", min_off: 1s, max_on: 5s"])(
    "never has two on, keeps the dead time, and is as it says; with the options%s",
    async (more) => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
          const home = await Lives.begin(device(more));
          for (const what of steps) {
            await happens(home, what);
            if (home.areBroken || home.bus.retained.get("it/availability") !== "online") continue;
            const { state, speed } = home.stateOn("it/state");
            const on = speedsOn(home);
            if (state === "OFF") expect(on).toEqual([]);
            // Between two speeds, none is on for the dead time.
            else if (on.length > 0) expect(on).toEqual([speed]);
          }
          checkPins(home);
          home.areBroken = false;
          home.bus.connect();
          await home.pass(70_000);
          const { state, speed } = home.stateOn("it/state");
          expect(speedsOn(home)).toEqual(state === "ON" ? [speed] : []);
        }),
        { numRuns: runs(60) },
      );
    },
    120_000,
  );
});
