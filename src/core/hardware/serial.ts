import type { Cancel } from "../time/clock.ts";

/** How a serial line is set. */
export interface SerialSettings {
  /** The device, such as "/dev/serial0", or a name below /dev/serial/by-id, which stays with an adapter in whatever socket it is. */
  readonly port: string;
  readonly baudRate: number;
  readonly dataBits: 7 | 8;
  readonly parity: "none" | "even" | "odd";
  readonly stopBits: 1 | 2;
}

/** A serial line that is open. */
export interface SerialLine {
  /** Resolves when the bytes have been handed to the line. Rejects with a UserError when the line is gone. */
  write(bytes: readonly number[]): Promise<void>;
  /** Tells of bytes as they come, in pieces of any size. */
  onBytes(tell: (bytes: Uint8Array) => void): Cancel;
  /** Tells once when the line is gone: an adapter that was unplugged. */
  onGone(tell: (error: Error) => void): Cancel;
}

/** The serial lines of the machine. */
export interface Serial {
  /**
   * Opens a line, or shares one that is open with the same settings. It closes when all who opened it have given it back. Rejects with a
   * UserError where the line is missing, may not be opened, or is open with other settings.
   */
  open(settings: SerialSettings): Promise<SerialLine & { readonly close: () => Promise<void> }>;
}
