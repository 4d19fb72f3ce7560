import { readdirSync, readFileSync } from "node:fs";
import { headerChips } from "../core/hardware/header.ts";

const root = "/sys/class/gpio";

/** The number of GPIO0 of the header in /sys/class/gpio on this machine. Undefined if no chip of a Raspberry Pi is shown there. */
export function sysfsBase(): number | undefined {
  try {
    const read = (chip: string, file: string) => readFileSync(`${root}/${chip}/${file}`, "utf8").trim();
    const chips = readdirSync(root).filter((name) => name.startsWith("gpiochip"));
    const label = headerChips.find((wanted) => chips.some((chip) => read(chip, "label") === wanted));
    const chip = chips.find((candidate) => read(candidate, "label") === label);
    return chip === undefined ? undefined : Number(read(chip, "base"));
  } catch {
    return undefined;
  }
}
