import { hexadecimal } from "../core/hardware/named-chip.ts";
import type { Finding, FoundDevice, FoundPlace } from "./finding.ts";

/** A device with the id and the topic that are proposed for it. */
export interface ProposedDevice extends FoundDevice {
  readonly id: string;
}

/** Gives each device an id of its own: its kind, and where there are several, what tells it from the others. */
export class Ids {
  readonly #taken = new Set<string>();

  propose({ kind, options }: FoundDevice): string {
    const word = kind.replaceAll("_", "-");
    const { address, pin, device, part, supply } = options;
    // The family of a part on 1-Wire says no more than its kind.
    const own = typeof address === "string" ? address.replace(/^..-/, "") : address;
    const mark = typeof own === "number" ? own.toString(16) : (own ?? pin ?? device ?? part ?? supply);
    const marked = mark === undefined ? word : `${word}-${String(mark).replace(/[^A-Za-z0-9_-]/g, "-")}`;
    let id = marked;
    for (let number = 2; this.#taken.has(id); number++) id = `${marked}-${number}`;
    this.#taken.add(id);
    return id;
  }
}

/** The line of a device below `devices:`, without its indent. Its topic begins with `base`. */
export function deviceLine({ id, kind, options }: ProposedDevice, base = "home"): string {
  const own = Object.entries({ kind, topic: `${base}/${id}`, ...options });
  const words = own.map(([option, value]) => `${option}: ${yamlValue(option, value)}`);
  return `${id}: {${words.join(", ")}}`;
}

/** A value in YAML on one line. JSON is YAML too. */
function yamlValue(option: string, value: unknown): string {
  if (typeof value === "number") return option === "address" ? hexadecimal(value) : String(value);
  const isPlain = typeof value === "string" && /^[A-Za-z/][\w./:-]*$/.test(value) && !value.endsWith(":");
  return isPlain ? value : JSON.stringify(value);
}

/** What was found, as text that may stand below `devices:` in devices.yaml. What is not certain is a comment. */
export function foundText(places: readonly FoundPlace[]): string {
  const ids = new Ids();
  const blocks = places.map(({ place, findings, problem }) => {
    const lines = findings.flatMap((finding) => findingLines(finding, ids));
    return [`# ${place}`, ...lines, ...(problem === undefined ? [] : [`#   ${problem}`])].join("\n");
  });
  return `# What is connected. Lines without # can stand below "devices:".\n\n${blocks.join("\n\n")}\n`;
}

function findingLines({ what, devices, isSure }: Finding, ids: Ids): readonly string[] {
  if (isSure && devices.length > 0)
    return [`#   ${what}`, ...devices.map((device) => `  ${deviceLine({ ...device, id: ids.propose(device) })}`)];
  const [first, another] = devices;
  if (first === undefined) return [`#   ${what}`];
  const choice =
    another === undefined
      ? "it may be this, if that is what you have:"
      : "it may be one of these; take the # of the right one away:";
  const lines = devices.flatMap((device) => [
    `#  ${deviceLine({ ...device, id: ids.propose(device) })}`,
    ...(device.first === undefined ? [] : [`#      for that, ${device.first}`]),
    ...(device.guessed === undefined
      ? []
      : [`#      what it says of ${device.guessed.join(" and ")} is an example; write your own`]),
  ]);
  return [`#   ${what}; ${choice}`, ...lines];
}
