import { type CommandSchema, misunderstood, objectReader, plainNumber, understood, Wrong } from "../../core/command.ts";
import { type SwitchCommand, stateField } from "../../core/switching.ts";

/** A command to a siren, understood. */
export interface SirenCommand extends Pick<SwitchCommand, "state"> {
  /** The name of one of its tones; absent: the usual one. */
  readonly tone?: string;
  /** In seconds; absent: the usual one. */
  readonly duration?: number;
}

function readDuration(sent: unknown): number | Wrong {
  const seconds = plainNumber(sent);
  if (seconds === undefined || !Number.isFinite(seconds)) return new Wrong("duration is a number of seconds");
  // For some programs 0 means for ever, for others not at all.
  return seconds > 0 ? seconds : new Wrong("duration is more than 0 seconds; to silence the siren, say off");
}

/**
 * A command to a siren with these tones: a word as for a switch, or JSON such as `{"state":"ON","tone":"fast","duration":30}`, as Home
 * Assistant sends it.
 */
export function sirenCommand(tones: readonly string[]): CommandSchema<SirenCommand> {
  const example = `say {"state":"ON"}, with "tone" and "duration" if wanted`;
  const readTone = (sent: unknown) => {
    const name = typeof sent === "string" ? sent.trim().toLowerCase() : undefined;
    return tones.find((tone) => tone === name) ?? new Wrong(`tone is one of ${tones.join(", ")}`);
  };
  const readObject = objectReader(
    {
      state: stateField("siren"),
      tone: { keys: ["tone"], read: readTone },
      duration: { keys: ["duration"], read: readDuration },
    },
    (key) => `there is no "${key}" in a command to a siren; ${example}`,
  );
  return {
    safeParse(sent) {
      if (Array.isArray(sent)) return misunderstood([example]);
      const { values, problems } = readObject(typeof sent === "object" && sent !== null ? sent : { state: sent });
      if (problems.length > 0) return misunderstood(problems);
      if (values.state === undefined) return misunderstood([example]);
      if (values.state === "off" && (values.tone !== undefined || values.duration !== undefined))
        return misunderstood(['"tone" and "duration" go with "state":"ON"']);
      return understood(values as SirenCommand);
    },
  };
}
