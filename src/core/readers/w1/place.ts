import * as z from "zod";
import { errorCode, UserError } from "../../errors.ts";
import type { Files } from "../../machine/files.ts";
import type { Clock } from "../../time/clock.ts";
import { patiently } from "../patiently.ts";

/** The folder in which the kernel shows all masters and parts of 1-Wire. */
export const w1Root = "/sys/bus/w1/devices";

/** What parts a kind reads. */
export interface W1Part {
  /** As people say it after "1-Wire": "thermometer". */
  readonly name: string;
  /** The family codes, with which the numbers of such parts begin: "28". */
  readonly families: readonly string[];
  /** A number, for examples. */
  readonly example: string;
}

/** Where a part is looked for, as a user chose it. */
export interface W1Place {
  readonly address?: string | undefined;
  readonly bus?: number | undefined;
}

const noBus = "is no 1-Wire bus; write its number alone and without quotes, as in bus: 1 for w1_bus_master1";

/** The options `address` and `bus` of a kind that reads such parts. */
export function w1Options({ name, families, example }: W1Part) {
  return {
    address: z
      .string()
      .regex(pattern(families), {
        error: `is not the number of a ${name}; write its folder's name in ${w1Root}, such as ${example}`,
      })
      .optional()
      .describe("The sensor's own number, needed where several share the bus. Default: the only one there is."),
    bus: z
      .int({ error: ({ input }) => (typeof input === "string" ? noBus : undefined) })
      .min(1)
      .max(255)
      .optional()
      .describe(
        "The number of the 1-Wire bus where there are several, such as 2 for w1_bus_master2. A bus that hangs does not delay the sensors of another one. Default: all of them, as one.",
      ),
  };
}

/** The folder of a part for the simulation, where `example` is what it finds if the configuration names none. */
export function pretendedW1(
  { example }: W1Part,
  { address = example, bus }: Readonly<Record<string, unknown>>,
): string {
  return bus === undefined ? `${w1Root}/${address}` : `${w1Root}/w1_bus_master${bus}/${address}`;
}

/** Parts with the same word are read one after the other. Without `bus` a part is taken for one of the first bus. */
export function w1Turn({ bus = 1 }: W1Place): string {
  return `w1-${bus}`;
}

const addBus =
  'add "dtoverlay=w1-gpio" to /boot/firmware/config.txt, reboot, and check the wiring and its 4.7 kΩ resistor';

/** The folder of the part. Whether it is there shows when it is read. Rejects with a sentence unless there is exactly one to choose. */
export async function findW1(files: Files, part: W1Part, { address, bus }: W1Place): Promise<string> {
  const folder = bus === undefined ? w1Root : `${w1Root}/w1_bus_master${bus}`;
  if (address !== undefined) return `${folder}/${address}`;
  const found = (await files.list(folder)).filter((name) => pattern(part.families).test(name));
  const where = bus === undefined ? "" : ` on bus ${bus}`;
  if (found[0] === undefined)
    throw new UserError(`there is no 1-Wire ${part.name}${where}`, {
      hint: addBus,
    });
  if (found.length > 1)
    throw new UserError(`there are several 1-Wire ${part.name}s${where}: ${found.join(", ")}`, {
      hint: "choose one by address",
    });
  return `${folder}/${found[0]}`;
}

/** The number of a part, by its folder. */
export function w1Address(folder: string): string {
  return folder.slice(folder.lastIndexOf("/") + 1);
}

/**
 * Reads a file of a part. The driver asks the part meanwhile. The bus is asked again when it was disturbed. Rejects with a sentence, also
 * where the part is not on the bus: the kernel looks for parts every 10 s and takes away the folders of those that are gone.
 */
export function readW1(files: Files, clock: Pick<Clock, "after">, folder: string, name: string): Promise<string> {
  return patiently(clock, () =>
    files.readText(`${folder}/${name}`).catch(async (cause: unknown) => {
      if (!["ENOENT", "ENODEV", "ENOTDIR"].includes(errorCode(cause))) throw cause;
      const hasBus = (await files.list(w1Root)).length > 0;
      throw new UserError(`${w1Address(folder)} is not on the 1-Wire bus`, {
        hint: hasBus ? "check its wiring" : `there is no bus: ${addBus}`,
        cause,
      });
    }),
  );
}

function pattern(families: readonly string[]): RegExp {
  return new RegExp(`^(${families.join("|")})-[0-9a-f]{12}$`);
}
