import { hostname } from "node:os";
import { idPattern } from "../../config/schema/config-schemas.ts";
import { isUsualHost } from "../../config/warnings/agent-id.ts";
import { parsePin } from "../../core/hardware/parse-pin.ts";
import type { ProposedDevice } from "../../discover/lines.ts";
import type { Answers } from "./answers.ts";
import type { TriedBroker } from "./find-broker.ts";
import type { probeBroker } from "./mqtt-probe.ts";
import type { Ask } from "./terminal.ts";

/** What is known before the first question. */
export interface Known {
  /** The serial number of the board, which makes a name of its own where the machine's is a usual one. */
  readonly serial: string | undefined;
  readonly brokers: readonly TriedBroker[];
  readonly devices: readonly ProposedDevice[];
  /** Asks a broker whether it lets us in. */
  readonly probe: typeof probeBroker;
}

/** A name that no other machine has: the machine's own, or one of its serial number. */
export function usualName({ serial }: Pick<Known, "serial">): string {
  const own =
    hostname()
      .split(".")[0]
      ?.replace(/[^A-Za-z0-9_-]/g, "-") ?? "";
  if (idPattern.test(own) && !isUsualHost(own)) return own;
  return serial === undefined ? "my-pi" : `pi-${serial.slice(-6).toLowerCase()}`;
}

/** The address of the best broker that was found; that of this machine where there is none. */
export function usualBroker({ brokers }: Pick<Known, "brokers">): string {
  const found = brokers.find(({ result }) => result.is !== "nothing");
  return found?.url ?? "mqtt://localhost:1883";
}

/** What is wrong with a name. */
export function nameProblem(name: string): string | undefined {
  return idPattern.test(name)
    ? undefined
    : `"${name}" is no name for topics; write letters, digits, - and _, at most 64 of them`;
}

/** An address as people write it, with its protocol. */
export function asUrl(written: string): string {
  return written.includes("://") ? written : `mqtt://${written}`;
}

/** A protocol without its ://, which would be taken for a machine of this name. */
const brokenProtocol = /^(mqtts?|wss?|https?|tcp|ssl)(:?\/|:(?!\d))/i;

/** What is wrong with an address. */
export function brokerProblem(written: string): string | undefined {
  const url = asUrl(written);
  const isAddress = /^(mqtts?|wss?):\/\/[^\s/@]+(\/\S*)?$/.test(url);
  return isAddress && (url === written || !brokenProtocol.test(written))
    ? undefined
    : `"${written}" is no address of a broker; write mqtt://HOST:1883, or mqtts://HOST:8883 for TLS`;
}

/** What is wrong with the pin of a relay. */
export function relayProblem(written: string, { devices }: Pick<Known, "devices">): string | undefined {
  if (written === "" || written === "none") return undefined;
  const pin = parsePin(written);
  const holder = devices.find(({ options }) => options["pin"] === pin);
  if (holder !== undefined) return `"${written}" is the pin of a ${holder.kind} that was found; choose another one`;
  return typeof pin === "number" && pin >= 2 && pin <= 27
    ? undefined
    : `"${written}" is no pin of the header; write 2 to 27, such as 17 or GPIO17`;
}

/** The devices that somebody takes: all, none, or those of the numbers or ids. Undefined where a word is none of these. */
export function takenOf(devices: readonly ProposedDevice[], written: string): readonly ProposedDevice[] | undefined {
  const words = written.split(/[\s,]+/).filter((word) => word !== "");
  if (words.length === 1 && words[0] === "all") return devices;
  if (words.length === 0 || (words.length === 1 && words[0] === "none")) return [];
  const taken = words.map((word) => devices.find(({ id }, index) => id === word || String(index + 1) === word));
  return taken.includes(undefined) ? undefined : devices.filter((device) => taken.includes(device));
}

/** Asks the four questions. */
export async function askAll(ask: Ask, known: Known, hasDotEnv: boolean): Promise<Answers> {
  const name = await ask({
    text: "1. A name for this Pi in its topics, which no other one has",
    usual: usualName(known),
    problem: nameProblem,
  });
  const broker = hasDotEnv ? undefined : await askBroker(ask, known);
  const relay = await ask({
    text: "3. On which pin is a first relay? Such as 17, or none",
    usual: "none",
    problem: (answer) => relayProblem(answer, known),
  });
  const { devices } = known;
  const taken = devices.length === 0 ? "none" : await askDevices(ask, devices);
  return { name, broker, relay: relay === "none" ? undefined : relay, devices: takenOf(devices, taken) ?? [] };
}

async function askBroker(ask: Ask, known: Known): Promise<NonNullable<Answers["broker"]>> {
  const usual = usualBroker(known);
  const url = asUrl(await ask({ text: "2. Where is the broker?", usual, problem: brokerProblem }));
  const { is } = await known.probe(url);
  if (is === "open") return { url };
  const why =
    is === "locked"
      ? "It wants a user name and a password. The name"
      : "Nothing answers there now. Its user name, if it has one";
  const username = await ask({
    text: `   ${why}`,
    ...(is === "nothing" && { usual: "" }),
    problem: (typed) =>
      typed.includes("://")
        ? `"${typed}" is an address and no user name; stop with Ctrl+C and begin again to choose another broker`
        : undefined,
  });
  if (username === "") return { url };
  const password = await ask({
    text: "   Its password, which is not shown",
    isSecret: true,
    async problem(typed) {
      const result = await known.probe(url, { username, password: typed });
      return is === "locked" && result.is === "locked" && typed !== ""
        ? "the broker does not accept this name with this password; try again, or leave it empty and write it into .env later"
        : undefined;
    },
  });
  return { url, username, ...(password !== "" && { password }) };
}

function askDevices(ask: Ask, devices: readonly ProposedDevice[]): Promise<string> {
  const list = devices.map(({ id, kind }, index) => `   ${index + 1}  ${id}, a ${kind}`).join("\n");
  return ask({
    text: `4. Which of these do you want?\n${list}\n   all, none, or numbers such as 1 3`,
    usual: "all",
    problem: (answer) => (takenOf(devices, answer) === undefined ? `"${answer}" names none of these` : undefined),
  });
}
