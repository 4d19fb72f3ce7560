/** npm run bench: compares the agent with a bare mqtt.js echo, in one run and with one broker. Only the ratios have a meaning. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Aedes } from "aedes";
import { connectAsync, type MqttClient } from "mqtt";
import { stringify } from "yaml";
import { sensorLoads } from "./bench-sensors.ts";
import { residentMegabytes } from "./resident-megabytes.ts";

type Qos = 0 | 1;
interface Contestant {
  readonly name: string;
  start(devices: number, qos: Qos): { child: ChildProcess; status: string };
}

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "pi2mqtt-bench-"));
const rows: { measured: string; echo: string; pi2mqtt: string; ratio: string; limit: string }[] = [];
let failed = false;

async function main(): Promise<void> {
  const { url, broker, stop } = await startBroker();
  console.log(`pi2mqtt against a bare mqtt.js echo, both with ${broker}; every figure is of this run.\n`);
  const echo: Contestant = {
    name: "echo",
    start: (devices, qos) =>
      launch(["bench-echo.mjs", url, "echo/status", String(qos), String(devices)], "echo/status"),
  };
  const agent: Contestant = {
    name: "pi2mqtt",
    start(devices) {
      const file = join(folder, `devices-${devices}.yaml`);
      writeFileSync(file, devicesYaml(devices, url));
      return launch(["../dist/main.js", "run", "--config", file], `pi2mqtt/bench-${devices}/status`);
    },
  };
  try {
    for (const qos of [0, 1] as const) await compareLatency(url, echo, agent, qos);
    await flood(url, agent);
    for (const devices of [10, 500]) await compareStart(url, echo, agent, devices);
    await compareSensors(url);
  } finally {
    stop();
  }
  console.table(rows);
  process.exitCode = failed ? 1 : 0;
}

/** Mosquitto if it is installed, otherwise the embedded broker. */
async function startBroker(): Promise<{ url: string; broker: string; stop: () => void }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const url = `mqtt://127.0.0.1:${port}`;
  const program = ["mosquitto", "/usr/sbin/mosquitto"].find((name) => spawnSync(name, ["-h"]).error === undefined);
  if (program === undefined) {
    const broker = await Aedes.createBroker();
    server.on("connection", (socket) => broker.handle(socket.setNoDelay(true)));
    return { url, broker: "the embedded broker", stop: () => process.exit() };
  }
  await new Promise((resolve) => server.close(resolve));
  const file = join(folder, "mosquitto.conf");
  const settings = ["allow_anonymous true", "set_tcp_nodelay true", "max_queued_messages 100000", "persistence false"];
  writeFileSync(file, [`listener ${port} 127.0.0.1`, ...settings, ""].join("\n"));
  const child = spawn(program, ["-c", file], { stdio: "ignore" });
  for (let isUp = false; !isUp; ) {
    isUp = await connectAsync(url, { reconnectPeriod: 0 }).then(
      (client) => client.endAsync().then(() => true),
      () => false,
    );
  }
  return { url, broker: "Mosquitto", stop: () => child.kill() };
}

function launch([script = "", ...words]: string[], status: string): { child: ChildProcess; status: string } {
  return { child: spawn(process.execPath, [path(script), ...words], { stdio: "ignore" }), status };
}

/** Relays on simulated pins. With `force_pins` a simulated bank has any number of pins. */
function devicesYaml(count: number, url: string): string {
  const numbers = Array.from({ length: count }, (_one, index) => index);
  const devices = numbers.map((number) => [`d${number}`, { kind: "relay", topic: `bench/${number}`, pin: number }]);
  return stringify({
    // One that had other devices before would move these first.
    agent: { id: `bench-${count}` },
    broker: { url },
    gpio: { backend: "simulated", force_pins: numbers },
    devices: Object.fromEntries(devices),
  });
}

/** Starts a contestant and waits until it says online. */
async function online(url: string, contestant: Contestant, devices: number, qos: Qos = 1) {
  const client = await connectAsync(url, { protocolVersion: 5 });
  client.stream.setMaxListeners(0);
  const begin = performance.now();
  const { child, status } = contestant.start(devices, qos);
  await client.subscribeAsync(status, { qos: 1, rh: 2 });
  const ms = await new Promise<number>((resolve) => {
    client.on("message", (_topic, payload) => payload.toString() === "online" && resolve(performance.now() - begin));
  });
  await client.unsubscribeAsync(status);
  client.removeAllListeners("message");
  return { client, child, ms };
}

async function stopped(client: MqttClient, child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill();
  await Promise.all([ended, client.endAsync()]);
}

async function compareLatency(url: string, echo: Contestant, agent: Contestant, qos: Qos): Promise<void> {
  const times: Record<string, number[]> = { echo: [], pi2mqtt: [] };
  for (let round = 0; round < 4; round += 1) {
    for (const contestant of [echo, agent]) {
      const { client, child } = await online(url, contestant, 1, qos);
      (client.stream as { setNoDelay?: (on: boolean) => void }).setNoDelay?.(true);
      await client.subscribeAsync("bench/0/state", { qos, rh: 2 });
      for (let count = 0; count < 1_000; count += 1) {
        const answer = new Promise<void>((resolve) => client.once("message", () => resolve()));
        const begin = performance.now();
        client.publish("bench/0", count % 2 === 0 ? "on" : "off", { qos });
        await answer;
        // The first ones warm up.
        if (count >= 200) times[contestant.name]?.push(performance.now() - begin);
      }
      await stopped(client, child);
    }
  }
  compare(`command to state, p50, QoS ${qos}`, median(times["echo"]), median(times["pi2mqtt"]), 1.5);
}

