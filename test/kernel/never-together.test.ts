import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checked } from "../config/checked.ts";
import { mosquittoMissing, startMosquitto, type TestBroker } from "../e2e/brokers.ts";
import { Observer } from "../e2e/observer.ts";
import { cannotRun } from "../e2e/required.ts";
import { type AgentProcess, startAgentProcess } from "./agent-process.ts";
import { persistOutputs, SimulatedChip } from "./gpio-sim.ts";
import { until } from "./guest.ts";
import { faultsIn, LineWatch, type NeverTogether, reversalsIn } from "./line-watch.ts";

type Command = readonly [topic: string, payload: string];

/** Two lines of which never two may be on, and what is said to those who drive them. */
interface Pair extends NeverTogether {
  readonly yaml: string;
  readonly lines: readonly [number, number];
  /** The command that puts each of the lines on. */
  readonly puttingOn: readonly [Command, Command];
  readonly others: readonly Command[];
}

const coverTopic = "home/shutter/set";

/** A motor with two relays on a board that switches on at a low level. */
const cover: Pair = {
  yaml: "devices:\n  shutter: {kind: cover, topic: home/shutter, open_pin: 22, close_pin: 23, active_low: true, open_time: 10s, dead_time: 100ms}\n",
  lines: [22, 23],
  on: 0,
  pauseMs: 100,
  puttingOn: [
    [coverTopic, "open"],
    [coverTopic, "close"],
  ],
  others: [
    [coverTopic, "stop"],
    ["home/shutter/position/set", "40"],
    ["home/shutter/position/set", "60"],
  ],
};

/** Two relays that are devices of their own, with a group between them. */
const interlocked: Pair = {
  yaml: `devices:
  up: {kind: relay, topic: home/up, pin: 22, interlock: motor, interlock_wait: 500ms}
  down: {kind: relay, topic: home/down, pin: 23, interlock: motor, interlock_wait: 500ms}
`,
  lines: [22, 23],
  on: 1,
  pauseMs: 500,
  puttingOn: [
    ["home/up/set", "on"],
    ["home/down/set", "on"],
  ],
  others: [
    ["home/up/set", "off"],
    ["home/down/set", "off"],
    ["home/up/set", "toggle"],
    ["home/down/set", '{"state":"ON","on_time":0.2}'],
  ],
};

/** Why no agent can run with this devices.yaml. */
const refused = ({ yaml }: Pair) => checked(yaml).problems.find((problem) => problem.includes("there is no option"));

const lives = 3;

describe.each([
  ["the two relays of a cover", "gpiochip", cover, { commands: 20, upToMs: 200 }],
  ["the two relays of a cover", "onoff", cover, { commands: 20, upToMs: 200 }],
  ["two relays of an interlock group", "gpiochip", interlocked, { commands: 12, upToMs: 800 }],
] as const)("%s, with the backend %s, watched from outside", (_what, backend, pair, { commands, upToMs }) => {
  const missing = mosquittoMissing ?? refused(pair);
  if (missing !== undefined) return cannotRun(missing);

  const { yaml, lines, on, puttingOn, others } = pair;
  let chip: SimulatedChip;
  let broker: TestBroker;
  let observer: Observer;
  let agent: AgentProcess;
  let watch: LineWatch;

  const start = async () => {
    agent = startAgentProcess(`gpio: {backend: ${backend}}\n${yaml}`, broker.port);
    await observer.until("pi2mqtt/test/status", "online");
  };
  const say = ([topic, payload]: Command) => observer.publish(topic, payload);
  const isOn = (one: 0 | 1) => until("the line that was commanded", () => chip.level(lines[one]) === on);
  const off = () => lines.map((line) => chip.level(line) !== on);

  beforeEach(async () => {
    // A relay stays as it is when its agent is killed, as on Raspberry Pi OS.
    persistOutputs(true);
    chip = new SimulatedChip({ label: "pinctrl-bcm2711" });
    for (const line of lines) chip.drive(line, on === 1 ? 0 : 1);
    watch = new LineWatch(chip, lines);
    broker = await startMosquitto();
    observer = await Observer.connect(broker.port);
  });
  afterEach(async () => {
    await agent.kill();
    await observer.close();
    await broker.stop();
    chip.remove();
  });

  it("are never on together and keep their pause, through commands, kills and restarts", async () => {
    const seed = Date.now() % 1_000_000;
    const steps = fc.sample(
      fc.record({ command: fc.constantFrom(...puttingOn, ...puttingOn, ...others), afterMs: fc.nat(upToMs) }),
      { numRuns: lives * commands, seed },
    );
    for (let life = 0; life < lives; life += 1) {
      await start();
      // The other one than it was killed with, which is the most dangerous one, and then back.
      const first = life % 2 === 0 ? 0 : 1;
      for (const one of first === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
        await say(puttingOn[one]);
        await isOn(one);
      }
      for (const { command, afterMs } of steps.splice(0, commands)) {
        await say(command);
        await sleep(afterMs);
        watch.look();
      }
      await say(puttingOn[first]);
      await isOn(first);
      await agent.kill();
      expect(off().filter(Boolean), "the relay goes on without its agent").toHaveLength(1);
      await observer.until("pi2mqtt/test/status", "offline");
      // Where the service brings it to rest, and where the next start has to.
      if (life % 2 === 1) continue;
      agent.safeState();
      expect(off()).toEqual([true, true]);
    }
    await start();
    expect(await agent.stop()).toBe(0);
    expect(off()).toEqual([true, true]);
    expect(faultsIn(watch.changes, pair), `with the seed ${seed}`).toEqual([]);
    // In each life there and back, and once more from one life to the next.
    expect(reversalsIn(watch.changes, pair)).toBeGreaterThanOrEqual(3 * lives - 1);
  });
});
