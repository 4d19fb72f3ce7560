import { statSync } from "node:fs";
import { SourceDocument } from "../../yaml/document.ts";
import { isMapping } from "../../yaml/is-mapping.ts";
import { brokerVariables, readDotEnv } from "./environment.ts";

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

/**
 * Warns of a devices.yaml that holds up as YAML, has the broker's password in it, and can be read or written by everybody on this
 * machine. Root owns the installed file, so that another mode would keep the agent from it: the password has to move.
 */
export function exposedSecrets(file: string, bytes: Uint8Array): string[] {
  if (!isOpenToOthers(file)) return [];
  const text = new TextDecoder().decode(bytes);
  if (!/password|@/.test(text)) return [];
  const made = new SourceDocument(text, (name) => `\${${name}}`).value();
  const broker = "value" in made && isMapping(made.value) ? made.value["broker"] : undefined;
  if (!isMapping(broker)) return [];
  const { url, urls, password } = broker;
  const holders = [
    ...(isSecret(password) ? (["password"] as const) : []),
    ...([url, urls].flat().some(hasPassword) ? (["url"] as const) : []),
  ];
  return holders.map((setting) => {
    const called = setting === "url" && url === undefined ? "urls" : setting;
    return `broker.${called}: everybody on this machine can read the password in "${file}"; move it into .env as ${brokerVariables[setting]}, and let only the agent read that`;
  });
}

/** `${NAME}` gives nothing away. */
function isSecret(value: unknown): boolean {
  return typeof value === "string" && value.replace(/\$\{\w+\}/g, "") !== "";
}

function hasPassword(address: unknown): boolean {
  if (typeof address !== "string" || !URL.canParse(address)) return false;
  return new URL(address).password.replace(/\$%7B\w+%7D/g, "") !== "";
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
