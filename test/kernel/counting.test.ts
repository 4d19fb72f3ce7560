import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../../src/core/time/clock.ts";
import { gpiochip } from "../../src/gpio/gpiochip.ts";
import type { Pins } from "../../src/gpio/pins.ts";
import { Causes } from "../../src/runtime/device/causes.ts";
import { Resources } from "../../src/runtime/device/resources.ts";
import { Waits } from "../../src/runtime/device/waits.ts";
import { NewestTimes } from "../../src/runtime/guard/newest-times.ts";
import { DevicePins } from "../../src/runtime/pins/device-pins.ts";
import { LineLooks } from "../../src/runtime/pins/line-looks.ts";
import { lookAgainMs } from "../../src/runtime/pins/pin-ports.ts";
import { mosquittoMissing, startMosquitto, type TestBroker } from "../e2e/brokers.ts";
import { Observer } from "../e2e/observer.ts";
import { cannotRun } from "../e2e/required.ts";
import { lastingOver } from "../fakes/lasting.ts";
import { chosenPin, keptInMemory } from "../fakes/pins/pin-bench.ts";
import { type AgentProcess, startAgentProcess } from "./agent-process.ts";
import { driveEdges } from "./edges.ts";
import { SimulatedChip } from "./gpio-sim.ts";
import { until } from "./guest.ts";
import { pinsThrough } from "./ports.ts";

const meter = 5;
const pulses = 10_000;
let chip: SimulatedChip;
let pins: Pins;
let counted: number;
let resources: Resources;

const fail = (error: unknown) => {
  throw error;
};

/** Counts as a device does whose option names the pin; the input rests low. */
async function startCounting(): Promise<void> {
  const gpio = new DevicePins({
    pins,
    chosen: [chosenPin(meter, "input")],
    clock: resources.clock(systemClock, fail),
    looks: new LineLooks(systemClock, lookAgainMs),
    lasting: lastingOver(systemClock),
    causes: new Causes(),
    times: new NewestTimes(),
    switchOn: () => {},
    switchedBy: () => {},
    waits: new Waits(() => systemClock.monotonicMs()),
    limits: {},
    keep: keptInMemory(),
    isStarting: () => false,
    onStop: resources.onStop,
    fail,
  });
  await gpio.count(meter, {
    debounceMs: 0,
    onPulse: (_atMs, more) => {
      counted += more;
    },
  });
}

const claimNeighbour = (pin: number) =>
  pins.input(pin, { pull: "none", debounceMs: 0, onEdge: () => {}, onError: fail });

/** Whoever lost a pulse has had time to tell of it. */
async function expectAll(): Promise<void> {
  await until("the last pulse", () => counted >= pulses, 10_000).catch(() => {});
  expect(counted).toBe(pulses);
}

beforeEach(() => {
  chip = new SimulatedChip({ label: "pinctrl-bcm2711" });
  chip.drive(meter, 0);
  pins = pinsThrough(gpiochip);
  resources = new Resources(fail);
  counted = 0;
});
afterEach(async () => {
  await resources.release();
  await pins.close();
  chip.remove();
});

describe("pulses as fast as this machine makes them", () => {
  it("are all counted: 10,000 of 10,000", async () => {
    await startCounting();
    const perSecond = await driveEdges(chip, meter, 2 * pulses, async () => {});
    await expectAll();
    console.log(`${counted} of ${pulses} pulses counted, at ${Math.round(perSecond / 2)} per second`);
  });

  it("are all counted where nobody reads for so long that the kernel cannot keep their edges", async () => {
    await startCounting();
    for (let pulse = 0; pulse < pulses; pulse += 1) {
      chip.drive(meter, 1);
      chip.drive(meter, 0);
    }
    expect(counted).toBe(0);
    await expectAll();
  });

  it("are all counted while inputs that were claimed with it go, and others come and go", async () => {
    const companions = Array.from({ length: 20 }, (_, index) => 20 + index);
    const [, ...lines] = await Promise.all([startCounting(), ...companions.map(claimNeighbour)]);
    let isOver = false;
    let changes = 0;
    const comeAndGo = async () => {
      for (; !isOver; changes += 1) {
        const line = await claimNeighbour(6);
        await line.close();
      }
    };
    const coming = comeAndGo();
    const gone: Promise<void>[] = [];
    await driveEdges(chip, meter, 2 * pulses, async () => {
      // Not waited for: it goes while the next edges come.
      const line = lines.pop();
      if (line !== undefined) gone.push(line.close());
    });
    isOver = true;
    await Promise.all([coming, ...gone]);
    expect(lines).toHaveLength(0);
    await expectAll();
    console.log(`${counted} of ${pulses} pulses counted, while an input came and went ${changes} times`);
  });
});

