/** The way that a door goes. */
export type Direction = "open" | "close";

/** What is wanted of a door; `pulse`: one pulse, whatever that does. */
export type Wanted = Direction | "stop" | "pulse";

/**
 * What is known of a door. `opens_next` and `closes_next`: it stands between its ends, and the next pulse moves it that way. `unknown`:
 * nobody knows which way the next pulse moves it, or whether it moves now.
 */
export const phases = ["open", "closed", "opening", "closing", "opens_next", "closes_next", "unknown"] as const;

/** One of {@link phases}. */
export type Phase = (typeof phases)[number];

/** The phase in which a door stands at an end. */
export const phaseAt = { open: "open", close: "closed" } as const;

/** Home Assistant's words for how a door is. */
export type DoorWord = "open" | "opening" | "closed" | "closing";

/**
 * The word for a phase. At rest between its ends a door is open. Null: nobody knows whether it is open or closed. `seenEnd` is the end at
 * which a contact sees it, and `isAtClose` what the contact at the closed end says, if there is one.
 */
export function wordOf(phase: Phase, seenEnd: Direction | undefined, isAtClose: boolean | undefined): DoorWord | null {
  if (phase === "opens_next" || phase === "closes_next") return phaseAt[seenEnd ?? "open"];
  if (phase !== "unknown") return phase;
  return isAtClose === false ? "open" : null;
}

/** The direction of a door that moves. */
export function directionOf(phase: Phase): Direction | undefined {
  if (phase === "opening") return "open";
  return phase === "closing" ? "close" : undefined;
}

/**
 * What a pulse makes of a phase. The drive takes four steps by turns: open, stop, close, stop. With `reverses` it opens again when it gets
 * a pulse while it closes.
 */
export function afterPulse(phase: Phase, reverses: boolean): Phase {
  const next: Readonly<Record<Phase, Phase>> = {
    closed: "opening",
    opening: "closes_next",
    closes_next: "closing",
    open: "closing",
    closing: reverses ? "opening" : "opens_next",
    opens_next: "opening",
    unknown: "unknown",
  };
  return next[phase];
}

/**
 * What to do now for what is wanted: nothing more, or a pulse. If a pulse may do the opposite, it is the reason why none is given, as a
 * clause for the sender of the command.
 */
export function nextStep(phase: Phase, wanted: Wanted): "done" | "pulse" | { readonly whyNot: string } {
  if (wanted === "pulse") return "pulse";
  if (phase === "unknown") return { whyNot: unknownText };
  const moves = directionOf(phase);
  if (wanted === "stop") return moves === undefined ? "done" : "pulse";
  if (phase === phaseAt[wanted] || moves === wanted) return "done";
  if (phase === "opens_next" && wanted === "close") return { whyNot: wrongWayText("closing", "open") };
  if (phase === "closes_next" && wanted === "open") return { whyNot: wrongWayText("opening", "close") };
  return "pulse";
}

const unknownText =
  'nobody knows which way the door would go; move it to an end by its own button, or send "pulse" to give it one pulse, and watch it';

function wrongWayText(was: string, next: string): string {
  return `it was stopped while ${was}, so the next pulse would ${next} it; send "${next}" first, or "pulse" to give it one pulse`;
}
