import type { DeviceSettings } from "../core/device.ts";
import type { GpioBackend } from "../core/gpio.ts";
import { lastHeaderPin, reservedPins } from "../core/header.ts";
import { chosenPins } from "../core/pin.ts";
import type { SourceDocument } from "./document.ts";
import type { Problem } from "./problem.ts";

/** Finds pins that the backend which was named cannot serve as their devices need it. */
export function checkUses(
  devices: readonly DeviceSettings[],
  backend: string,
  backends: readonly Pick<GpioBackend, "name" | "uses">[],
  source: SourceDocument,
): Problem[] {
  const named = backends.find(({ name }) => name === backend);
  if (named === undefined) return [];
  return devices.flatMap(({ id, kind, options }) =>
    chosenPins(kind.options, options).flatMap(({ option, pin, role }): Problem[] => {
      if (role === "driver" || named.uses[role] !== undefined) return [];
      const able = backends.filter(({ uses }) => uses[role] !== undefined).map(({ name }) => name);
      const path = ["devices", id, option];
      const sentence = `the backend ${backend} cannot serve pin ${pin} as ${role}; choose auto or ${able.join(", ")} in gpio.backend`;
      return [{ path: path.join("."), place: source.placeOfValue(path), sentence }];
    }),
  );
}

/** Finds pins that two devices want, and pins that should be left alone. */
export function checkPins(
  devices: readonly DeviceSettings[],
  forced: readonly number[],
  source: SourceDocument,
): Problem[] {
  const problems: Problem[] = [];
  const owners = new Map<number, string>();
  for (const { id, kind, options } of devices) {
    for (const { option, pin } of chosenPins(kind.options, options)) {
      const path = ["devices", id, option];
      const complain = (sentence: string) =>
        problems.push({ path: path.join("."), place: source.placeOfValue(path), sentence });
      const owner = owners.get(pin);
      if (owner !== undefined) complain(`pin ${pin} is already used by "${owner}"; choose another`);
      else owners.set(pin, id);
      if (forced.includes(pin)) continue;
      if (reservedPins.includes(pin))
        complain(`pin ${pin} belongs to the memory chip of a HAT; choose another, or add it to gpio.force_pins`);
      if (pin > lastHeaderPin)
        complain(
          `pin ${pin} is not on the header, which has GPIO 2 to 27; choose one of these, or add it to gpio.force_pins`,
        );
    }
  }
  return problems;
}
