/** What may be wrong with a door: the word in its state. */
export const doorProblems = ["between", "no_movement", "both_contacts"] as const;

/** One of {@link doorProblems}. */
export type DoorProblem = (typeof doorProblems)[number];

/** What each of them means, for the log and for the sender of a command. */
export const problemTexts: Readonly<Record<DoorProblem, string>> = {
  between: "the door stands between its ends for longer than it takes; look whether something is in its way",
  no_movement:
    "the door did not leave its end after a pulse; check the drive, and the wires of its button and contacts",
  both_contacts: "both contacts say that the door is there; check their wires and contact_active_low",
};
