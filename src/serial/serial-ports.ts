import { errorCode, UserError } from "../core/errors.ts";
import type { Serial, SerialSettings } from "../core/hardware/serial.ts";
import type { Files } from "../core/machine/files.ts";
import type { Cancel, Clock } from "../core/time/clock.ts";
import type { OpenWith } from "./package.ts";
import { consoleProblem, missingPort, openProblem } from "./problems.ts";
import { SharedLine } from "./shared-line.ts";

/** What is needed to open the serial ports of this machine. */
export interface SerialPorts {
  readonly files: Pick<Files, "list" | "readText">;
  /** The path of a file without symbolic links. Rejects with a system error. */
  readonly realPath: (path: string) => Promise<string>;
  readonly openWith: OpenWith;
  readonly clock: Pick<Clock, "after">;
}

/**
 * How often it is looked whether the device of an open port is still there. Where it vanishes while bytes are being read, reading gives 0
 * bytes, and the package serialport reads again without an end and without telling (unix-read.ts, 13.0).
 */
const lookEveryMs = 5_000;

/** The serial lines of this machine. Devices that name one port share its line. */
export function serialPorts({ files, realPath, openWith, clock }: SerialPorts): Serial {
  /** The lines that are open, by the real paths of their ports. */
  const lines = new Map<string, SharedLine>();
  /** What ends the next look at the device of a line. */
  const watches = new WeakMap<SharedLine, Cancel>();
  const inTurn = oneAfterTheOther();

  const find = async (port: string) => {
    const path = await realPath(port).catch(async (error) => {
      throw ["ENOENT", "ENOTDIR"].includes(errorCode(error))
        ? await missingPort(files, port)
        : openProblem(port, error);
    });
    const problem = await consoleProblem(files, port, path);
    if (problem !== undefined) throw problem;
    return path;
  };
  const openAnew = async (path: string, settings: SerialSettings) => {
    let isOver = false;
    const line = await SharedLine.open(settings, openWith, () => {
      isOver = true;
      lines.delete(path);
    }).catch((error) => {
      throw openProblem(settings.port, error);
    });
    if (isOver) return line;
    lines.set(path, line);
    watch(path, line);
    return line;
  };
  const watch = (path: string, line: SharedLine) => {
    const isOpen = () => lines.get(path) === line;
    const cancel = clock.after(lookEveryMs, async () => {
      const now = await realPath(line.settings.port).catch(() => undefined);
      if (!isOpen()) return;
      if (now === path) watch(path, line);
      else await line.lose();
    });
    watches.set(line, cancel);
  };
  const release = (path: string, line: SharedLine) => () =>
    inTurn(path, async () => {
      if (line.isUsed) return;
      if (lines.get(path) === line) lines.delete(path);
      watches.get(line)?.();
      await line.close();
    });

  return {
    async open(settings) {
      const path = await find(settings.port);
      return inTurn(path, async () => {
        const line = lines.get(path) ?? (await openAnew(path, settings));
        // Readings of one line take turns by the name of its port (lineTurn), so that no answer is taken for that of another device.
        if (line.settings.port !== settings.port) throw otherName(line.settings.port, settings.port);
        if (inWords(line.settings) !== inWords(settings)) throw otherSettings(line.settings, settings);
        return line.use(release(path, line));
      });
    },
  };
}

function otherName(open: string, wanted: string): UserError {
  return new UserError(`${wanted} is the port ${open}, which is open for another device`, {
    hint: `write "port: ${open}" for both`,
  });
}

function otherSettings(open: SerialSettings, wanted: SerialSettings): UserError {
  return new UserError(
    `${wanted.port} is open with ${inWords(open)} for another device, and this one wants ${inWords(wanted)}`,
    { hint: "give all devices of a line the same settings" },
  );
}

/** Settings as people write them: "9600 baud 8N1". */
function inWords({ baudRate, dataBits, parity, stopBits }: SerialSettings): string {
  return `${baudRate} baud ${dataBits}${parity.charAt(0).toUpperCase()}${stopBits}`;
}

/** Makes a function that runs tasks of the same name one after the other, so that a port is never opened while it is being closed. */
function oneAfterTheOther(): <T>(name: string, task: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (name, task) => {
    const turn = (last.get(name) ?? Promise.resolve()).then(task);
    last.set(
      name,
      turn.catch(() => {}),
    );
    return turn;
  };
}
