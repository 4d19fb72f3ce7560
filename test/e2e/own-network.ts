import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { environmentWithoutBroker, type Printed, printedBy } from "./process.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A shell's line that runs: what it printed so far, and how it ended. */
export interface Running extends Printed {
  readonly line: string;
  readonly child: ChildProcess;
  readonly exitCode: Promise<number | null>;
}

/** A place whose port is free for programs that insist on it, such as a README's example. */
export class Network {
  readonly #enter: readonly string[];
  readonly #keeper: ChildProcess | undefined;
  readonly #running: Running[] = [];

  private constructor(enter: readonly string[], keeper?: ChildProcess) {
    this.#enter = enter;
    this.#keeper = keeper;
  }

  /**
   * A network namespace with a loopback alone, where Linux lets this user make one (unshare(1)); otherwise this machine's own
   * network if nobody listens on the port; undefined when somebody does.
   */
  static async withFree(port: number): Promise<Network | undefined> {
    const raise = "ip link set lo up && echo ready && exec cat";
    const keeper = spawn("unshare", ["--map-root-user", "--net", "sh", "-c", raise], {
      stdio: ["pipe", "pipe", "ignore"],
    });
    const isReady = await Promise.race([
      once(keeper.stdout, "data").then(() => true),
      once(keeper, "exit").then(
        () => false,
        () => false,
      ),
    ]);
    if (isReady) {
      const target = ["--target", String(keeper.pid), "--user", "--preserve-credentials", "--net"];
      return new Network(["nsenter", ...target], keeper);
    }
    return (await isListening(port)) ? undefined : new Network([]);
  }

  /** Runs a line in a shell, in the folder of the repository. The environment is the test's less whatever is meant for a broker. */
  run(line: string, environment: Readonly<Record<string, string>> = {}): Running {
    const [program = "sh", ...words] = [...this.#enter, "sh", "-c", line];
    // A process group of its own, so that what the shell starts ends with it.
    const child = spawn(program, words, {
      cwd: root,
      detached: true,
      env: { ...environmentWithoutBroker(), ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const exitCode = new Promise<number | null>((resolve) => child.once("close", resolve));
    const running = { line, child, ...printedBy(child), exitCode };
    this.#running.push(running);
    return running;
  }

  /** Ends all that was started here and still runs. */
  async stopAll(): Promise<void> {
    for (const { child, exitCode } of this.#running.splice(0)) {
      try {
        process.kill(-(child.pid as number), "SIGKILL");
      } catch {
        // It has ended by itself.
      }
      await exitCode;
    }
  }

  async close(): Promise<void> {
    await this.stopAll();
    this.#keeper?.stdin?.end();
  }
}

/** Waits until what a line has printed is as wanted; fails after 15 s, or when it ends before. */
export async function untilPrinted(
  running: Running,
  wanted: (stdout: string, stderr: string) => boolean,
): Promise<void> {
  const deadline = performance.now() + 15_000;
  let hasEnded = false;
  void running.exitCode.then(() => {
    hasEnded = true;
  });
  while (!wanted(running.stdout(), running.stderr())) {
    const printed = `${running.stdout()}${running.stderr()}`.slice(-500) || "nothing";
    if (hasEnded) throw new Error(`"${running.line}" ended, having printed: ${printed}`);
    if (performance.now() > deadline)
      throw new Error(`"${running.line}" does not print what is wanted; its last words: ${printed}`);
    await pause(20);
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
