import { UserError } from "../../core/errors.ts";
import { type Files, readTrimmed } from "../../core/machine/files.ts";
import { iioChannels } from "../../core/readers/channel.ts";
import type { ChosenPart } from "../../core/readers/free-part.ts";

const root = "/sys/bus/iio/devices";

/** An IIO device, and the words by which it can be chosen. */
interface IioDevice {
  readonly folder: string;
  /** What the kernel calls the part. */
  readonly parts: readonly string[];
  /** Where it is: what its bus calls it, such as 1-0048, and the text of its file `label`. */
  readonly places: readonly string[];
}

/**
 * The folder of a part in /sys/bus/iio/devices, by its driver's name; the numbers of these folders change between boots. Rejects with a
 * sentence that says which parts there are.
 */
export async function findIioDevice(files: Files, { part, device }: ChosenPart): Promise<string> {
  const all: IioDevice[] = [];
  for (const entry of await files.list(root))
    if (entry.startsWith("iio:device")) all.push(await iioDevice(files, `${root}/${entry}`));
  const called = all.filter(({ parts }) => parts.includes(part));
  const places = called.map(({ places: [place] }) => place).join(", ");
  if (called.length === 0)
    throw new UserError(`the kernel shows no IIO device ${part}`, {
      hint:
        all.length === 0
          ? "it shows none: add the overlay of the part to /boot/firmware/config.txt and reboot"
          : `it shows ${all.map(({ parts, places: [place] }) => `${parts.at(-1)} (${place})`).join(", ")}`,
    });
  const [first, second] = device === undefined ? called : called.filter((one) => one.places.includes(device));
  if (first === undefined)
    throw new UserError(`there is no ${part} at ${device}`, { hint: `there is one at ${places}` });
  if (second === undefined) return first.folder;
  throw new UserError(`there are several called ${part}`, { hint: `choose one by device: ${places}` });
}

/**
 * What is known of an IIO device. Some drivers give it the name of the I2C device, such as 1-0040 (si7020.c, hdc100x.c): then the I2C device
 * says what it is. One on a pin is called by its place too: dht11@4 is a dht11.
 */
async function iioDevice(files: Files, folder: string): Promise<IioDevice> {
  const parent = (await files.realPath(folder)).replace(/\/[^/]*$/, "");
  const bus = parent.slice(parent.lastIndexOf("/") + 1);
  const name = (await readTrimmed(files, `${folder}/name`)) ?? "";
  const ofBus = name === bus ? await readTrimmed(files, `${parent}/name`) : undefined;
  const label = await readTrimmed(files, `${folder}/label`);
  return {
    folder,
    parts: [name, ...name.split("@").slice(0, 1), ...(ofBus === undefined ? [] : [ofBus])],
    places: [...(label === undefined ? [] : [label]), bus],
  };
}

/** Rejects with a sentence where the part does not have one of these channels. */
export async function mustHave(files: Files, part: string, folder: string, wanted: readonly string[]): Promise<void> {
  const there = await iioChannels(files, folder);
  const missing = wanted.filter((channel) => !there.includes(channel));
  if (missing.length === 0) return;
  throw new UserError(`${part} has no channel ${missing.join(" and no channel ")}`, {
    hint: there.length === 0 ? "it has none that can be read" : `it has ${there.join(", ")}`,
  });
}
