import { statSync } from "node:fs";
import { readDotEnv } from "./environment.ts";

/** Variables that are no secrets; any other may be one. */
const harmless = ["MQTT_USERNAME", "MQTT_CA", "MQTT_CERT", "MQTT_KEY"];

/** Warns of a `.env` that may hold secrets while everybody on this machine can read or write it. None where there is no file. */
export function exposedDotEnv(file: string): string[] {
  if (!isOpenToOthers(file)) return [];
  const hasSecrets = Object.entries(readDotEnv(file)).some(
    ([name, value = ""]) => value !== "" && !harmless.includes(name) && (name !== "MQTT_URL" || value.includes("@")),
  );
  return hasSecrets ? [`.env: ${advice(file)}`] : [];
}

/** Warns of a private key that everybody on this machine can read or write. */
export function exposedKey(file: string): string[] {
  return isOpenToOthers(file) ? [`broker.key: ${advice(file)}`] : [];
}

function advice(file: string): string {
  return `everybody on this machine can read "${file}", secrets included; run "chmod 600 ${file}"`;
}

function isOpenToOthers(file: string): boolean {
  // Windows has other ways to say so, and Node.js makes the mode up.
  if (process.platform === "win32") return false;
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
  return (mode & 0o006) !== 0;
}
