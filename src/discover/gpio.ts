import { overlayLine } from "../core/hardware/chip-parts.ts";
import { headerChips } from "../core/hardware/header.ts";
import { busDevices } from "../core/hardware/named-chip.ts";
import type { Files } from "../core/machine/files.ts";
import { readTrimmed } from "../core/machine/files.ts";
import type { Finding, Look } from "./finding.ts";

/** Chips of pins: that of the header, and those on a bus. */
export const lookAtGpio: Look = async ({ files }) => {
  const chips = (await files.list("/dev")).filter((name) => /^gpiochip\d+$/.test(name));
  const place = "Pins";
  if (chips.length === 0)
    return [
      {
        place,
        findings: [],
        problem: "there is no /dev/gpiochip0: this is no Raspberry Pi, or a container without it",
      },
    ];
  const closed = [];
  for (const chip of chips) if (!(await files.isWritable(`/dev/${chip}`))) closed.push(chip);
  const problem =
    closed.length === 0
      ? undefined
      : `/dev/${closed[0]} may not be opened by this user; put the user into the group gpio ("sudo usermod -aG gpio USER", then log in again)`;
  const header = await headerChip(files);
  const findings: Finding[] = header === undefined ? [] : [about(`${header}, the pins of the header`)];
  for (const { device, part = "a chip", address, chips: made } of await busDevices(files)) {
    if (made.dev.length + made.sysfs.length + made.pwm.length === 0) continue;
    const where = address === undefined ? device : `0x${address.toString(16)}`;
    const named =
      overlayLine({ label: part }) === undefined
        ? ""
        : `, which "gpio: {chips: {NAME: {label: ${part}, device: ${device}}}}" names`;
    findings.push(about(`${part} at ${where}${named}`));
  }
  return [{ place, findings, problem }];
};

function about(what: string): Finding {
  return { what, devices: [], isSure: false };
}

/** The label of the header's chip, as /sys/class/gpio shows it; undefined where that is not there. */
async function headerChip(files: Files): Promise<string | undefined> {
  for (const name of await files.list("/sys/class/gpio")) {
    const label = await readTrimmed(files, `/sys/class/gpio/${name}/label`);
    if (label !== undefined && headerChips.includes(label)) return label;
  }
  return undefined;
}
