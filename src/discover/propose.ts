import { type FoundOptions, takes } from "../core/connection.ts";
import type { DeviceKind } from "../core/kind.ts";
import type { Finding, FoundDevice } from "./finding.ts";

/** A device of a kind with these options, and with those of the kind's example where it must have others too. */
export function proposed({ kind, options, example }: DeviceKind, known: FoundOptions): FoundDevice {
  const guessed = Object.keys(options).filter((name) => !(name in known) && !takes(options, name, undefined));
  const guesses = Object.fromEntries(guessed.map((name) => [name, example[name]]));
  return { kind, options: { ...known, ...guesses }, ...(guessed.length > 0 && { guessed }) };
}

/** Something of which it is certain what it is, if one kind is it, and nothing of that has to be guessed. */
export function known(what: string, devices: readonly FoundDevice[]): Finding {
  const [first, another] = devices;
  return { what, devices, isSure: first !== undefined && another === undefined && first.guessed === undefined };
}
