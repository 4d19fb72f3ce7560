import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { explain } from "../core/errors.ts";
import { type CLibrary, loadCLibrary, type NativePorts } from "../core/hardware/native.ts";
import type { Log } from "../core/log/log.ts";
import { sendDatagram } from "./datagram.ts";

/** Tells systemd assignments such as `READY=1` (sd_notify(3)), in the order of the calls. Never rejects. */
export type Notify = (...assignments: readonly string[]) => Promise<void>;

/** How systemd is reached, besides {@link NativePorts}. */
export interface NotifyPorts extends NativePorts {
  readonly log: Log;
  /** Runs a program to its end; rejects when it fails. */
  readonly execute?: (program: string, words: readonly string[]) => Promise<unknown>;
}

/** systemd-notify waits up to five seconds until systemd has read what it sent. */
const patienceMs = 10_000;
const executeProgram = (program: string, words: readonly string[]) =>
  promisify(execFile)(program, words, { timeout: patienceMs });

/**
 * How to tell the systemd that listens at `socket`, its `NOTIFY_SOCKET`. By a system call of our own, which costs microseconds
 * and comes from the main process; where koffi has no build (ARMv6), or the call fails, by the program systemd-notify, a process
 * for each message, which waits until systemd has read it (since version 246), so that systemd still knows whose it is.
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
      log.warn({ reason: explain(error).split("\n")[0] }, "could not tell systemd how the agent does");
    }
  };
  return (...assignments) => {
    last = last.then(() => send(assignments));
    return last;
  };
}
