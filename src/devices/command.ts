import * as z from "zod";
import { UserError } from "../core/errors.ts";
import { measuresOf } from "../core/readers/free-measures.ts";
import { pretendedDrifts, pretendedText } from "../core/readers/pretended-text.ts";
import { withoutWords } from "../core/readers/printed/hidden-words.ts";
import { describedMeasures, placesProblem, printedMeasures, valuesIn } from "../core/readers/printed/printed-values.ts";
import { defineSensor } from "../core/sensor.ts";
import { duration } from "../core/time/duration.ts";

/** A reading is a number or a few; whoever prints more than 64 KiB does something else. */
const mostBytes = 64 * 1024;

const asList = "is not a list; write each word by itself, as in [vcgencmd, measure_temp]";

/** A program that the user names; what it prints is the reading. */
export const command = defineSensor({
  kind: "command",
  summary: "A program of your own choice; the number or the JSON that it prints is the reading.",
  usedFor: "whatever a program prints, as a number or JSON",
  alsoCalled: ["commandline", "shell", "shellcommand", "exec", "script"],
  options: {
    command: z
      .array(z.string(), { error: asList })
      .min(1, { error: "has no word; write the program and its words, as in [vcgencmd, measure_temp]" })
      .max(50, { error: "has too many words; write at most 50, or a script that has them" })
      .refine(([program = "no word"]) => /^(?:\/.*[^/]|[^/]+)$/.test(program), {
        error: "does not begin with a program; write its name, or its whole path as in [/usr/local/bin/level, --cm]",
      })
      .refine(([program = ""]) => (program.startsWith("/") ? !/\s--?\w/.test(program) : !/\s/.test(program)), {
        error: "begins with one word with a space in it; write each word by itself, as in [vcgencmd, measure_temp]",
      })
      .describe(
        "The program and its words, one by one, as in [vcgencmd, measure_temp]. No shell reads them: for a pipe write a script and name that. It gets PATH and HOME of the agent and LANG=C.UTF-8, nothing on standard input, and works in the folder /. Everybody on the machine sees the words with ps, so a password belongs into a file that the program reads.",
      ),
    timeout: duration({ min: "100ms", max: "9s" })
      .default(5_000)
      .describe("How long it may take; then it is killed, with all that it has started. Default: 5s."),
    measures: printedMeasures.describe(
      "What it prints: for each measure its unit, device_class, state_class, digits, range and name, and where its number stands: json, as in rooms[0].temperature, or after, as in temp=. Default: one number, called value.",
    ),
  },
  example: {
    topic: "home/office/gpu",
    command: ["vcgencmd", "measure_temp"],
    measures: {
      temperature: { after: "temp=", unit: "°C", device_class: "temperature", digits: 1, range: [-40, 125] },
    },
  },
  every: { default: "1m", min: "1s" },
  measures: ({ measures }) => measuresOf(describedMeasures(measures)),
  conflicts({ measures }) {
    const problem = placesProblem(measures);
    return problem === undefined ? {} : { measures: problem };
  },
  warnings({ command: words }): Readonly<Record<string, string>> {
    const sign = words.find((word) => /^(\||\|\||&&?|;|[12]?>>?|<)$/.test(word));
    return sign === undefined
      ? {}
      : { command: `"${sign}" is for a shell, and none reads these words; write a script with them, and name that` };
  },
  pretend: {
    values: ({ measures }) => pretendedDrifts(measures),
    identity: ({ command: words }) => words,
    program: ({ command: words, measures }, values, run) =>
      JSON.stringify(words) === JSON.stringify(run) ? pretendedText(measures, values) : undefined,
  },
  async open({ command: words, timeout, measures }, { programs }) {
    const [program = ""] = words;
    return async () => {
      const { status, signal, stdout, stderr } = await programs.run(words, { timeoutMs: timeout, mostBytes });
      const hide = (text: string) => withoutWords(text, words);
      if (status !== 0)
        throw new UserError(`${program} ended with ${signal ?? `status ${status}`}${saidIn(hide(stderr))}`);
      return valuesIn(stdout, describedMeasures(measures), `${program} printed`, hide);
    };
  },
});

/** The last line that a program has complained with, which mostly says what is wrong. */
function saidIn(stderr: string): string {
  const line = stderr.trim().split("\n").at(-1)?.trim() ?? "";
  return line === "" ? "" : `: ${line.slice(0, 120)}`;
}
