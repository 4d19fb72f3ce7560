import { execFileSync, spawn } from "node:child_process";
import { closeSync, constants, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { startAedes, type TestBroker } from "./brokers.ts";
import { Observer } from "./observer.ts";
import { environmentWithoutBroker, folderWith, main } from "./process.ts";

const lamp = "agent: {id: test}\ndevices:\n  lamp: {kind: relay, topic: home/lamp, pin: 17}\n";

let broker: TestBroker;
let observer: Observer;

beforeEach(async () => {
  broker = await startAedes();
  observer = await Observer.connect(broker.port);
});

afterEach(async () => {
  await observer.close();
  await broker.stop();
});

/** Starts the agent with its log, and what it says on standard error, in this file. */
function startInto(file: number, folder: string) {
  const child = spawn(process.execPath, [main, "run", "--simulate", "--debug"], {
    cwd: folder,
    env: { ...environmentWithoutBroker(), MQTT_URL: `mqtt://127.0.0.1:${broker.port}` },
    stdio: ["ignore", file, file],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  closeSync(file);
  const ended = new Promise((resolve) => child.once("close", (code, signal) => resolve(signal ?? code)));
  return { child, ended };
}

/** A pipe, as a shell makes it; its reader is the test. */
function pipe(folder: string): { reader: number; writer: number } {
  const file = join(folder, "pipe");
  execFileSync("mkfifo", [file]);
  const reader = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  return { reader, writer: openSync(file, constants.O_WRONLY) };
}

/** Sends so many commands that their lines at debug fill any pipe, which holds 64 KiB, and waits until all are carried out. */
async function fillThePipe(commands: number): Promise<void> {
  const before = observer.on("home/lamp/state").length;
  for (let count = 0; count < commands; count += 1) void observer.publish("home/lamp", count % 2 === 0 ? "on" : "off");
  await observer.untilTrue(() => observer.on("home/lamp/state").length === before + commands);
}

describe.skipIf(process.platform !== "linux")("an agent whose log", () => {
  /** The agent obeys still, and ends in order. */
  async function proveOrder({ child, ended }: ReturnType<typeof startInto>): Promise<void> {
    await observer.publish("home/lamp", "on");
    await observer.until("home/lamp/state", "ON");
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
    await observer.until("home/lamp/state", "OFF");
    await observer.until("pi2mqtt/test/status", "offline");
  }

  it("goes to a full disk switches, and ends with its relays at rest", async () => {
    const agent = startInto(openSync("/dev/full", "w"), folderWith({ "devices.yaml": lamp }));
    await observer.until("pi2mqtt/test/status", "online");
    await fillThePipe(100);
    await proveOrder(agent);
  });

  it("goes to a reader that is gone switches, and ends with its relays at rest", async () => {
    const folder = folderWith({ "devices.yaml": lamp });
    const { reader, writer } = pipe(folder);
    closeSync(reader);
    const agent = startInto(writer, folder);
    await observer.until("pi2mqtt/test/status", "online");
    await fillThePipe(100);
    await proveOrder(agent);
  });

  it("goes to a reader that sleeps switches, and ends with its relays at rest", async () => {
    const folder = folderWith({ "devices.yaml": lamp });
    const { reader, writer } = pipe(folder);
    onTestFinished(() => closeSync(reader));
    const agent = startInto(writer, folder);
    await observer.until("pi2mqtt/test/status", "online");
    await fillThePipe(1_000);
    await proveOrder(agent);
  });

  it("was not read for long tells how many lines were lost, once it is read again", async () => {
    const folder = folderWith({ "devices.yaml": lamp });
    const { reader, writer } = pipe(folder);
    onTestFinished(() => closeSync(reader));
    const { child, ended } = startInto(writer, folder);
    await observer.until("pi2mqtt/test/status", "online");
    // Each has two lines of more than 100 characters; a mebibyte and the pipe's own share are kept.
    await fillThePipe(8_000);
    let text = "";
    const bytes = Buffer.alloc(65_536);
    const readMore = () => {
      try {
        text += bytes.toString("utf8", 0, readSync(reader, bytes));
      } catch {
        // Nothing is there yet.
      }
      return text;
    };
    await expect.poll(readMore, { interval: 2, timeout: 20_000 }).toContain("lines of the log were lost");
    const lines = text
      .trimEnd()
      .split("\n")
      .filter((line) => line.startsWith("{"));
    const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const { lines: lost } = told.find(({ msg }) => String(msg).startsWith("lines of the log were lost")) ?? {};
    const kept = told.filter(({ msg }) => msg === "command" || msg === "state").length;
    // One of all is the state at the start.
    expect(Number(lost) + kept).toBe(16_001);
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  });
});