async function compareStart(url: string, echo: Contestant, agent: Contestant, devices: number): Promise<void> {
  const times: Record<string, number[]> = { echo: [], pi2mqtt: [] };
  const memory: Record<string, number[]> = { echo: [], pi2mqtt: [] };
  for (let round = 0; round < 7; round += 1) {
    for (const contestant of [echo, agent]) {
      const { client, child, ms } = await online(url, contestant, devices);
      times[contestant.name]?.push(ms);
      // What a start needs besides is said within a moment.
      await new Promise((resolve) => setTimeout(resolve, 500));
      memory[contestant.name]?.push(residentMegabytes(child.pid));
      await stopped(client, child);
    }
  }
  compare(`start to online, ${devices} devices`, median(times["echo"]), median(times["pi2mqtt"]), 2);
  compare(`memory after the start, ${devices} devices`, median(memory["echo"]), median(memory["pi2mqtt"]), 1.75, "MB");
}

/** 200 sensors against 20: ten times as many may cost ten times as much, and no more. Here the first column is not the echo. */
async function compareSensors(url: string): Promise<void> {
  const [few, many] = await sensorLoads(url, folder, [20, 200]);
  if (few === undefined || many === undefined) return;
  compare("200 sensors against 20, each at 10 s: CPU in a minute", few.cpuMs, many.cpuMs, 10);
  compare("200 sensors against 20, each at 10 s: wake-ups in a minute", few.wakeUps, many.wakeUps, 10, "");
}

/** Sends 20,000 commands to 100 devices as fast as the broker accepts them, and one more to each, which is answered. */
async function flood(url: string, agent: Contestant): Promise<void> {
  const devices = 100;
  const perDevice = 200;
  const { client, child } = await online(url, agent, devices);
  const states: string[][] = Array.from({ length: devices }, () => []);
  let answers = 0;
  await client.subscribeAsync(["bench/+/state", "bench/+/result"], { qos: 1, rh: 2 });
  const allAnswered = new Promise<void>((resolve) => {
    client.on("message", (topic, payload) => {
      const [, device, what] = topic.split("/");
      if (what === "state") states[Number(device)]?.push(payload.toString());
      else answers += 1;
      if (answers === devices) resolve();
    });
  });
  // The pattern has no period of two, so that two commands in the wrong order are noticed.
  const wanted = (device: number, index: number) => ((device + index * index) % 3 === 0 ? "OFF" : "ON");
  const begin = performance.now();
  for (let index = 0; index < perDevice; index += 1)
    for (let device = 0; device < devices; device += 1)
      client.publish(`bench/${device}`, wanted(device, index).toLowerCase(), { qos: 1 });
  for (let device = 0; device < devices; device += 1)
    client.publish(`bench/${device}`, JSON.stringify({ state: wanted(device, perDevice - 1), id: "last" }), { qos: 1 });
  await allAnswered;
  const seconds = (performance.now() - begin) / 1000;
  const said = states.flat().length;
  // A state that was replaced while it waited is not published. The others come in the order of the commands.
  const wrong = states.filter((list, device) => {
    let index = 0;
    return !list.every((state) => {
      while (index < perDevice && wanted(device, index) !== state) index += 1;
      index += 1;
      return index <= perDevice + 1;
    });
  }).length;
  const kept = new Map<string, string>();
  const newcomer = await connectAsync(url);
  const allKept = new Promise<void>((resolve) => {
    newcomer.on("message", (topic, payload) => kept.set(topic, payload.toString()).size === devices && resolve());
  });
  await newcomer.subscribeAsync("bench/+/state", { qos: 1 });
  await allKept;
  await newcomer.endAsync();
  const wrongKept = states.filter(
    (_list, device) => kept.get(`bench/${device}/state`) !== wanted(device, perDevice - 1),
  );
  await stopped(client, child);
  failed ||= wrong > 0 || wrongKept.length > 0;
  const result = `${said} states said, ${wrong} devices out of order, ${wrongKept.length} wrong retained`;
  rows.push({
    measured: `20,000 commands, 100 devices (${seconds.toFixed(1)} s)`,
    echo: "",
    pi2mqtt: result,
    ratio: "",
    limit: "0 wrong",
  });
}

/** Notes a ratio. Above its limit the bench fails; one of what this machine cannot tell is noted only. */
function compare(measured: string, echo: number, pi2mqtt: number, limit: number, unit = "ms"): void {
  const ratio = pi2mqtt / echo;
  failed ||= ratio > limit;
  rows.push({
    measured,
    echo: `${echo.toFixed(2)} ${unit}`,
    pi2mqtt: `${pi2mqtt.toFixed(2)} ${unit}`,
    ratio: ratio.toFixed(2),
    limit: `${limit}`,
  });
}

function median(values: readonly number[] = []): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

await main();
