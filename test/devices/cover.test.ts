import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FakeBus } from "../fakes/bus.ts";
import { FakeClock } from "../fakes/clock.ts";
import { type House, startHouse } from "../fakes/house.ts";
import { FakeShutter, type ShutterTraits } from "../fakes/shutter.ts";
import { FakeStateFile } from "../fakes/state-file.ts";

const traits: ShutterTraits = {
  pins: { open: 22, close: 23 },
  activeLow: false,
  times: { open: 20_000, close: 10_000 },
  position: 70,
};
const deadTimeMs = 500;
const overrunMs = 2_000;
const yaml = (more = "", activeLow = false) =>
  `devices:\n  shade: {kind: cover, topic: shade, open_pin: 22, close_pin: 23, active_low: ${activeLow}, open_time: 20s, close_time: 10s${more}}\n`;

/** A house with a shutter, in which the program can be killed and started again. */
class Home {
  readonly bus = new FakeBus();
  readonly stateFile = new FakeStateFile();
  readonly shutter: FakeShutter;
  readonly #yaml: string;
  #house: House | undefined;
  #clock = new FakeClock();
  #beforeMs = 0;

  constructor(text = yaml(), some: Partial<ShutterTraits> = {}) {
    this.#yaml = text;
    this.shutter = new FakeShutter({ ...traits, ...some }, () => this.#beforeMs + this.#clock.monotonicMs());
  }

  static async started(text?: string, some?: Partial<ShutterTraits>): Promise<Home> {
    const home = new Home(text, some);
    await home.start();
    return home;
  }

  /** One whose shutter is known to be closed. */
  static async closed(more = ""): Promise<Home> {
    const home = await Home.started(yaml(more), { position: 0 });
    home.send("CLOSE");
    await home.pass(30_000);
    expect(home.said).toEqual({ state: "closed", position: 0 });
    return home;
  }

  /** Starts the program; the one before, if it was killed, does nothing any more, since its clock stands still. */
  async start(): Promise<void> {
    const { bus, stateFile, shutter } = this;
    this.#house = await startHouse(this.#yaml, {
      bus,
      stateFile,
      pins: shutter.bank,
      bank: shutter.bank,
      clock: this.#clock,
    });
  }

  /** The program is killed, and started again after a while, during which its pins stay as they are. */
  async kill(downMs = 0): Promise<void> {
    await this.pass(0);
    this.#beforeMs += this.#clock.monotonicMs() + downMs;
    this.#clock = new FakeClock();
    await this.start();
  }

  async restart(): Promise<void> {
    await this.#house?.agent.stop();
    await this.kill();
  }

  get house(): House {
    return this.#house as House;
  }

  pass(ms: number): Promise<void> {
    return this.#clock.advance(ms);
  }

  send(payload: string, topic = "shade/set"): void {
    this.bus.receive(topic, payload);
  }

  /** What it last said, without the time. */
  get said(): { readonly state: string | null; readonly position: number | null } {
    const { ts: _ts, ...values } = JSON.parse(this.bus.retained.get("shade/state") ?? "{}");
    return values;
  }

  /** What it has said so far, one after the other. */
  get allSaid(): string[] {
    return this.bus.on("shade/state").map((payload) => {
      const { state, position } = JSON.parse(payload);
      return `${state} ${position}`;
    });
  }
}

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
    const switched = home.house.log.at("info").filter(({ message }) => message === "state");
    expect(switched.map(({ cause }) => cause)).toEqual(["arrived", "dead_time", "arrived"]);
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
    ["set", '{"tilt":5}', `there is no "tilt" in a command to a cover; ${example}`],
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

/** What can happen to a cover, and for how long nothing happens after it. */
const happening = fc.oneof(
  { weight: 6, arbitrary: fc.record({ send: fc.constantFrom("OPEN", "CLOSE", "STOP") }) },
  { weight: 6, arbitrary: fc.record({ position: fc.integer({ min: 0, max: 100 }) }) },
  { weight: 3, arbitrary: fc.record({ killedForMs: fc.integer({ min: 0, max: 15_000 }) }) },
  { weight: 1, arbitrary: fc.constant({ restart: true as const }) },
  { weight: 1, arbitrary: fc.constant({ brokerLost: true as const }) },
);
const step = fc.record({ what: happening, thenMs: fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.nat(30_000)) });

describe("whatever happens to a cover", () => {
  const anyHouse = fc.record({ activeLow: fc.boolean(), position: fc.integer({ min: 0, max: 100 }) });

  it("never two relays are on, the dead time is kept, and a position that it says is true", async () => {
    await fc.assert(
      fc.asyncProperty(anyHouse, fc.array(step, { maxLength: 14 }), async ({ activeLow, position }, steps) => {
        const home = await Home.started(yaml("", activeLow), { activeLow, position });
        for (const { what, thenMs } of steps) {
          await happens(home, what, thenMs);
          isTrue(home);
        }
        // However it went, it comes to where it is wanted.
        await home.pass(0);
        home.send("37", "shade/position/set");
        await home.pass(60_000);
        expect(home.shutter.wereBothOn).toBe(false);
        expect(home.shutter.shortestPauseMs).toBeGreaterThanOrEqual(deadTimeMs);
        expect(home.said).toEqual({ state: "open", position: 37 });
        expect(Math.abs(home.shutter.position - 37)).toBeLessThan(1.01);
      }),
      { numRuns: 150 },
    );
  }, 120_000);
});

type Happening = typeof happening extends fc.Arbitrary<infer What> ? What : never;

async function happens(home: Home, what: Happening, thenMs: number): Promise<void> {
  if ("send" in what) home.send(what.send);
  if ("position" in what) home.send(String(what.position), "shade/position/set");
  if ("brokerLost" in what) {
    home.bus.disconnect({ forget: true });
    await home.pass(thenMs);
    home.bus.connect();
    return;
  }
  if ("restart" in what || "killedForMs" in what) {
    const before = home.said;
    const wasMoving = home.shutter.moves !== undefined;
    if ("restart" in what) await home.restart();
    else await home.kill(what.killedForMs);
    expect(home.shutter.moves).toBeUndefined();
    if (!wasMoving) expect(home.said).toEqual(before);
  }
  await home.pass(thenMs);
}

/** What is said of a position on the way may be a second old, in which it has gone up to 10 percent. */
function isTrue({ said, shutter, bus }: Home): void {
  const { state, position } = said;
  expect(bus.retained.get("shade/position")).toBe(position === null ? undefined : String(position));
  const moving = { open: "opening", close: "closing" } as const;
  if (shutter.moves !== undefined) expect(state).toBe(moving[shutter.moves]);
  else expect(shutter.position > 1.01 ? [null, "open"] : [null, "open", "closed"]).toContain(state);
  if (position !== null)
    expect(Math.abs(position - shutter.position)).toBeLessThanOrEqual(shutter.moves === undefined ? 1.01 : 11.01);
}
