import type { GpioBackend } from "../../core/hardware/gpio.ts";
import { lastHeaderPin, reservedPins } from "../../core/hardware/header.ts";
import type { PinName } from "../../core/hardware/pin-name.ts";
import { chosenPins } from "../../core/pin.ts";
import type { SourceDocument } from "../../yaml/document.ts";
import type { Problem } from "../../yaml/problem.ts";
import type { KnownDevice } from "./checked-device.ts";

/** Finds pins that the chosen backend cannot serve as their devices need. */
export function checkUses(
  devices: readonly KnownDevice[],
  backend: string,
  backends: readonly Pick<GpioBackend, "name" | "uses" | "chipsFor">[],
  source: SourceDocument,
): Problem[] {
  const named = backends.find(({ name }) => name === backend);
  if (named === undefined) return [];
  return devices.flatMap(({ id, kind, options }) =>
    chosenPins(kind.options, options).flatMap(({ path: within, pin, role }): Problem[] => {
      if (role === "driver") return [];
      const serves = ({ uses, chipsFor }: Pick<GpioBackend, "uses" | "chipsFor">) =>
        typeof pin === "number" ? uses[role] !== undefined : chipsFor?.includes(role) === true;
      if (serves(named)) return [];
      const able = backends.filter(serves).map(({ name }) => name);
      const path = ["devices", id, ...within];
      const sentence = `the backend ${backend} cannot serve pin ${pin} as ${role}; choose auto or ${able.join(", ")} in gpio.backend`;
      return [{ path: path.join("."), place: source.placeOfValue(path), sentence }];
    }),
  );
}

/**
 * Finds pins that are used twice, and pins that must not be used unless they are `forced`. `forced` is undefined if it is not known.
 * `sysfsBase` is called only if a pin may be a number of /sys/class/gpio.
 */
export function checkPins(
  devices: readonly KnownDevice[],
  forced: readonly number[] | undefined,
  sysfsBase: (() => number | undefined) | undefined,
  source: SourceDocument,
): Problem[] {
  const problems: Problem[] = [];
  const isForced = new Set(forced);
  const owners = new Map<PinName, { readonly id: string; readonly option: string }>();
  for (const { id, kind, options } of devices) {
    for (const { path: within, pin } of chosenPins(kind.options, options)) {
      const path = ["devices", id, ...within];
      const complain = (sentence: string) =>
        problems.push({ path: path.join("."), place: source.placeOfValue(path), sentence });
      const owner = owners.get(pin);
      if (owner === undefined) owners.set(pin, { id, option: within.join(".") });
      else if (owner.id === id) complain(`pin ${pin} is already the ${owner.option} of this device; choose another`);
      else complain(`pin ${pin} is already used by "${owner.id}"; choose another`);
      if (typeof pin !== "number" || forced === undefined || isForced.has(pin)) continue;
      if (reservedPins.includes(pin))
        complain(`pin ${pin} belongs to the memory chip of a HAT; choose another, or add it to gpio.force_pins`);
      if (pin > lastHeaderPin) complain(`pin ${pin} is not on the header${whatToWrite(pin, sysfsBase)}`);
    }
  }
  return problems;
}

/** The numbers of GPIO0 in /sys/class/gpio since kernel 6.6: on most machines, and with the first kernels of the Pi 5 (fivdi/onoff#199). */
const usualBases = [512, 571];

function whatToWrite(pin: number, sysfsBase: (() => number | undefined) | undefined): string {
  const usual = ", which has GPIO 2 to 27; choose one of these, or add it to gpio.force_pins";
  if (pin < Math.min(...usualBases) && sysfsBase === undefined) return usual;
  const isOn = (base: number) => pin >= base && pin <= base + lastHeaderPin;
  const own = sysfsBase?.();
  if (own !== undefined && own > lastHeaderPin && isOn(own))
    return `; it is the number of GPIO${pin - own} in /sys/class/gpio, which counts from ${own} on this machine; write ${pin - own}`;
  const base = usualBases.find(isOn);
  if (base === undefined) return usual;
  const where = base === 571 ? "the first kernels of the Pi 5" : "most machines";
  return `; it is the number of GPIO${pin - base} in /sys/class/gpio, which counts from ${base} on ${where}; write ${pin - base}`;
}
