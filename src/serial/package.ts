import { explain, UserError } from "../core/errors.ts";
import type { SerialSettings } from "../core/hardware/serial.ts";

/** The parts of serialport's SerialPort that are used (serialport 13, a stream.Duplex of Node.js). */
interface PackagePort {
  open(done: (error: Error | null) => void): void;
  write(bytes: Uint8Array, done: (error: Error | null | undefined) => void): void;
  close(done: (error: Error | null) => void): void;
  readonly isOpen: boolean;
  on(event: "data", tell: (bytes: Uint8Array) => void): void;
  on(event: "close" | "error", tell: (error: Error | null) => void): void;
}

interface SerialportPackage {
  readonly SerialPort: new (options: {
    path: string;
    baudRate: number;
    dataBits: number;
    parity: string;
    stopBits: number;
    autoOpen: false;
  }) => PackagePort;
}

/** A port that is open. */
export interface OpenPort {
  write(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** What an open port tells of. */
export interface PortEvents {
  readonly onBytes: (bytes: Uint8Array) => void;
  /** The port is closed although nobody closed it: an adapter was unplugged. */
  readonly onGone: (error: Error | undefined) => void;
}

/** Opens a port through the package serialport, which is loaded when a device first needs it. */
export type OpenWith = (settings: SerialSettings, events: PortEvents) => Promise<OpenPort>;

/**
 * The package brings a build for each processor of a Pi, also for ARMv6, so that nothing is compiled. Rejects with a UserError when
 * it cannot be loaded, and with the package's own error when the port cannot be opened.
 */
export function serialportPackage(load: (packageName: string) => Promise<unknown>): OpenWith {
  return async ({ port: path, baudRate, dataBits, parity, stopBits }, { onBytes, onGone }) => {
    const { SerialPort } = await loaded(load);
    const port = new SerialPort({ path, baudRate, dataBits, parity, stopBits, autoOpen: false });
    let isClosing = false;
    port.on("data", onBytes);
    // Without a listener an error would end the agent. What matters of it comes as "close", or from the call that failed.
    port.on("error", () => {});
    port.on("close", (error) => {
      if (!isClosing) onGone(error ?? undefined);
    });
    await done((callback) => port.open(callback));
    return {
      write: (bytes) => done((callback) => port.write(bytes, callback)),
      async close() {
        isClosing = true;
        if (port.isOpen) await done((callback) => port.close(callback));
      },
    };
  };
}

async function loaded(load: (packageName: string) => Promise<unknown>): Promise<SerialportPackage> {
  try {
    return (await load("serialport")) as SerialportPackage;
  } catch (cause) {
    throw new UserError(`the package serialport cannot be loaded (${explain(cause).split("\n")[0]})`, {
      hint: 'run "npm install" again without --omit=optional',
      cause,
    });
  }
}

function done(start: (callback: (error: Error | null | undefined) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())));
}
