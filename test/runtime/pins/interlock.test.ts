import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Level } from "../../../src/core/hardware/gpio.ts";
import type { PinName } from "../../../src/core/hardware/pin-name.ts";
import { type SimulatedBank, simulatedBank } from "../../../src/gpio/simulated.ts";
import { FakeClock } from "../../fakes/clock.ts";
import { type House, startHouse } from "../../fakes/house.ts";
import { FakeStateFile } from "../../fakes/state-file.ts";
import { runs } from "../../property-runs.ts";

const pinOf = { up: 17, down: 27, aside: 22 } as const;
type Name = keyof typeof pinOf;
const names = Object.keys(pinOf) as Name[];
const waitMs = 500;

function yamlOf(more: Partial<Record<Name, string>> = {}, some: readonly Name[] = names): string {
  const lines = some.map(
    (name) =>
      `  ${name}: {kind: relay, topic: ${name}, pin: ${pinOf[name]}, interlock: motor, interlock_wait: ${waitMs}ms${more[name] ?? ""}}\n`,
  );
  return `devices:\n${lines.join("")}`;
}

interface Change {
  readonly pin: PinName;
  readonly on: boolean;
  readonly atMs: number;
}

/** Pins that outlive agents. Each change is written down with its time; a pin can be stuck, so that writing to it fails. */
class Motor {
  readonly clock = new FakeClock();
  readonly bank = simulatedBank(this.clock);
  readonly changes: Change[] = [];
  readonly stateFile = new FakeStateFile();
  readonly stuck = new Set<PinName>();
  house: House | undefined;
  /** Forgets agents that were killed: their writes reach no pin. */
  #life = 0;
  readonly #yaml: string;

  constructor(yaml: string) {
    this.#yaml = yaml;
  }

  async start(): Promise<void> {
    this.#life += 1;
    const { clock, stateFile } = this;
    this.house = await startHouse(this.#yaml, { clock, stateFile, pins: this.#pins(this.#life) });
  }

  kill(): void {
    this.#life += 1;
    this.house = undefined;
  }

  isOn(name: Name): boolean {
    return this.bank.level(pinOf[name]) === 1;
  }

  get on(): readonly Name[] {
    return names.filter((name) => this.isOn(name));
  }

  #pins(life: number): SimulatedBank {
    const output: SimulatedBank["output"] = async (pin, request) => {
      if (this.stuck.has(pin)) throw new Error(`pin ${pin} is stuck`);
      const before = this.bank.level(pin);
      const line = await this.bank.output(pin, request);
      if (this.bank.level(pin) !== before) this.#note(pin, this.bank.level(pin));
      return {
        ...line,
        write: (level) => {
          if (life !== this.#life) return;
          if (this.stuck.has(pin)) throw new Error(`pin ${pin} is stuck`);
          if (level !== line.read()) this.#note(pin, level);
          line.write(level);
        },
      };
    };
    return { ...this.bank, output };
  }

  #note(pin: PinName, level: Level): void {
    this.changes.push({ pin, on: level === 1, atMs: this.clock.monotonicMs() });
  }
}

async function motor(more: Partial<Record<Name, string>> = {}): Promise<Motor & { house: House }> {
  const made = new Motor(yamlOf(more));
  await made.start();
  await made.clock.advance(waitMs);
  return made as Motor & { house: House };
}

