import { explain, UserError } from "../../errors.ts";
import type { SerialLine, SerialSettings } from "../../hardware/serial.ts";
import type { SensorContext } from "../../sensor.ts";
import type { Clock } from "../../time/clock.ts";
import { joined } from "./frames.ts";
import { keepOpen } from "./keep-open.ts";

/** A line with parts that speak when they are asked. */
export interface AskedLine {
  readonly settings: SerialSettings;
  /** How long the line must be silent before a request, in milliseconds. */
  readonly silenceMs: number;
  /** What to do where nothing answers, as a clause. */
  readonly hint: string;
  /** What is told to the part each time the line was opened. */
  readonly greet?: (line: SerialLine) => Promise<void>;
  readonly onGone?: () => void;
}

/**
 * Sends a request and looks for its answer in what was heard since, each time that more comes. `find` gives undefined as long as there is
 * no whole answer with a right checksum. Rejects with a UserError when no answer has come within `timeoutMs`.
 */
export type Ask = <Answer>(
  request: readonly number[],
  find: (bytes: Uint8Array) => Answer | undefined,
  timeoutMs: number,
) => Promise<Answer>;

/** On a line that is never silent somebody else asks. */
const longestNoiseMs = 1_000;

/** Opens a line on which parts are asked. There is one request at a time: the readings of a line take turns, see `oneAtATime`. */
export async function askedLine(
  context: Pick<SensorContext, "serial" | "onStop" | "clock">,
  { settings, silenceMs, hint, greet, onGone = () => {} }: AskedLine,
): Promise<Ask> {
  const { clock } = context;
  let heardAtMs = Number.NEGATIVE_INFINITY;
  const use = await keepOpen(context, settings, {
    async onOpen(line) {
      heardAtMs = clock.monotonicMs();
      line.onBytes(() => {
        heardAtMs = clock.monotonicMs();
      });
      await greet?.(line);
    },
    onGone,
  });

  const silence = async () => {
    const untilMs = clock.monotonicMs() + longestNoiseMs;
    for (;;) {
      const leftMs = heardAtMs + silenceMs - clock.monotonicMs();
      if (leftMs <= 0) return;
      if (clock.monotonicMs() > untilMs)
        throw new UserError(`${settings.port} is never silent`, {
          hint: "remove what else sends on this line, or correct its baud rate",
        });
      await pause(clock, leftMs);
    }
  };

  return async (request, find, timeoutMs) => {
    const line = await use();
    await silence();
    const exchange = new Exchange(line, find);
    try {
      await line.write(request);
      const answer = await exchange.within(clock, timeoutMs);
      if (answer !== undefined) return answer;
      // An answer that comes now is for nobody: it must not be taken for the answer to the next request.
      await exchange.within(clock, timeoutMs);
    } finally {
      exchange.end();
    }
    throw exchange.heard === 0
      ? new UserError(`nothing answers on ${settings.port} within ${timeoutMs} ms`, { hint })
      : new UserError(`the answer on ${settings.port} is broken or late: ${exchange.heard} bytes`, { hint });
  };
}

/** One request and what is heard after it. */
class Exchange<Answer> {
  #bytes: Uint8Array = new Uint8Array(0);
  #answer: Answer | undefined;
  #gone: Error | undefined;
  #wake = () => {};
  readonly #cancels: readonly (() => void)[];

  constructor(line: SerialLine, find: (bytes: Uint8Array) => Answer | undefined) {
    this.#cancels = [
      line.onBytes((piece) => {
        this.#bytes = joined(this.#bytes, piece);
        if (this.#answer === undefined) this.#answer = find(this.#bytes);
        if (this.#answer !== undefined) this.#wake();
      }),
      line.onGone((error) => {
        this.#gone = error;
        this.#wake();
      }),
    ];
  }

  get heard(): number {
    return this.#bytes.length;
  }

  /** The answer, or undefined if none comes in time. Rejects when the line is gone. */
  async within(clock: Pick<Clock, "after">, ms: number): Promise<Answer | undefined> {
    if (this.#answer === undefined && this.#gone === undefined)
      await new Promise<void>((resolve) => {
        const cancel = clock.after(ms, resolve);
        this.#wake = () => {
          cancel();
          resolve();
        };
      });
    if (this.#gone !== undefined) throw new UserError(explain(this.#gone), { cause: this.#gone });
    return this.#answer;
  }

  end(): void {
    for (const cancel of this.#cancels) cancel();
  }
}

function pause(clock: Pick<Clock, "after">, ms: number): Promise<void> {
  return new Promise((resolve) => void clock.after(ms, resolve));
}
