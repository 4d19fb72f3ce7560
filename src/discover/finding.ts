import type { FoundOptions } from "../core/connection.ts";
import type { I2c } from "../core/hardware/i2c.ts";
import type { DeviceKind } from "../core/kind.ts";
import type { Files } from "../core/machine/files.ts";

/** A device that may be pasted into devices.yaml. */
export interface FoundDevice {
  readonly kind: string;
  /** Its options besides `kind` and `topic`. */
  readonly options: FoundOptions;
  /** The options that it must have, and of which nothing is known: they have the values of an example. */
  readonly guessed?: readonly string[];
  /** What has to be done before it works; undefined: nothing. */
  readonly first?: string | undefined;
}

/** Something that is connected. */
export interface Finding {
  /** What is there, as a clause: "DS18B20 28-0316a2795dff", "something answers at 0x44". */
  readonly what: string;
  /** What it is in devices.yaml. Several, if it may be any of these; none, if no kind reads it. */
  readonly devices: readonly FoundDevice[];
  /** Whether it is certain what it is, so that its device can be taken as it is. */
  readonly isSure: boolean;
}

/** What was found in one place, such as a bus. */
export interface FoundPlace {
  readonly place: string;
  readonly findings: readonly Finding[];
  /** Why nothing can be found here, or not all: a clause that says what to do. */
  readonly problem?: string | undefined;
}

/** What is needed to look. */
export interface LookPorts {
  readonly files: Files;
  readonly i2c: I2c;
  readonly kinds: readonly DeviceKind[];
}

/** Looks at one sort of places. Never rejects. */
export type Look = (ports: LookPorts) => Promise<readonly FoundPlace[]>;