describe("devices of one interlock group", () => {
  it("are never on together: the one that is on goes off first, says so, and all stay off for a while", async () => {
    const { house, clock, isOn } = await bound();
    house.bus.receive("up", "on");
    expect(isOn("up")).toBe(true);
    house.bus.receive("down", '{"state":"on","id":7}');
    expect([isOn("up"), isOn("down"), house.bus.retained.get("up/state")]).toEqual([false, false, "OFF"]);
    expect(JSON.parse(house.bus.on("down/result")[0] ?? "")).toEqual({
      id: 7,
      accepted: true,
      waits_for: "interlock",
      wait: 1,
      state: "OFF",
    });
    await clock.advance(waitMs - 1);
    expect(isOn("down")).toBe(false);
    await clock.advance(1);
    expect([isOn("up"), isOn("down"), house.bus.retained.get("down/state")]).toEqual([false, true, "ON"]);
  });

  it("are left alone by a command to switch off another one", async () => {
    const { house, isOn, clock } = await bound();
    house.bus.receive("up", "on");
    house.bus.receive("down", "off");
    await clock.advance(10_000);
    expect(isOn("up")).toBe(true);
  });

  it("do what was commanded last", async () => {
    const { house, on, clock } = await bound();
    house.bus.receive("up", "on");
    house.bus.receive("down", "on");
    house.bus.receive("aside", "on");
    await clock.advance(10_000);
    expect(on()).toEqual(["aside"]);
    house.bus.receive("up", "on");
    house.bus.receive("aside", "on");
    await clock.advance(10_000);
    expect(on()).toEqual(["aside"]);
    house.bus.receive("up", "on");
    house.bus.receive("up", "off");
    await clock.advance(10_000);
    expect(on()).toEqual([]);
  });

  it("wait for the shortest time that another one is on, and let it be if the wish is taken back", async () => {
    const { house, on, clock } = await bound({ up: ", min_on: 10s" });
    house.bus.receive("up", "on");
    house.bus.receive("down", '{"state":"on","id":1}');
    expect(JSON.parse(house.bus.on("down/result")[0] ?? "")).toMatchObject({ accepted: true, waits_for: "interlock" });
    house.bus.receive("down", "off");
    await clock.advance(60_000);
    expect(on()).toEqual(["up"]);
    house.bus.receive("up", "off");
    await clock.advance(1_000);
    house.bus.receive("up", "on");
    house.bus.receive("down", "on");
    await clock.advance(10_000);
    expect(on()).toEqual([]);
    await clock.advance(waitMs);
    expect(on()).toEqual(["down"]);
  });

  it("refuse to go on while nobody knows that another one is off", async () => {
    const { house, on, clock, stuck } = await bound();
    house.bus.receive("up", "on");
    stuck.add(pinOf.up);
    house.bus.receive("down", "on");
    await clock.advance(5_000);
    house.bus.receive("down", '{"state":"on","id":2}');
    expect(JSON.parse(house.bus.on("down/result").at(-1) ?? "")).toMatchObject({
      accepted: false,
      reason: "interlock",
      message: 'nobody knows that "up" of the interlock group "motor" is off, since it is offline',
    });
    expect(on()).toEqual(["up"]);
    stuck.clear();
    await clock.advance(120_000);
    expect(on()).toEqual([]);
    house.bus.receive("down", "on");
    expect(on()).toEqual(["down"]);
  });

  it("that begin on wait until all of them are claimed and have been off for a while", async () => {
    const made = new Motor(yamlOf({ down: ", initial: on" }));
    made.bank.output(pinOf.up, { initial: 1, keep: false });
    await made.start();
    expect(made.on).toEqual([]);
    await made.clock.advance(waitMs - 1);
    expect(made.on).toEqual([]);
    await made.clock.advance(1);
    expect(made.on).toEqual(["down"]);
  });
});

describe("a device that is to begin on", () => {
  it("stays off where another one of its group can be reached only long after the start", async () => {
    const made = new Motor(yamlOf({ down: ", initial: on" }));
    made.stuck.add(pinOf.up);
    await made.start();
    await made.clock.advance(120_000);
    made.stuck.clear();
    await made.clock.advance(600_000);
    expect([made.on, made.house?.bus.retained.get("up/availability")]).toEqual([[], "online"]);
    made.house?.bus.receive("down", "on");
    expect(made.on).toEqual(["down"]);
  });
});

