import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { UserError } from "../../core/errors.ts";
import { cleanText } from "../../core/text/clean-text.ts";

/** A question to the person at the terminal. */
export interface Question {
  readonly text: string;
  /** What an empty answer means; it is shown in brackets. */
  readonly usual?: string;
  /** Whether what is typed stays invisible. */
  readonly isSecret?: boolean;
  /** What is wrong with an answer, as a clause; undefined: nothing. */
  problem?(answer: string): string | undefined | Promise<string | undefined>;
}

/** Asks until an answer is right. Rejects when the person breaks off. */
export type Ask = (question: Question) => Promise<string>;

/** Says that nothing was written, for a person who breaks off. */
export class BrokenOff extends UserError {
  constructor() {
    super("broken off; nothing was written");
  }
}

/** Asks at the terminal of this process. `signal` is aborted when a signal wants the program to end. */
export function terminalAsk(signal: AbortSignal): { readonly ask: Ask; readonly close: () => void } {
  let isHidden = false;
  // The line editor shows each key by writing it here.
  const output = new Writable({
    write(chunk, _encoding, done) {
      if (!isHidden) process.stdout.write(chunk as Buffer);
      done();
    },
  });
  // By its width the line editor knows how many lines a long question takes.
  Object.assign(output, { columns: process.stdout.columns });
  const lines = createInterface({ input: process.stdin, output, terminal: true, historySize: 0 });
  const end = new AbortController();
  // In this mode the terminal sends no signal for Ctrl+C; Ctrl+D closes the input.
  lines.on("SIGINT", () => end.abort());
  lines.on("close", () => end.abort());
  signal.addEventListener("abort", () => end.abort());

  const once = async (prompt: string, isSecret: boolean) => {
    try {
      const typed = lines.question(prompt, { signal: end.signal });
      // The question itself has been shown by now.
      isHidden = isSecret;
      return (await typed).trim();
    } catch {
      throw new BrokenOff();
    } finally {
      isHidden = false;
      if (isSecret) process.stdout.write("\n");
    }
  };
  return {
    async ask({ text, usual, isSecret = false, problem }) {
      for (;;) {
        const shown = usual === undefined ? "" : ` [${cleanText(usual)}]`;
        const typed = await once(`${text}${shown}: `, isSecret);
        const answer = typed === "" ? (usual ?? "") : typed;
        const wrong = await problem?.(answer);
        if (wrong === undefined) return answer;
        process.stdout.write(`  ${cleanText(wrong)}\n`);
      }
    },
    close: () => lines.close(),
  };
}
