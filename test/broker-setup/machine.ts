import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const lab = fileURLToPath(new URL("lab/machine.sh", import.meta.url));
const script = fileURLToPath(new URL("../../scripts/setup-broker.sh", import.meta.url));
const main = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const namespaces = ["--mount", "--net", "--pid", "--uts"];

/** Where all files are that were written on a machine, temporary ones included. */
export const changedFolders = "/mnt /run";

/** How a command ended, and what it printed on both outputs. */
export interface Said {
  readonly status: number | null;
  readonly text: string;
}

/** Why a machine cannot be made here, or undefined when it can. */
export function machineMissing(): string | undefined {
  if (process.platform !== "linux" || process.getuid?.() !== 0)
    return "a broker is set up on a machine made of Linux namespaces, which needs root";
  for (const program of ["mosquitto", "mosquitto_pub", "openssl", "unshare", "nsenter", "ip"]) {
    const { status } = spawnSync("sh", ["-c", `PATH=$PATH:/usr/sbin:/sbin command -v ${program}`]);
    if (status !== 0)
      return `${program} is missing; "sudo apt install mosquitto mosquitto-clients openssl iproute2" gets it`;
  }
  const { status, stderr } = spawnSync("unshare", [...namespaces, "--fork", "--mount-proc", lab], { input: "" });
  return status === 0 ? undefined : `a machine of Linux namespaces cannot be made here: ${String(stderr).trim()}`;
}

/** A machine with a Mosquitto as Debian installs it, configured by nobody yet. */
export class Machine {
  readonly #holder: ChildProcess;
  readonly #firstProcess: number;

  private constructor(holder: ChildProcess, firstProcess: number) {
    this.#holder = holder;
    this.#firstProcess = firstProcess;
  }

  static async start(): Promise<Machine> {
    const holder = spawn("unshare", [...namespaces, "--fork", "--mount-proc", "--kill-child", lab], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    await new Promise<void>((resolve, reject) => {
      holder.stdout?.once("data", () => resolve());
      holder.once("exit", () => reject(new Error("the machine did not come up")));
    });
    const children = readFileSync(`/proc/${holder.pid}/task/${holder.pid}/children`, "utf8");
    return new Machine(holder, Number(children.trim()));
  }

  /** What sets up the broker. */
  readonly script = script;

  /** Runs shell commands there, as root. */
  shell(commands: string): Said {
    const { status, stdout, stderr } = spawnSync("nsenter", [...this.#entrance, "bash", "-c", commands], {
      encoding: "utf8",
      env: { ...process.env, TMPDIR: "/run" },
      timeout: 60_000,
    });
    return { status, text: stdout + stderr };
  }

  /** Runs shell commands that must succeed; gives back what they printed. */
  must(commands: string): string {
    const { status, text } = this.shell(commands);
    if (status !== 0) throw new Error(`${commands}\n${text}`);
    return text.trim();
  }

  setupBroker(options = ""): Said {
    return this.shell(`${script} ${options}`);
  }

  /** Runs the script where it must succeed. */
  setUp(options = ""): string {
    return this.must(`${script} ${options}`);
  }

  /** Starts the built agent with simulated hardware; its log grows in the file that is given back. Ends with the machine. */
  startAgent(config: string): string {
    const log = `/run/agent-${Math.random().toString(36).slice(2)}.log`;
    this.must(`env -i PATH="$PATH" ${process.execPath} ${main} run --simulate --config ${config} >${log} 2>&1 &`);
    return log;
  }

  /** Waits until shell commands succeed; tells what they printed last when they do not. */
  async until(commands: string): Promise<void> {
    let last: Said | undefined;
    for (const end = Date.now() + 20_000; Date.now() < end; ) {
      last = this.shell(commands);
      if (last.status === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`in vain: ${commands}\n${last?.text}`);
  }

  /** Every file below a folder with its owner, mode and content. */
  snapshot(folder: string): string {
    return this.must(
      `find ${folder} -printf '%p %M %u:%g %l\\n' | sort; find ${folder} -type f -print0 | sort -z | xargs -0 sha256sum`,
    );
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#holder.once("exit", resolve));
    this.#holder.stdin?.end();
    await ended;
  }

  get #entrance(): string[] {
    return [`--target=${this.#firstProcess}`, ...namespaces, "--"];
  }
}
