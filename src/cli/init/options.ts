import { UserError } from "../../core/errors.ts";
import type { Answers } from "./answers.ts";
import {
  asUrl,
  brokerProblem,
  type Known,
  nameProblem,
  relayProblem,
  takenOf,
  usualBroker,
  usualName,
} from "./questions.ts";

/** The options of `init`, as commander gives them. */
export interface InitOptions {
  readonly config: string;
  readonly yes?: boolean;
  readonly name?: string;
  readonly broker?: string;
  readonly username?: string;
  readonly relay?: string;
  readonly take?: string;
}

/** The answers of the command line, with the usual ones for those that are not there. Throws a UserError for a wrong one. */
export function optionAnswers(options: InitOptions, known: Known, hasDotEnv: boolean): Answers {
  const { name = usualName(known), broker = usualBroker(known), username, relay = "none", take = "all" } = options;
  const problems = [nameProblem(name), brokerProblem(broker), relayProblem(relay, known)];
  const [first] = problems.filter((problem) => problem !== undefined);
  if (first !== undefined) throw new UserError(first);
  const devices = takenOf(known.devices, take);
  if (devices === undefined)
    throw new UserError(`--take ${take} names something that was not found`, {
      hint: `write all, none, or of these: ${known.devices.map(({ id }) => id).join(", ") || "nothing was found"}`,
    });
  // As an option, the password would be shown to everybody on this machine by "ps".
  const password = process.env["MQTT_PASSWORD"];
  const login = username === undefined ? {} : { username, ...(password !== undefined && { password }) };
  return {
    name,
    broker: hasDotEnv ? undefined : { url: asUrl(broker), ...login },
    relay: relay === "none" || relay === "" ? undefined : relay,
    devices,
  };
}
