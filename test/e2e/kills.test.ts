import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { readState } from "../../src/runtime/machine/state-file.ts";
import { PigpiodServer } from "../fakes/pins/pigpiod-server.ts";
import { startAedes } from "./brokers.ts";
import { Observer } from "./observer.ts";
import { folderWith, startProgram } from "./process.ts";

const kills = 200;
/** The same moments each time; the environment variable SEED tries others. */
const seed = Number(process.env["SEED"] ?? 1);

/** What a machine under load may be late by. */
const lateMs = 3_000;

/** Each limit, on relays that are on again after a kill as they were before it. */
const relays = {
  max: { pin: 12, options: "max_on: 3s", longestMs: 3_000 },
  rested: { pin: 16, options: "max_on: 2s, max_on_rest: 3s", longestMs: 2_000 },
  auto: { pin: 13, options: "auto_off: 3s", longestMs: 3_000 },
  timed: { pin: 19, options: "min_interval: 200ms", longestMs: 3_000 },
  /** The shortest times begin with each start, so it is seldom on. */
  least: { pin: 25, options: "min_on: 1s, min_off: 1s, max_on: 3s", longestMs: 3_000 },
  one: { pin: 20, options: "max_on: 3s, interlock: pair, interlock_wait: 100ms", longestMs: 3_000 },
  other: { pin: 21, options: "max_on: 3s, interlock: pair, interlock_wait: 100ms", longestMs: 3_000 },
  /** A wait of ten seconds and more is kept. */
  ruled: { pin: 26, options: "", longestMs: 10_000 },
} as const;

type Name = keyof typeof relays;
const names = Object.keys(relays) as Name[];

const onOf = (name: Name) => (name === "timed" ? '{"state":"ON","on_time":3}' : "on");

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function random(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Since when each pin is high, and while no program was ready to do anything about it. */
class Watch {
  readonly #sinceMs = new Map<number, number>();
  readonly #idle: { readonly fromMs: number; readonly toMs: number }[] = [];
  readonly tooLong: string[] = [];
  /** How often each relay went on and off again. */
  readonly ended = new Map<Name, number>();
  #idleFromMs: number | undefined;

  edge(pin: number, level: number): void {
    const since = this.#sinceMs.get(pin);
    if (level === 1 && since === undefined) this.#sinceMs.set(pin, performance.now());
    if (level === 1 || since === undefined) return;
    this.#sinceMs.delete(pin);
    const name = this.#judge(pin, since);
    if (name !== undefined) this.ended.set(name, (this.ended.get(name) ?? 0) + 1);
  }

  /** No program is ready from now on, until `ready`. */
  killed(): void {
    this.#idleFromMs = performance.now();
  }

  ready(): void {
    if (this.#idleFromMs !== undefined) this.#idle.push({ fromMs: this.#idleFromMs, toMs: performance.now() });
    this.#idleFromMs = undefined;
  }

  /** Looks at the pins that are still high. */
  look(): void {
    for (const [pin, since] of this.#sinceMs) this.#judge(pin, since);
  }

  #judge(pin: number, sinceMs: number): Name | undefined {
    const nowMs = performance.now();
    const name = names.find((one) => relays[one].pin === pin);
    if (name === undefined) return undefined;
    // What is due while no program runs is done by the next one: the last pause is all that may be added.
    const pauses = this.#idle.filter(({ toMs }) => toMs > sinceMs).map(({ fromMs, toMs }) => toMs - fromMs);
    const allowedMs = relays[name].longestMs + Math.max(0, ...pauses) + lateMs;
    const onMs = nowMs - sinceMs;
    if (onMs > allowedMs) this.tooLong.push(`${name} was on for ${Math.round(onMs)} ms, of ${Math.round(allowedMs)}`);
    return name;
  }
}

it(`keeps every limit and every rule's wait over kill -9 at ${kills} moments, with a state file that is whole`, async () => {
  const next = random(seed);
  const daemon = new PigpiodServer();
  await daemon.listen();
  onTestFinished(() => daemon.stop());
  const broker = await startAedes();
  onTestFinished(() => broker.stop());
  const observer = await Observer.connect(broker.port);
  onTestFinished(() => observer.close());
  const watch = new Watch();
  daemon.pins.samples.add(({ pin, level }) => watch.edge(pin, level));

  const lines = names.map((name) => {
    const { pin, options } = relays[name];
    return `  ${name}: {kind: relay, topic: ${name}, pin: ${pin}, initial: last${options && `, ${options}`}}\n`;
  });
  const yaml = `agent: {id: test}
home_assistant: {discovery: false}
gpio: {backend: pigpiod, pigpiod: "0.0.0.0:${daemon.port}"}
devices:
${lines.join("")}rules:
  ruled: {when: {topic: remote}, then: [{device: ruled, command: on}, {wait: 10s}, {device: ruled, command: off}]}
`;
  const folder = folderWith({ "devices.yaml": yaml });
  const state = join(folder, "state", "test.json");
  const environment = { MQTT_URL: `mqtt://127.0.0.1:${broker.port}`, STATE_DIRECTORY: join(folder, "state") };

  for (let killed = 0; killed < kills; killed += 1) {
    observer.seen.length = 0;
    const { child, ended } = startProgram(["run"], { cwd: folder, environment });
    const failed = ended.then(({ stderr }) => Promise.reject(new Error(`it has ended by itself: ${stderr}`)));
    failed.catch(() => {});
    await Promise.race([observer.until("pi2mqtt/test/status", "online"), failed]);
    watch.ready();
    const name = names[Math.floor(next() * names.length)] ?? "max";
    const isOn = daemon.pins.at(relays[name].pin).level === 1;
    // Each command begins auto_off and on_time anew, so they get none while they are on.
    const isBegunAnew = name === "auto" || name === "timed";
    if (name === "ruled") await observer.publish("remote", "x");
    else if (!isBegunAnew || !isOn) await observer.publish(`${name}/set`, next() < 0.8 ? onOf(name) : "off");
    await pause(next() * 700);
    child.kill("SIGKILL");
    await once(child, "exit");
    watch.killed();
    watch.look();
    await observer.until("pi2mqtt/test/status", "offline");
    const text = readFileSync(state, "utf8");
    expect(readState(text)).toHaveProperty("devices");
  }
  expect(watch.tooLong).toEqual([]);
  // Nothing is proved by relays that were never on.
  for (const name of names)
    if (name !== "least") expect([name, (watch.ended.get(name) ?? 0) > 3]).toEqual([name, true]);
}, 900_000);
