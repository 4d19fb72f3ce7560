import type { Files } from "../../machine/files.ts";
import type { NoValue } from "../../sensor/no-value.ts";
import type { Clock } from "../../time/clock.ts";

/** What a part gives at one time. */
export type PartReading<Name extends string = string> = Readonly<Record<Name, number | NoValue>>;

/** Judges the readings of one part, whose driver gives numbers also where the part has measured nothing. */
export interface Doubt {
  /** Called for each reading. Throws a UserError if its values are no measurement. */
  check(reading: PartReading): void;
  /** Called each time that the part, or its driver, gave no reading: its supply may be off. */
  failed(): void;
}

/** What a doubt of a part begins with. */
export interface DoubtPorts {
  readonly files: Files;
  readonly clock: Pick<Clock, "monotonicMs">;
}

/** Begins to judge the readings of one part. */
export type BeginDoubt = (ports: DoubtPorts) => Promise<Doubt>;
