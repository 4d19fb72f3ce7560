import { type LightPin, traitsOf, writtenPins } from "./light-mode.ts";
import { pulseOptions, usual } from "./light-options.ts";

type Options = Readonly<Record<string, unknown>>;
type Sentences = Readonly<Record<string, string>>;

/** The pins that can be together in one light, and which of them are needed. */
const families: readonly { readonly needed: readonly LightPin[]; readonly more?: readonly LightPin[] }[] = [
  { needed: ["pin"] },
  { needed: ["output_pin"] },
  { needed: ["red_pin", "green_pin", "blue_pin"], more: ["white_pin"] },
  { needed: ["cold_white_pin", "warm_white_pin"] },
];

const temperatures = ["cold_white_color_temperature", "warm_white_color_temperature"] as const;

const noPin =
  "is missing; write pin for a light that is dimmed, output_pin for one that is only switched, red_pin, green_pin and blue_pin for a colored one, or cold_white_pin and warm_white_pin";

/** The options of a light that do not go together, each with what to write. */
export function lightConflicts(options: Options): Sentences {
  const ofPins = pinConflicts(writtenPins(options));
  if (Object.keys(ofPins).length > 0) return ofPins;
  return { ...temperatureConflicts(options), ...pulseConflicts(options), ...powerConflicts(options) };
}

function pinConflicts(written: readonly LightPin[]): Sentences {
  const [first] = written;
  if (first === undefined) return { pin: noPin };
  const { needed = [], more = [] } =
    families.find((family) => [...family.needed, ...(family.more ?? [])].includes(first)) ?? {};
  const strange = written.filter((pin) => !needed.includes(pin) && !more.includes(pin));
  if (strange.length > 0)
    return sentences(strange, `does not go together with ${first}; remove one of them, or make two lights`);
  const missing = needed.filter((pin) => !written.includes(pin));
  const alone = first === "white_pin" ? ", or write pin in place of white_pin for white LEDs alone" : "";
  return sentences(missing, `is missing; a light with ${written.join(" and ")} needs it too${alone}`);
}

function temperatureConflicts(options: Options): Sentences {
  if (traitsOf(options).mode !== "color_temp") {
    const strange = temperatures.filter((name) => options[name] !== undefined);
    return sentences(strange, "is only for a light with cold_white_pin and warm_white_pin; remove it");
  }
  const missing = temperatures.filter((name) => options[name] === undefined);
  if (missing.length > 0)
    return sentences(missing, "is missing; write the kelvin that stand on the strip, such as 6500 for cold white");
  const [cold, warm] = temperatures.map((name) => Number(options[name])) as [number, number];
  return cold > warm
    ? {}
    : sentences([temperatures[0]], `is not above warm_white_color_temperature, which is ${warm}; exchange them`);
}

/** What asks for pulses where there are none. */
function pulseConflicts(options: Options): Sentences {
  if (traitsOf(options).mode !== "onoff") return {};
  const strange = Object.keys(pulseOptions).filter((name) => options[name] !== undefined);
  return sentences(strange, "is for a light that is dimmed; write pin in place of output_pin, or remove it");
}

function powerConflicts(options: Options): Sentences {
  const { min_power: min = usual.min_power, max_power: max = usual.max_power } = options as Partial<typeof usual>;
  if (min >= max)
    return options["max_power"] === undefined
      ? { min_power: "is the full power; write less than 1" }
      : { max_power: `is not above min_power, which is ${min}; write more` };
  // safe-state knows only on and off.
  return options["on_exit"] === "on" && max < 1
    ? { on_exit: `is the full power for a light that stays on, and max_power is ${max}; write off or keep` }
    : {};
}

function sentences(names: readonly string[], sentence: string): Sentences {
  return Object.fromEntries(names.map((name) => [name, sentence]));
}
