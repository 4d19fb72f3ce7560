import { statSync } from "node:fs";
import { SourceDocument } from "../../yaml/document.ts";
import { isMapping } from "../../yaml/is-mapping.ts";
import { brokerVariables, readDotEnv } from "./environment.ts";

/** Variables that are not secrets. Any other variable may be one. */
const harmless = ["MQTT_USERNAME", "MQTT_CA", "MQTT_CERT", "MQTT_KEY"];

/** Warns of a `.env` that may contain secrets if everybody on this machine can read or write it. No warning if there is no file. */
export function exposedDotEnv(file: string): string[] {
  if (!isOpenToOthers(file)) return [];
  const hasSecrets = Object.entries(readDotEnv(file)).some(
    ([name, value = ""]) => value !== "" && !harmless.includes(name) && (name !== "MQTT_URL" || value.includes("@")),
  );
  return hasSecrets ? [`.env: ${advice(file)}`] : [];
}

/**
 * Warns of a devices.yaml that contains the broker's password if everybody on this machine can read or write it. The installed file belongs
 * to root; with another mode the agent could not read it. So the advice is to move the password. There is no warning if the file is not
 * YAML.
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

/** Whether a value contains more than variables. `${NAME}` alone shows no secret. */
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
  // Windows has other permissions, and the mode that Node.js shows there is made up.
  if (process.platform === "win32") return false;
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
  return (mode & 0o006) !== 0;
}
