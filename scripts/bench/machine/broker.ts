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

let found: { program: string; version: string } | undefined;

/** The program Mosquitto with its version. Undefined where it is not installed. */
function mosquittoHere(): typeof found {
  for (const program of ["mosquitto", "/usr/sbin/mosquitto"]) {
    if (found !== undefined) break;
    const { error, stdout } = spawnSync(program, ["-h"], { encoding: "utf8" });
    if (error === undefined) found = { program, version: /version (\S+)/.exec(stdout)?.[1] ?? "" };
  }
  return found;
}

/** The name and version of the broker that is used here. */
export function brokerName(): string {
  const here = mosquittoHere();
  return here === undefined ? "the embedded broker aedes" : `Mosquitto ${here.version}`;
}

/** The version of MQTT that the broker understands, as its packets have it: aedes knows 3.1.1 only. */
export function protocolVersion(): 4 | 5 {
  return mosquittoHere() === undefined ? 4 : 5;
}

/** A started broker on a free port: Mosquitto where it is installed, otherwise an embedded one. */
export async function startBroker(): Promise<Broker> {
  const port = await freePort();
  const here = mosquittoHere();
  const broker = here === undefined ? new EmbeddedBroker(port) : new Mosquitto(here.program, port);
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
