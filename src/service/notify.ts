import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { explain } from "../core/errors.ts";
import { type CLibrary, loadCLibrary, type NativePorts } from "../core/hardware/native.ts";
import type { Log } from "../core/log/log.ts";
import { sendDatagram } from "./datagram.ts";

/** Sends systemd assignments such as `READY=1` (sd_notify(3)), in the order of the calls. Never rejects. */
export type Notify = (...assignments: readonly string[]) => Promise<void>;

/** How to reach systemd, besides {@link NativePorts}. */
export interface NotifyPorts extends NativePorts {
  readonly log: Log;
  /** Runs a program to its end; rejects when it fails. */
  readonly execute?: (program: string, words: readonly string[]) => Promise<unknown>;
}

/** systemd-notify waits up to five seconds for systemd to read its message. */
const patienceMs = 10_000;
const executeProgram = (program: string, words: readonly string[]) =>
  promisify(execFile)(program, words, { timeout: patienceMs });

/**
 * Makes the function that tells the systemd at `socket`, its `NOTIFY_SOCKET`. It uses a system call of this process, which costs
 * microseconds. If koffi has no build (ARMv6), or the call fails, it runs the program systemd-notify, once for each message. That program
 * waits until systemd has read the message (since version 246), so systemd still knows which service it came from.
 */
export function notifier(socket: string, { log, execute = executeProgram, ...native }: NotifyPorts): Notify {
  let library: Promise<CLibrary | undefined> | undefined;
  let last: Promise<void> = Promise.resolve();
  const sendByLibrary = async (text: string) => {
    library ??= loadCLibrary(native).catch(() => undefined);
    const loaded = await library;
    if (loaded !== undefined) sendDatagram(loaded, socket, text);
    return loaded !== undefined;
  };
  const send = async (assignments: readonly string[]) => {
    if (await sendByLibrary(assignments.join("\n")).catch(() => false)) return;
    try {
      await execute("systemd-notify", assignments);
    } catch (error) {
      log.warn({ reason: explain(error).split("\n")[0] }, "could not report to systemd");
    }
  };
  return (...assignments) => {
    last = last.then(() => send(assignments));
    return last;
  };
}