describe("the built agent with a counter", () => {
  if (mosquittoMissing !== undefined) return cannotRun(mosquittoMissing);

  const yaml = `gpio: {backend: gpiochip}
devices:
  meter: {kind: counter, topic: home/meter, pin: ${meter}, active_low: false, debounce: 0ms, every: 1s}
`;
  let broker: TestBroker;
  let observer: Observer;
  let agent: AgentProcess | undefined;

  /** All totals that it said, in order, through all its lives. */
  const totals = () => observer.on("home/meter").map((text) => (JSON.parse(text) as { total: number }).total);
  const lastTotal = () => totals().at(-1) ?? 0;
  const start = async () => {
    agent = startAgentProcess(yaml, broker.port);
    await observer.until("pi2mqtt/test/status", "online");
    return agent;
  };

  beforeEach(async () => {
    broker = await startMosquitto();
    observer = await Observer.connect(broker.port);
  });
  afterEach(async () => {
    await agent?.kill();
    await observer.close();
    await broker.stop();
  });

  it("never says less than before, however often it is killed while pulses come", async () => {
    for (let life = 1; life <= 6; life += 1) {
      const { kill } = await start();
      const before = lastTotal();
      const driving = driveEdges(chip, meter, 10_000, () => sleep(80));
      await until("pulses of this life", () => lastTotal() > before + 500);
      await sleep(life * 70);
      await kill();
      await observer.until("pi2mqtt/test/status", "offline");
      await driving;
    }
    expect(lastTotal()).toBeGreaterThan(6 * 500);
    expect(totals()).toEqual(totals().toSorted((one, other) => one - other));
  });

  it("counts 10,000 of 10,000, keeps them over a stop, and takes another total", async () => {
    const { stop } = await start();
    await observer.publish("home/meter/total/set", "1000000");
    await until("the total that was set", () => lastTotal() === 1_000_000);
    await driveEdges(chip, meter, 2 * pulses, async () => {});
    await until("the last pulse", () => lastTotal() >= 1_000_000 + pulses);
    expect(lastTotal()).toBe(1_000_000 + pulses);
    await stop();
    await observer.until("pi2mqtt/test/status", "offline");
    const before = totals().length;
    await start();
    await until("the total of the next start", () => totals().length > before);
    expect(lastTotal()).toBe(1_000_000 + pulses);
  });

  it("counts 10,000 of 10,000, though it is killed between the bursts", async () => {
    const before = chip.changes(meter);
    for (let life = 1; life <= 4; life += 1) {
      const { kill } = await start();
      if (life === 1) {
        await observer.publish("home/meter/total/set", "0");
        await until("the total that was set", () => totals().length > 1 && lastTotal() === 0);
      }
      const sofar = life * (pulses / 4);
      await driveEdges(chip, meter, 2 * (pulses / 4), async () => {});
      // What was said is on the disk.
      await until("the last pulse of this life", () => lastTotal() >= sofar);
      expect(lastTotal()).toBe(sofar);
      await kill();
      await observer.until("pi2mqtt/test/status", "offline");
    }
    expect(chip.changes(meter) - before).toBe(2 * pulses);
    expect(lastTotal()).toBe(pulses);
  });
});
