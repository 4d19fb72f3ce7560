import { UserError } from "../../errors.ts";
import type { SerialLine, SerialSettings } from "../../hardware/serial.ts";
import type { SensorContext } from "../../sensor.ts";
import { frameStream, type Look } from "./frames.ts";
import { keepOpen } from "./keep-open.ts";

/** A part that speaks on a serial line without being asked. */
export interface SpeakingPart<Frame> {
  readonly settings: SerialSettings;
  readonly look: Look<Frame>;
  /** How many bytes two frames have at most. */
  readonly mostBytes: number;
  /** For how long the newest frame is what the part measures, in milliseconds. */
  readonly freshMs: number;
  /** What to do where nothing comes, as a clause. */
  readonly hint: string;
  /** What is told to the part each time the line was opened. */
  readonly greet?: (line: SerialLine) => Promise<void>;
}

/** A reading waits so long for a frame, and has failed then. The longest pause of a meter, 10 s, is met at the next try. */
const longestWaitMs = 8_000;

/**
 * Listens to a part. The function that is returned gives its newest frame with a right checksum. If that is older than `freshMs`, or was
 * heard before the line was gone, it waits for the next one. Rejects with a UserError that says what was heard instead.
 */
export async function listenTo<Frame>(
  context: Pick<SensorContext, "serial" | "onStop" | "clock">,
  part: SpeakingPart<Frame>,
): Promise<() => Promise<Frame>> {
  const { clock } = context;
  const { settings, freshMs, hint } = part;
  let newest: { readonly frame: Frame; readonly atMs: number } | undefined;
  /** Bytes since the newest frame. */
  let heard = 0;
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const resolve of [...waiting]) resolve();
    waiting.clear();
  };

  const use = await keepOpen(context, settings, {
    async onOpen(line) {
      const take = frameStream(part.look, part.mostBytes);
      line.onBytes((piece) => {
        heard += piece.length;
        const frame = take(piece).at(-1);
        if (frame === undefined) return;
        newest = { frame, atMs: clock.monotonicMs() };
        heard = 0;
        wake();
      });
      await part.greet?.(line);
    },
    onGone() {
      newest = undefined;
      heard = 0;
      wake();
    },
  });
  const fresh = () => (newest !== undefined && clock.monotonicMs() - newest.atMs <= freshMs ? newest.frame : undefined);

  return async () => {
    await use();
    const known = fresh();
    if (known !== undefined) return known;
    await new Promise<void>((resolve) => {
      waiting.add(resolve);
      clock.after(Math.min(freshMs, longestWaitMs), () => {
        waiting.delete(resolve);
        resolve();
      });
    });
    const next = fresh();
    if (next !== undefined) return next;
    const { port, baudRate } = settings;
    // Says how, so that the cable can be told from the settings.
    if (heard === 0) throw new UserError(`nothing comes from ${port}`, { hint });
    throw new UserError(`what comes from ${port} at ${baudRate} baud has no whole frame with a right checksum`, {
      hint: "check that this is the right port and kind, and the wiring",
    });
  };
}
