/**
 * How a pin is named: a number is a BCM number of the header, and "relays/3" is line 3 of the chip that `gpio.chips` calls "relays". Both
 * are normalised, so that two names of one pin are equal, also as keys of a Map or a Set.
 */
export type PinName = number | string;

/** A line of a chip that devices.yaml names. */
export interface ChipLine {
  /** The chip's name in `gpio.chips`. */
  readonly chip: string;
  /** The number of the line within the chip, from 0. */
  readonly line: number;
}

/** The chip and line that a pin's name means. Undefined for a pin of the header. */
export function chipLineOf(pin: PinName): ChipLine | undefined {
  if (typeof pin === "number") return undefined;
  const slash = pin.lastIndexOf("/");
  return { chip: pin.slice(0, slash), line: Number(pin.slice(slash + 1)) };
}

/** The name of a chip's line as a pin. */
export function chipPin({ chip, line }: ChipLine): PinName {
  return `${chip}/${line}`;
}

/** The pin's name for people: "GPIO17", "relays/3". */
export function pinTitle(pin: PinName): string {
  return typeof pin === "number" ? `GPIO${pin}` : pin;
}
