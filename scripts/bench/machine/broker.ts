import { type ChildProcess, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { Aedes } from "aedes";
import { end, folder, pause, start } from "./processes.ts";

/** A broker on this machine that can be killed and started again on the same port. It forgets everything between. */
export interface Broker {
  readonly port: number;
  /** Resolves when it accepts connections. */
  start(): Promise<void>;
  /** Ends it without a word to its clients. */
  kill(): Promise<void>;
}

const settings = [
  "allow_anonymous true",
  "set_tcp_nodelay true",
  "max_queued_messages 100000",
  "persistence false",
  "log_dest none",
];

/** The program Mosquitto with its version. Undefined where it is not installed. */
function mosquittoHere(): { program: string; version: string } | undefined {
  for (const program of ["mosquitto", "/usr/sbin/mosquitto"]) {
    const { error, stdout } = spawnSync(program, ["-h"], { encoding: "utf8" });
    if (error === undefined) return { program, version: /version (\S+)/.exec(stdout)?.[1] ?? "" };
  }
  return undefined;
}

/** The name and version of the broker that is used here. */
export function brokerName(): string {
  const found = mosquittoHere();
  return found === undefined ? "the embedded broker aedes" : `Mosquitto ${found.version}`;
}

/** A started broker on a free port: Mosquitto where it is installed, otherwise an embedded one. */
export async function startBroker(): Promise<Broker> {
  const port = await freePort();
  const found = mosquittoHere();
  const broker = found === undefined ? new EmbeddedBroker(port) : new Mosquitto(found.program, port);
  await broker.start();
  return broker;
}

/** Does something with a broker of its own. */
export async function withBroker<Result>(task: (broker: Broker) => Promise<Result>): Promise<Result> {
  const broker = await startBroker();
  try {
    return await task(broker);
  } finally {
    await broker.kill();
  }
}

class Mosquitto implements Broker {
  readonly port: number;
  readonly #words: [string, string[]];
  #child: ChildProcess | undefined;

  constructor(program: string, port: number) {
    this.port = port;
    const file = join(folder, `mosquitto-${port}.conf`);
    writeFileSync(file, [`listener ${port} 127.0.0.1`, ...settings, ""].join("\n"));
    this.#words = [program, ["-c", file]];
  }

  async start(): Promise<void> {
    const child = start(...this.#words);
    this.#child = child;
    while (!(await accepts(this.port))) {
      if (child.exitCode !== null) throw new Error(`Mosquitto ended with ${child.exitCode}`);
      await pause(5);
    }
  }

  async kill(): Promise<void> {
    if (this.#child !== undefined) await end(this.#child, "SIGKILL");
  }
}

class EmbeddedBroker implements Broker {
  readonly port: number;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;

  constructor(port: number) {
    this.port = port;
  }

  async start(): Promise<void> {
    const broker = await Aedes.createBroker();
    const server = createServer((socket) => {
      this.#sockets.add(socket.once("close", () => this.#sockets.delete(socket)));
      broker.handle(socket.setNoDelay(true));
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.port, "127.0.0.1", resolve));
  }

  async kill(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve));
    for (const socket of this.#sockets) socket.resetAndDestroy();
    await closed;
  }
}

/** Whether somebody listens at the port. */
function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
