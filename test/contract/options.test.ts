import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { optionsFor } from "../../src/config/schema/config-schemas.ts";
import { exampleDevices } from "../../src/core/kind.ts";
import { checked } from "../config/checked.ts";
import { kinds } from "../fakes/kinds.ts";
import { kindsOf } from "./example-house.ts";
import { exampleWithEach, exampleWithout, misspelt, requiredOptions, wrongValues } from "./wrong-options.ts";

/** A line for people, taken apart: `devices.yaml:4:10  devices.it.pin: "x" is not a pin; …`. */
function partsOf(problem: string) {
  const [, line, column, path = "", sentence = ""] = /^devices\.yaml:(\d+):(\d+) {2}(\S+?): (.*)$/s.exec(problem) ?? [];
  return { line: Number(line), column: Number(column), path, sentence };
}

/** Zod's own words, and ours where nobody wrote any. */
const noSentence = /invalid|expected|received|unrecognized|not understood|undefined|\[object/i;
/** What to do stands after a semicolon, unless the words that say what is wrong say what is right too. */
const advice = /; |is none of |is not (true or false|a number|a whole number|above|below)/;

describe.each(kinds)("an option of the kind $kind", (kind) => {
  const wrong = wrongValues(kind);
  const problemsOf = (yaml: string) => checked(yaml, { kinds: kindsOf(kind) }).problems.map(partsOf);
  // For Home Assistant's options there are tests of their own: what the agent does not know is passed on.
  const own = Object.keys(optionsFor(kind)).filter((option) => option !== "home_assistant");

  it.each(own)("says of each wrong value its path, its place and what to do: %s", (option) => {
    const values = wrong.filter((one) => one.option === option).map(({ value }) => value);
    expect(values.length).toBeGreaterThan(1);
    const { yaml, places } = exampleWithEach(kind, option, values);
    const problems = problemsOf(yaml);
    for (const [index, { path, lines }] of places.entries()) {
      const found = problems.filter((problem) => `${problem.path}.`.startsWith(`${path}.`));
      expect(found, `${option}: ${JSON.stringify(values[index])}`).not.toEqual([]);
      for (const { line, column, sentence } of found) {
        expect(line).toBeGreaterThanOrEqual(lines[0]);
        expect(line).toBeLessThanOrEqual(lines[1]);
        expect(column).toBeGreaterThan(4);
        expect(sentence).not.toMatch(noSentence);
        expect(sentence).toMatch(advice);
      }
    }
  });

  it("is guessed where it is misspelt", () => {
    for (const option of Object.keys(optionsFor(kind))) {
      const word = misspelt(option);
      const { yaml, places } = exampleWithEach(kind, word, ["5"]);
      expect(problemsOf(yaml)).toContainEqual({
        line: places[0]?.lines[0],
        column: 5,
        path: places[0]?.path,
        sentence: `there is no option "${word}" for the kind ${kind.kind}; did you mean "${option}"?`,
      });
    }
  });

  it.each(requiredOptions(kind))("is asked for where it is missing, with an example that works: %s", (option) => {
    const [found] = problemsOf(exampleWithout(kind, option)).filter(({ path }) => path === `devices.it.${option}`);
    const [, example = ""] = /^is missing; write "(.*)", for example$/.exec(found?.sentence ?? "") ?? [];
    const { it = {}, ...neighbours } = exampleDevices("it", kind);
    expect(Object.keys(parse(example))).toEqual([option]);
    expect(problemsOf(stringify({ devices: { ...neighbours, it: { ...it, ...parse(example) } } }))).toEqual([]);
  });
});
