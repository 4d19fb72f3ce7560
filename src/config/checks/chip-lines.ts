import type { Firmware } from "../../core/hardware/firmware.ts";
import type { NamedChip } from "../../core/hardware/named-chip.ts";
import { chipLineOf } from "../../core/hardware/pin-name.ts";
import { chosenPins } from "../../core/pin.ts";
import type { SourceDocument } from "../../yaml/document.ts";
import { type Path, pathText } from "../../yaml/path.ts";
import type { Problem } from "../../yaml/problem.ts";
import type { KnownDevice } from "./checked-device.ts";

/** What the checks of named chips need. */
export interface ChipChecks {
  /** The pins of devices that are lines of chips. */
  readonly lines: ReturnType<typeof linesOf>;
  /** The chips of `gpio.chips`. Undefined if they are not valid, and so not known. */
  readonly chips: readonly NamedChip[] | undefined;
  /** The label of the header's chip, `gpio.chip`. Undefined if it is one of a Pi's. */
  readonly headerChip: string | undefined;
  readonly firmware: Firmware | undefined;
  readonly source: SourceDocument;
}

/** A problem at a place of the file. */
export function at(path: Path, sentence: string, source: SourceDocument): Problem {
  return { path: pathText(path), place: source.placeOfValue(path), sentence };
}

/** All pins of devices that are lines of chips. */
export function linesOf(devices: readonly KnownDevice[]) {
  return devices.flatMap(({ id, kind, options }) =>
    chosenPins(kind.options, options).flatMap((chosen) => {
      const onChip = chipLineOf(chosen.pin);
      return onChip === undefined ? [] : [{ path: ["devices", id, ...chosen.path], chosen, ...onChip }];
    }),
  );
}
