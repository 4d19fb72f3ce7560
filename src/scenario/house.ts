import { topicProblem } from "../core/messages/topic.ts";
import type { ExpectMessage, ExpectRule, PublishMessage, SetBroker } from "../core/simulation/scenario.ts";
import { isMapping } from "../yaml/is-mapping.ts";
import type { Path } from "../yaml/path.ts";
import type { ScenarioChecks } from "./checks.ts";

type Placed<What> = What & { readonly path: Path };

/** Checks `broker`: the broker goes `offline`, or is `online` again. */
export function checkBroker(written: unknown, path: Path, checks: ScenarioChecks): readonly Placed<SetBroker>[] {
  if (written === undefined) return [];
  if (written === "online" || written === "offline") return [{ verb: "broker", isOnline: written === "online", path }];
  return checks.refuseWord(path, ["online", "offline"]);
}

/** Checks `publish` or `published`: texts by their topics. */
export function checkMessages(
  verb: "publish" | "published",
  written: unknown,
  withinMs: number,
  path: Path,
  checks: ScenarioChecks,
): readonly Placed<PublishMessage | ExpectMessage>[] {
  if (written === undefined || written === null) return [];
  if (!isMapping(written))
    return checks.refuse(path, `${checks.written(path)} names no topic; write which, such as {home/bell: pressed}`);
  return Object.entries(written).flatMap(([topic, value]): readonly Placed<PublishMessage | ExpectMessage>[] => {
    const at = [...path, topic];
    const problem = topicProblem(topic);
    if (problem !== undefined) return checks.refuseKey(at, `"${topic}" ${problem}`);
    const payload = typeof value === "object" && value !== null ? JSON.stringify(value) : String(value ?? "");
    return [verb === "publish" ? { verb, topic, payload, path: at } : { verb, topic, payload, withinMs, path: at }];
  });
}

/** Checks `fired` and `not_fired`: the id of a rule, or a list of them. */
export function checkFired(
  written: unknown,
  isWanted: boolean,
  withinMs: number,
  path: Path,
  checks: ScenarioChecks,
): readonly Placed<ExpectRule>[] {
  if (written === undefined || written === null) return [];
  const ids = Array.isArray(written) ? written : [written];
  return ids.flatMap((id, index): readonly Placed<ExpectRule>[] => {
    const at = Array.isArray(written) ? [...path, index] : path;
    if (typeof id !== "string") return checks.refuse(at, `${checks.written(at)} is not the id of a rule; write one`);
    return checks.hasRule(at, id) ? [{ verb: "fired", rule: id, isWanted, withinMs, path: at }] : [];
  });
}