describe("a kind that switches itself on at the start", () => {
  it("waits for its interlock group, and does not fail by it", async () => {
    const yaml = `devices:
  vent: {kind: fan, topic: vent, speed_pins: [17, 27], initial: on, interlock: air, interlock_wait: 2s}
  heater: {kind: relay, topic: heater, pin: 22, interlock: air}
`;
    const clock = new FakeClock();
    const pins = simulatedBank(clock);
    const output: SimulatedBank["output"] = async (pin, request) => {
      if (pin === 22) await new Promise<void>((resolve) => clock.after(1_000, resolve));
      return pins.output(pin, request);
    };
    const starting = startHouse(yaml, { clock, pins: { ...pins, output } });
    await clock.advance(1_000 + 1_999);
    const { bus, log } = await starting;
    expect(pins.level(27)).toBe(0);
    await clock.advance(1);
    expect([pins.level(17), pins.level(27), bus.retained.get("vent/availability")]).toEqual([0, 1, "online"]);
    expect(log.at("warn")).toEqual([]);
  });
});

/** A motor in parts, which a test can take apart. */
async function bound(more: Partial<Record<Name, string>> = {}) {
  const made = await motor(more);
  return {
    house: made.house,
    clock: made.clock,
    stuck: made.stuck,
    isOn: (name: Name) => made.isOn(name),
    on: () => made.on,
  };
}

/** What can happen to the motor. */
type Step =
  | { readonly do: "command"; readonly name: Name; readonly word: string }
  | { readonly do: "pass"; readonly ms: number }
  | { readonly do: "stick" | "loosen"; readonly name: Name }
  | { readonly do: "kill" | "restart" };

const name = fc.constantFrom(...names);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("command" as const),
      name,
      word: fc.constantFrom("on", "on", "off", "toggle", '{"state":"on","on_time":2}'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("pass" as const),
      ms: fc.constantFrom(1, 100, 499, 500, 501, 2_000, 70_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("stick" as const, "loosen" as const), name }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("kill" as const, "restart" as const) }) },
);

const limit = fc.constantFrom(
  "",
  ", min_on: 3s",
  ", min_off: 2s",
  ", max_on: 5s",
  ", auto_off: 1s",
  ", min_interval: 700ms",
  ", initial: last",
  ", initial: keep",
  ", initial: last, min_off: 1s",
);

/** What must be true of all changes: never two on, and all off for the wait before another one than before goes on. */
function assertHeld(changes: readonly Change[]): void {
  let on: PinName | undefined;
  let before: PinName | undefined;
  let offAtMs = Number.NEGATIVE_INFINITY;
  for (const change of changes) {
    if (!change.on) {
      if (on === change.pin) [on, before, offAtMs] = [undefined, change.pin, change.atMs];
      continue;
    }
    expect(on === undefined || on === change.pin, `${JSON.stringify(changes)}`).toBe(true);
    if (before !== undefined && before !== change.pin)
      expect(change.atMs - offAtMs, JSON.stringify(changes)).toBeGreaterThanOrEqual(waitMs);
    on = change.pin;
  }
}

describe("an interlock group, whatever is commanded, fails or is killed", () => {
  it("never has two on, keeps its wait, and says what the pins are", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), limit, limit, limit, async (steps, up, down, aside) => {
        const made = new Motor(yamlOf({ up, down, aside }));
        await made.start();
        for (const one of steps) {
          if (one.do === "command") made.house?.bus.receive(one.name, one.word);
          else if (one.do === "pass") await made.clock.advance(one.ms);
          else if (one.do === "stick") made.stuck.add(pinOf[one.name]);
          else if (one.do === "loosen") made.stuck.delete(pinOf[one.name]);
          else if (one.do === "kill") {
            made.kill();
            await made.start();
          } else {
            await made.house?.agent.stop();
            await made.start();
          }
          assertHeld(made.changes);
        }
        await made.clock.advance(10);
        for (const of of names) {
          if (made.house?.bus.retained.get(`${of}/availability`) !== "online") continue;
          expect(made.house.bus.retained.get(`${of}/state`)).toBe(made.isOn(of) ? "ON" : "OFF");
        }
      }),
      { numRuns: runs(100) },
    );
  });
});
