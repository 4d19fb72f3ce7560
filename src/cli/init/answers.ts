import type { FoundPlace } from "../../discover/finding.ts";
import { deviceLine, Ids, type ProposedDevice } from "../../discover/lines.ts";

/** What devices.yaml and `.env` are made of. */
export interface Answers {
  /** The agent's id, with which its topics begin. */
  readonly name: string;
  /** Undefined where `.env` is there already. */
  readonly broker?: { readonly url: string; readonly username?: string; readonly password?: string } | undefined;
  /** The pin of a first relay, as it is written. */
  readonly relay?: string | undefined;
  readonly devices: readonly ProposedDevice[];
}

/** The devices of which it is certain what they are, each with an id. */
export function certainDevices(places: readonly FoundPlace[]): readonly ProposedDevice[] {
  const ids = new Ids();
  return places
    .flatMap(({ findings }) => findings.filter(({ isSure }) => isSure))
    .flatMap(({ devices }) => devices.map((device) => ({ ...device, id: ids.propose(device) })));
}

/** The devices that something may be, in the order in which they were found. */
function perhaps(places: readonly FoundPlace[], taken: readonly ProposedDevice[]): readonly string[] {
  const ids = new Ids();
  const known = new Set(taken.map(({ id }) => id));
  return places
    .flatMap(({ findings }) => findings.filter(({ isSure }) => !isSure))
    .flatMap(({ what, devices }) => {
      const proposed = devices
        .map((device) => ({ ...device, id: ids.propose(device) }))
        .filter(({ id }) => !known.has(id));
      return proposed.length === 0 ? [] : [`# ${what}:`, ...proposed.map((device) => `# ${deviceLine(device)}`)];
    });
}

/** The text of devices.yaml. */
export function devicesText({ name, relay, devices }: Answers, places: readonly FoundPlace[]): string {
  const own = [
    ...(relay === undefined
      ? []
      : [{ id: "relay-1", kind: "relay", options: { pin: /^\d+$/.test(relay) ? Number(relay) : relay } }]),
    ...devices,
  ];
  // A file without a device is refused. How warm the processor is can be said everywhere.
  const all = own.length > 0 ? own : [{ id: "pi", kind: "cpu_temperature", options: {} }];
  const lines = all.map((device) => `  ${deviceLine(device, name)}`);
  const more = perhaps(places, devices).map((line) => `  ${line}`);
  return `# Written by "pi2mqtt init". "pi2mqtt kinds" tells what else there is, and "pi2mqtt check" finds every mistake.
# The broker's address and password are in .env.
agent:
  id: ${JSON.stringify(name)}

devices:
${relay === undefined ? "" : '  # Publish "on" to its topic. Add "active_low: true" if your relay board works upside down.\n'}${lines.join("\n")}
${more.length === 0 ? "" : `\n  # What may be connected too; "pi2mqtt discover" says what each needs:\n${more.join("\n")}\n`}`;
}

/** The text of `.env`. Undefined where a value cannot be written in it. */
export function dotEnvText({ broker }: Pick<Answers, "broker">): string | undefined {
  const { url, username, password } = broker ?? {};
  const lines = Object.entries({ MQTT_URL: url, MQTT_USERNAME: username, MQTT_PASSWORD: password });
  const written = lines.map(([variable, value]) =>
    value === undefined || value === ""
      ? []
      : [quoted(value) === undefined ? undefined : `${variable}=${quoted(value)}\n`],
  );
  return written.flat().includes(undefined) ? undefined : written.flat().join("");
}

/**
 * A value as `.env` needs it: in quotes that it does not have itself where it begins with one, has a # or has spaces at its edges. With a
 * \ at its end, the quote after that would not count.
 */
function quoted(value: string): string | undefined {
  if (/^[^\s#'"`]([^#\r\n]*[^\s#])?$/.test(value)) return value;
  if (value.endsWith("\\")) return undefined;
  // In double quotes, \n would become the end of a line.
  const quote = ["'", "`", ...(value.includes("\\") ? [] : ['"'])].find((one) => !value.includes(one));
  return quote === undefined ? undefined : `${quote}${value}${quote}`;
}
