import { basename } from "node:path";
import { errorCode } from "../core/errors.ts";
import type { Happening, Scenario } from "../core/simulation/scenario.ts";
import { durationText } from "../core/time/duration-text.ts";
import { SourceDocument } from "../yaml/document.ts";
import { isMapping } from "../yaml/is-mapping.ts";
import type { Path } from "../yaml/path.ts";
import { explainedBy, formatProblem, inFileOrder, type Place, type Problem } from "../yaml/problem.ts";
import { readSource } from "../yaml/source.ts";
import { readUserFile, reasonOf } from "../yaml/user-file.ts";
import type { Variables } from "../yaml/variables.ts";
import { ScenarioChecks, type ScenarioKnown } from "./checks.ts";
import { checkStep, type PlacedAction } from "./step.ts";

/** The result of checking a scenario: the scenario, or everything that is wrong with it, one line each. */
export interface CheckedScenario {
  readonly scenario: Scenario | undefined;
  readonly problems: readonly string[];
}

const beginning = 'begin with "steps:" and one step below it, such as "- at: 5s"';

/** Reads and checks the file of a scenario. Never throws for a user's mistake. */
export function readScenario(file: string, known: ScenarioKnown, environment: Variables): CheckedScenario {
  let bytes: Uint8Array;
  try {
    bytes = readUserFile(file);
  } catch (error) {
    if (errorCode(error) === "") throw error;
    return { scenario: undefined, problems: [`${file} cannot be read: ${reasonOf(error)}`] };
  }
  return checkScenario(basename(file), bytes, known, environment);
}

/** Checks the bytes of a scenario. It finds all problems at once. `fileName` is the name of the file in the lines. */
export function checkScenario(
  fileName: string,
  bytes: Uint8Array,
  known: ScenarioKnown,
  environment: Variables,
): CheckedScenario {
  const refuse = (...problems: readonly Problem[]) => ({
    scenario: undefined,
    problems: inFileOrder(problems).map((problem) => formatProblem(fileName, problem)),
  });
  const text = readSource(bytes, beginning);
  if ("problem" in text) return refuse(text.problem);
  const source = new SourceDocument(text.text, (name) => environment[name]);
  if (!source.isValid) return refuse(...source.problems);
  const made = source.value();
  if ("problem" in made) return refuse(...source.problems, made.problem);
  if (!isMapping(made.value))
    return refuse({ path: "", place: { line: 1, column: 1 }, sentence: `this is not a scenario; ${beginning}` });

  const checks = new ScenarioChecks(source, known);
  const { starts, steps, until } = checks.known([], made.value, ["starts", "steps", "until"], "a scenario");
  if (!Array.isArray(steps)) checks.refuseKey(["steps"], `there are no steps; ${beginning}`);
  const { happenings, endMs } = checkSteps(Array.isArray(steps) ? steps : [], fileName, checks);
  const startsAt = starts === undefined ? undefined : checks.moment(["starts"], starts);
  const untilMs = until === undefined ? undefined : checks.duration(["until"], until);
  if (untilMs !== undefined && untilMs < endMs)
    checks.refuse(
      ["until"],
      `${checks.written(["until"])} is before the end of the steps; write at least ${durationText(endMs)}`,
    );
  const problems = [...source.problems, ...explainedBy(source, checks.problems)];
  if (problems.length > 0) return refuse(...problems);
  const stops = until !== undefined;
  return { scenario: { starts: startsAt, happenings, endMs: untilMs ?? endMs, stops }, problems: [] };
}

/** All that happens, in the order of time, and when the last of it is over. */
function checkSteps(steps: readonly unknown[], fileName: string, checks: ScenarioChecks) {
  const happenings: Happening[] = [];
  let lastMs = 0;
  let endMs = 0;
  for (const [index, written] of steps.entries()) {
    const path = ["steps", index];
    const { atMs, withinMs, actions } = checkStep(written, path, checks);
    if (atMs === undefined) continue;
    const atPath = [...path, "at"];
    if (atMs < lastMs)
      checks.refuse(
        atPath,
        `${checks.written(atPath)} is before the step above it, which is at ${durationText(lastMs)}; put the steps in the order of their time`,
      );
    lastMs = Math.max(lastMs, atMs);
    const at = checks.source.writtenValue(atPath) ?? "";
    for (const { path: actionPath, ...action } of actions) {
      const { line, column } = placeOf(actionPath, checks);
      happenings.push({ ...action, atMs, at, where: `${fileName}:${line}:${column}` });
    }
    endMs = Math.max(endMs, atMs + withinMs, ...actions.map((action) => atMs + lengthOf(action)));
  }
  return { happenings, endMs };
}

/** Where an action is written: at its key, or at its value in a list. */
function placeOf(path: Path, { source }: ScenarioChecks): Place {
  return typeof path.at(-1) === "number" ? source.placeOfValue(path) : source.placeOfKey(path);
}

/** How long an action takes, in milliseconds. */
function lengthOf(action: PlacedAction): number {
  if (action.verb === "drive") return action.withinMs + (action.forMs ?? 0);
  if (action.verb === "turn") return action.withinMs;
  return action.verb === "measure" ? action.overMs : 0;
}
