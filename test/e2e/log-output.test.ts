import { execFileSync, spawn } from "node:child_process";
import { closeSync, constants, openSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { startAedes, type TestBroker } from "./brokers.ts";
import { Observer } from "./observer.ts";
import { environmentWithoutBroker, folderWith, main, startProgram } from "./process.ts";

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
function startInto(file: number, folder: string, environment: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [main, "run", "--simulate", "--debug"], {
    cwd: folder,
    env: { ...environmentWithoutBroker(), MQTT_URL: `mqtt://127.0.0.1:${broker.port}`, ...environment },
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
  for (let count = 1; count < commands; count += 1) void observer.publish("home/lamp", count % 2 === 0 ? "on" : "off");
  // States that others overtake are not published; the answer comes when all commands are carried out.
  await observer.publish("home/lamp", '{"state":"OFF","id":"last"}');
  await observer.untilTrue(() => observer.on("home/lamp/result").some((answer) => answer.includes('"last"')));
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

describe.skipIf(process.platform !== "linux")("a defect of the agent", () => {
  /** Something in the agent's process that throws when it gets SIGWINCH, which a terminal sends. */
  const defect = "process.on('SIGWINCH',()=>{throw new Error('it broke \\x1b]0;title\\x07')})";
  const environment = { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(defect)}` };

  async function breakAgent(file: number, folder: string): Promise<void> {
    const { child, ended } = startInto(file, folder, environment);
    await observer.until("pi2mqtt/test/status", "online");
    await observer.publish("home/lamp", "on");
    await observer.until("home/lamp/state", "ON");
    child.kill("SIGWINCH");
    expect(await ended).toBe(1);
    await observer.until("home/lamp/state", "OFF");
  }

  it("is told on standard error without what disturbs a terminal, and its relays come to rest", async () => {
    const folder = folderWith({ "devices.yaml": lamp });
    const file = join(folder, "output");
    await breakAgent(openSync(file, "a"), folder);
    const output = readFileSync(file, "utf8");
    expect(output).toContain(
      "a defect of pi2mqtt; please report it: Error: it broke \u{fffd}]0;title\u{fffd}\n    at ",
    );
    expect(output).toContain('"msg":"pi2mqtt stopped"');
  });

  it("does no more harm where nobody can be told: its relays come to rest", async () => {
    await breakAgent(openSync("/dev/full", "w"), folderWith({ "devices.yaml": lamp }));
    const folder = folderWith({ "devices.yaml": lamp });
    const { reader, writer } = pipe(folder);
    closeSync(reader);
    await breakAgent(writer, folder);
  });
});

it.skipIf(process.platform === "win32")(
  "shows what others wrote clean, and answers them with what they sent",
  async () => {
    const environment = { MQTT_URL: `mqtt://127.0.0.1:${broker.port}` };
    const cwd = folderWith({ "devices.yaml": lamp });
    const { child, ended } = startProgram(["run", "--simulate"], { cwd, environment });
    await observer.until("pi2mqtt/test/status", "online");
    const id = "\u001b]0;title\u0007\u009b";
    await observer.publish("home/lamp", JSON.stringify({ state: "ON", [id]: 1, id }));
    await observer.untilTrue(() => observer.on("home/lamp/result").length > 0);
    expect(JSON.parse(observer.on("home/lamp/result")[0] ?? "")).toMatchObject({ id, accepted: false });
    child.kill("SIGTERM");
    const { stdout } = await ended;
    expect(stdout).toContain('"reason":"there is no \\"\u{fffd}]0;title\u{fffd}\u{fffd}\\" in a command;');
    expect(stdout).not.toMatch(/[\u007f-\u009f]|(?<!\\)\\u00/);
  },
);
