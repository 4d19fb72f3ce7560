import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "dotenv";
import { errorCode, UserError } from "../core/errors.ts";

/** Variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment, with `.env` from the folder of devices.yaml below it: what is set outside wins. */
export function readEnvironment(folder: string, outside: Environment): Environment {
  const file = join(folder, ".env");
  try {
    return { ...parse(readFileSync(file)), ...outside };
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return outside;
    throw new UserError(`${file} cannot be read (${errorCode(cause)})`, { hint: "let this user read it", cause });
  }
}

/** The variables that stand above the broker section, so that no secret needs to be in devices.yaml. */
export const brokerVariables = {
  url: "MQTT_URL",
  username: "MQTT_USERNAME",
  password: "MQTT_PASSWORD",
  ca: "MQTT_CA",
  cert: "MQTT_CERT",
  key: "MQTT_KEY",
} as const;

/** The settings of the broker section that the environment overrides. An empty variable counts as not set. */
export function brokerOverrides(environment: Environment): Readonly<Record<string, string>> {
  const overrides: Record<string, string> = {};
  for (const [setting, name] of Object.entries(brokerVariables)) {
    const value = environment[name];
    if (value !== undefined && value !== "") overrides[setting] = value;
  }
  return overrides;
}
