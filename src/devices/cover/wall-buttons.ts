import type { Log } from "../../core/log/log.ts";
import { unlessRefused } from "../../core/refusal.ts";
import type { CoverDrive } from "./cover-drive.ts";
import { endOf } from "./place.ts";
import { type Direction, percentOf } from "./span.ts";
import type { Whereabouts } from "./whereabouts.ts";

/** What a button on the wall asks for: one way, or the one way after the other. */
export type WallButton = Direction | "other_way";

/** What a press of a button needs. */
export interface ButtonPorts {
  readonly drive: CoverDrive;
  readonly where: Whereabouts;
  readonly log: Log;
}

/** Takes the levels of one button: a press moves the cover, or stops it while it moves. What is pressed at the first call moves nothing. */
export function wallButton(which: WallButton, ports: ButtonPorts): (isPressed: boolean) => void {
  let isFirst = true;
  return (isPressed) => {
    if (isPressed && !isFirst) press(which, ports);
    isFirst = false;
  };
}

function press(which: WallButton, { drive, where, log }: ButtonPorts): void {
  if (drive.isBusy) {
    drive.stop("button");
    return;
  }
  const way = which === "other_way" ? otherWay(drive, where) : which;
  unlessRefused(
    () => drive.go({ position: endOf[way] }, "button"),
    (why) => log.warn({ reason: why.message }, "a button moves nothing"),
  );
}

/** Away from an end, else the other way than the last time. */
function otherWay({ lastWay }: CoverDrive, where: Whereabouts): Direction {
  const position = percentOf(where.place.position);
  if (position === 0) return "open";
  if (position === 100 || lastWay === "open") return "close";
  return lastWay === undefined && position !== null && position > 50 ? "close" : "open";
}
