import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../e2e/brokers.ts";
import type { FlowNode } from "./flows.ts";

/** What the package ws gives, as far as it is used here. */
interface WebSocket {
  on(event: "message", listener: (data: Buffer) => void): void;
  once(event: "open" | "error", listener: (error?: Error) => void): void;
  send(text: string): void;
  close(): void;
}

/** A real Node-RED with an empty user directory, and its editor's connection to it. */
export class NodeRed {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #userFolder: string;
  #editor!: WebSocket;
  readonly #statuses = new Map<string, string>();
  readonly #waiting = new Set<() => void>();

  private constructor(url: string, child: ChildProcess, userFolder: string) {
    this.url = url;
    this.#child = child;
    this.#userFolder = userFolder;
  }

  /** Starts the Node-RED of an installation, and waits until it can take flows. */
  static async start(installation: string): Promise<NodeRed> {
    const port = await freePort();
    const userFolder = mkdtempSync(join(tmpdir(), "pi2mqtt-node-red-"));
    const settings = { uiHost: "127.0.0.1", uiPort: port, flowFile: "flows.json", telemetry: { enabled: false } };
    const settingsFile = join(userFolder, "settings.cjs");
    writeFileSync(settingsFile, `module.exports = ${JSON.stringify(settings)};\n`);
    const program = join(installation, "node_modules", "node-red", "red.js");
    const words = [program, "--userDir", userFolder, "--settings", settingsFile];
    const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "pipe"] });
    await saysItStarted(child);
    const nodeRed = new NodeRed(`http://127.0.0.1:${port}`, child, userFolder);
    await nodeRed.#openEditor(installation, port);
    return nodeRed;
  }

  /** Follows the texts below the nodes, as the editor does. */
  async #openEditor(installation: string, port: number): Promise<void> {
    const WebSocket = createRequire(join(installation, "package.json"))("ws") as new (url: string) => WebSocket;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/comms`);
    this.#editor = socket;
    socket.on("message", (data) => {
      for (const { topic, data: status } of [JSON.parse(data.toString())].flat() as Event[])
        if (topic?.startsWith("status/")) this.#statuses.set(topic.slice("status/".length), status?.text ?? "");
      for (const look of this.#waiting) look();
    });
    await new Promise<void>((resolve, reject) => {
      socket.once("open", () => resolve());
      socket.once("error", reject);
    });
    socket.send(JSON.stringify({ subscribe: "status/#" }));
  }

  /** Replaces all flows and starts them, as the button Deploy does. */
  async deploy(nodes: readonly FlowNode[]): Promise<void> {
    await this.#post("/flows", JSON.stringify(nodes));
  }

  /** Clicks the button of an inject node. */
  async inject(id: string): Promise<void> {
    await this.#post(`/inject/${id}`, "{}");
  }

  /** The node types that a package gives to this Node-RED; those that Node-RED brings belong to the package node-red. */
  async typesOf(packageName: string): Promise<string[]> {
    const answer = await fetch(`${this.url}/nodes`, { headers: { accept: "application/json" } });
    const sets = (await answer.json()) as { module: string; types: string[] }[];
    return sets.filter(({ module }) => module === packageName).flatMap(({ types }) => types);
  }

  /** The text below a node in the editor. */
  status(id: string): string | undefined {
    return this.#statuses.get(id);
  }

  /** Waits until the text below a node is as wanted; the test's own time limit ends a vain wait. */
  async untilStatus(id: string, wanted: string | RegExp): Promise<void> {
    const matches = (text: string) => (typeof wanted === "string" ? text === wanted : wanted.test(text));
    await new Promise<void>((resolve) => {
      const look = () => {
        if (!matches(this.status(id) ?? "")) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  async stop(): Promise<void> {
    this.#editor.close();
    this.#child.kill("SIGTERM");
    if (this.#child.exitCode === null) await once(this.#child, "exit");
    rmSync(this.#userFolder, { recursive: true, force: true });
  }

  async #post(path: string, body: string): Promise<void> {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${this.url}${path}`, { method: "POST", headers, body });
    if (!answer.ok) throw new Error(`Node-RED answers ${answer.status} to ${path}: ${await answer.text()}`);
  }
}

interface Event {
  readonly topic?: string;
  readonly data?: { readonly text?: string };
}

function saysItStarted(child: ChildProcess): Promise<void> {
  let said = "";
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        if (said.includes("Started flows")) resolve();
      });
    child.once("exit", () => reject(new Error(`Node-RED ended: ${said}`)));
  });
}
