import { join } from "node:path";
import { parse } from "dotenv";
import { errorCode, UserError } from "../../core/errors.ts";
import { readUserText } from "../../yaml/user-file.ts";
import type { Variables } from "../../yaml/variables.ts";
import { readCredentials } from "./credentials.ts";

/** The environment variables of the program. */
export type Environment = Variables;

/**
 * The variables from the environment, from systemd's credentials and from `.env` in the folder of devices.yaml. The environment wins over
 * the credentials, and these over `.env`. An empty variable in the environment, such as `Environment=MQTT_PASSWORD=`, overrides nothing.
 */
export function readEnvironment(folder: string, outside: Environment): Environment {
  const filled = Object.fromEntries(Object.entries(outside).filter(([, value]) => value !== ""));
  const credentials = readCredentials(outside["CREDENTIALS_DIRECTORY"]);
  return { ...outside, ...readDotEnv(join(folder, ".env")), ...credentials, ...filled };
}

/** The variables in a `.env`; none if there is no such file. Throws a UserError if it cannot be read. */
export function readDotEnv(file: string): Environment {
  try {
    return parse(readUserText(file));
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return {};
    const hint =
      errorCode(cause) === "EACCES" ? "let this user read it" : "put a file of NAME=value lines there, or none";
    throw new UserError(`${file} cannot be read (${errorCode(cause)})`, { hint, cause });
  }
}

/** The variables that override settings of the broker section, so that devices.yaml need not contain secrets. */
export const brokerVariables = {
  url: "MQTT_URL",
  username: "MQTT_USERNAME",
  password: "MQTT_PASSWORD",
  ca: "MQTT_CA",
  cert: "MQTT_CERT",
  key: "MQTT_KEY",
} as const;

/** The broker section after overriding settings by variables. An empty variable counts as not set. */
export function overrideBroker(
  written: Readonly<Record<string, unknown>>,
  environment: Environment,
): Readonly<Record<string, unknown>> {
  const broker = { ...written };
  for (const [setting, name] of Object.entries(brokerVariables)) {
    const value = environment[name];
    if (value === undefined || value === "") continue;
    if (setting === "url") Object.assign(broker, addressesIn(value));
    else broker[setting] = value;
  }
  return broker;
}

/** The name of the variable that overrides a setting. Undefined if none does. */
export function overridingVariable(setting: string, environment: Environment): string | undefined {
  const name = brokerVariables[(setting === "urls" ? "url" : setting) as keyof typeof brokerVariables];
  return name !== undefined && environment[name] ? name : undefined;
}

/**
 * Reads one address, or several with commas between them. If no new address follows a comma that stands before an @, the comma belongs to a
 * password.
 */
function addressesIn(value: string): { url: string | undefined; urls: readonly string[] | undefined } {
  const urls = value
    .split(/,(?=\s*\w+:\/\/)|,(?!(?:(?!\w+:\/\/).)*@)/s)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  return urls.length > 1 ? { url: undefined, urls } : { url: urls[0] ?? value, urls: undefined };
}
