import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Aedes } from "aedes";
import { freePort } from "./free-port.ts";

export { freePort };

/** A real broker on a port of its own on this machine. */
export interface TestBroker {
  readonly port: number;
  /** Ends it the hard way: every connection is cut. */
  stop(): Promise<void>;
  /** Begins it again on the same port; what it had kept is lost. */
  restart(): Promise<void>;
}

/** aedes, which speaks MQTT 3.1.1, in this process. */
export async function startAedes(): Promise<TestBroker> {
  const port = await freePort();
  let server: Server;
  const sockets = new Set<Socket>();
  const begin = async () => {
    const broker = await Aedes.createBroker();
    server = createServer((socket) => {
      sockets.add(socket.setNoDelay(true));
      broker.handle(socket);
    });
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  };
  const stop = async () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  await begin();
  return { port, stop, restart: begin };
}

const mosquittoProgram = ["mosquitto", "/usr/sbin/mosquitto"].find(
  (program) => spawnSync(program, ["-h"]).error === undefined,
);

/** Why the tests with Mosquitto cannot run here, or undefined when they can. */
export const mosquittoMissing =
  mosquittoProgram === undefined ? 'Mosquitto is not installed; "sudo apt install mosquitto" gets it' : undefined;

/** Mosquitto, which speaks MQTT 5, as a process of its own. `settings` are lines of its configuration. */
export async function startMosquitto(
  settings: (folder: string) => readonly string[] = () => ["allow_anonymous true"],
): Promise<TestBroker & { readonly folder: string; reload(): void; freeze(): void; thaw(): void }> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "pi2mqtt-mosquitto-"));
  const file = join(folder, "mosquitto.conf");
  // A broker drops commands above its queue's limit (1,000 unless told); the bursts of these tests are larger.
  const common = ["set_tcp_nodelay true", "max_queued_messages 100000", "persistence false", "user root"];
  writeFileSync(file, [`listener ${port} 127.0.0.1`, ...common, ...settings(folder), ""].join("\n"));
  let process: ChildProcess;
  const begin = async () => {
    process = spawn(mosquittoProgram as string, ["-c", file], { stdio: ["ignore", "ignore", "pipe"] });
    await new Promise<void>((resolve, reject) => {
      let said = "";
      process.stderr?.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        if (said.includes("running")) resolve();
      });
      process.once("exit", () => reject(new Error(`Mosquitto ended: ${said}`)));
    });
  };
  const end = () =>
    new Promise<void>((resolve) => {
      process.once("exit", () => resolve());
      process.kill("SIGKILL");
    });
  await begin();
  return {
    port,
    folder,
    restart: begin,
    reload: () => void process.kill("SIGHUP"),
    freeze: () => void process.kill("SIGSTOP"),
    thaw: () => void process.kill("SIGCONT"),
    stop: end,
  };
}
