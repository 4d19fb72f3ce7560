import * as z from "zod";
import { cleanText } from "../../core/text/clean-text.ts";

/** The part of an agent's info that says where it runs. */
const place = z.object({
  machine: z.string().optional(),
  hostname: z.string().optional(),
  process: z.number().optional(),
});

/** Where an agent runs: the machine, and its process there. */
export type Place = z.output<typeof place>;

/**
 * Finds out whether another agent uses the id of this one. The broker keeps the info of the agent that published last. At the first
 * connection that may be an earlier run on this machine, but a run on another machine is always another agent.
 */
export class Rival {
  readonly #own: Place;
  #found: string | undefined;
  #hasHeard = false;

  constructor(own: Place) {
    this.#own = own;
  }

  /** Where the other agent runs, for people. Undefined if none is known. */
  get name(): string | undefined {
    return this.#found;
  }

  /** Takes the info that the broker had kept when a connection began. */
  learn(info: string, mayBeFirstConnection: boolean): void {
    const there = parsed(info);
    if (there === undefined) return;
    const mayBeRunBefore = mayBeFirstConnection && !this.#hasHeard;
    this.#hasHeard = true;
    const isElsewhere = there.machine !== undefined && there.machine !== this.#own.machine;
    const isBeside = !isElsewhere && !mayBeRunBefore && there.process !== this.#own.process;
    this.#found = isElsewhere ? elsewhere(there) : isBeside ? beside(there) : undefined;
  }
}

function elsewhere({ hostname }: Place): string {
  return hostname === undefined ? "another machine" : `the machine "${cleanText(hostname).slice(0, 64)}"`;
}

function beside({ process }: Place): string {
  return `${process === undefined ? "another process" : `process ${process}`} of this machine, such as "npm start" beside the service`;
}

function parsed(text: string): Place | undefined {
  try {
    return place.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
