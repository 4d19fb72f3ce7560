import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { buildHint, UserError } from "../../core/errors.ts";
import type { Isolate, IsolatedPackage } from "../../core/machine/isolate.ts";
import type { Cancel, Clock } from "../../core/time/clock.ts";

/** How long the end of the process may come after the end of its channel. If pigpio is used, the end of the process is never reported. */
const endPatienceMs = 1_000;

/** How long the start of Node.js may take; on a Pi Zero it takes some seconds. */
const startTimeoutMs = 30_000;

interface Reply {
  readonly ready?: boolean;
  readonly result?: unknown;
  readonly error?: string;
}

/**
 * Makes the function that gives each native package one process. The process starts when it is first needed and is shared by all who use
 * the package.
 */
export function isolation(
  clock: Clock,
  childFile = fileURLToPath(new URL("./isolated-child.js", import.meta.url)),
): { isolate: Isolate; stop: () => void } {
  const processes = new Map<string, PackageProcess>();
  return {
    async isolate(packageName) {
      const known = processes.get(packageName) ?? new PackageProcess(packageName, clock, childFile);
      processes.set(packageName, known);
      await known.started();
      return known;
    },
    stop: () => {
      for (const one of processes.values()) one.stop();
    },
  };
}

class PackageProcess implements IsolatedPackage {
  readonly #packageName: string;
  readonly #clock: Clock;
  readonly #childFile: string;
  #child: ChildProcess | undefined;
  /** What the package has written to standard error during the present call. */
  #complaint = "";
  /** Resolves when the last call has ended. Never rejects. */
  #tail: Promise<unknown> = Promise.resolve();

  constructor(packageName: string, clock: Clock, childFile: string) {
    this.#packageName = packageName;
    this.#clock = clock;
    this.#childFile = childFile;
  }

  started(): Promise<void> {
    return this.#inTurn(() => this.#start());
  }

  call(functionName: string, args: readonly unknown[], timeoutMs: number): Promise<unknown> {
    return this.#inTurn(async () => {
      await this.#start();
      const reply = await this.#exchange({ functionName, args }, timeoutMs);
      if (reply.error !== undefined) throw new UserError(this.#said(reply.error));
      return reply.result;
    });
  }

  stop(): void {
    this.#child?.kill("SIGKILL");
    this.#child = undefined;
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#tail.then(task);
    this.#tail = turn.catch(() => {});
    return turn;
  }

  async #start(): Promise<void> {
    if (this.#child?.connected) return;
    // The package gets no environment, so that it cannot reveal any of it.
    this.#child = fork(this.#childFile, [this.#packageName], {
      env: { PATH: process.env["PATH"] ?? "" },
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    // Between calls nobody listens. An error at that time shows in the next call.
    this.#child.on("error", () => {});
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#complaint += text;
    });
    const reply = await this.#exchange(undefined, startTimeoutMs);
    if (reply.ready) return;
    this.stop();
    throw new UserError(`the package ${this.#packageName} cannot be loaded (${reply.error?.split("\n")[0]})`, {
      hint: buildHint,
    });
  }

  /** Sends the request, if there is one, and waits for one reply. If the process ends or does not reply in time, it is given up. */
  #exchange(request: object | undefined, timeoutMs: number): Promise<Reply> {
    const child = this.#child as ChildProcess;
    this.#complaint = "";
    return new Promise((resolve, reject) => {
      const endings: Cancel[] = [];
      const finish = (settle: () => void) => {
        for (const end of endings) end();
        settle();
      };
      const giveUp = (reason: string) =>
        finish(() => {
          this.stop();
          reject(new UserError(this.#said(reason)));
        });
      const onMessage = (reply: Reply) => finish(() => resolve(reply));
      const onClose = (code: number | null, signal: string | null) =>
        giveUp(`${this.#packageName} ended with ${signal ?? `status ${code}`}`);
      const onDisconnect = () =>
        endings.push(this.#clock.after(endPatienceMs, () => giveUp(`${this.#packageName} ended`)));
      const onError = (error: Error) => giveUp(`${this.#packageName}: ${error.message}`);
      child.once("message", onMessage).once("close", onClose).once("disconnect", onDisconnect).once("error", onError);
      endings.push(
        () =>
          child.off("message", onMessage).off("close", onClose).off("disconnect", onDisconnect).off("error", onError),
        this.#clock.after(timeoutMs, () => giveUp(`${this.#packageName} did not answer within ${timeoutMs / 1000} s`)),
      );
      if (request !== undefined) child.send(request);
    });
  }

  #said(reason: string): string {
    const [firstLine = ""] = this.#complaint.trim().split("\n");
    return firstLine === "" ? reason : `${reason}: ${firstLine}`;
  }
}
