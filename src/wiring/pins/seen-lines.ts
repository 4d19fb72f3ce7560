import type { Level } from "../../core/hardware/gpio.ts";
import { headerChips } from "../../core/hardware/header.ts";
import { busDevices, isMeant, type NamedChip, pinOn } from "../../core/hardware/named-chip.ts";
import type { PinName } from "../../core/hardware/pin-name.ts";
import { type Files, readTrimmed } from "../../core/machine/files.ts";
import { cleanText } from "../../core/text/clean-text.ts";

/** What can be seen of a line that somebody holds. */
export interface SeenLine {
  /** The physical level; undefined if the chip does not tell it. */
  readonly level: Level | undefined;
  /** Who holds the line, by the kernel's name: "pi2mqtt", "sysfs", "spi0 CS0". */
  readonly consumer: string;
}

/** The header's lines as they are now. */
export interface SeenLines {
  /** The file or folder that was read; undefined if there is none. */
  readonly source: string | undefined;
  /** The lines that somebody holds, by the name of the pin. */
  readonly lines: ReadonlyMap<PinName, SeenLine>;
}

/** Only root may read this file. It is the only one that names every holder. */
const debugFile = "/sys/kernel/debug/gpio";
const sysfsRoot = "/sys/class/gpio";

/**
 * Looks at the header's lines, and as root also at those of named chips, without claiming or changing any. `chip` is the label that the
 * user chose (`gpio.chip`), if there is one. A line that nobody holds shows no level. Never rejects: if nothing can be seen, there are no lines.
 */
export async function seenLines(
  files: Files,
  chip: string | undefined,
  named: readonly NamedChip[] = [],
): Promise<SeenLines> {
  const labels = chip === undefined ? headerChips : [chip];
  const text = await files.readText(debugFile).catch(() => "");
  const lines = linesInDebugFile(text, labels);
  const others = await linesOfNamed(files, text, named);
  if (lines !== undefined || others.size > 0)
    return { source: debugFile, lines: new Map<PinName, SeenLine>([...(lines ?? []), ...others]) };
  const base = await baseInSysfs(files, labels);
  if (base === undefined) return { source: undefined, lines: new Map() };
  return { source: sysfsRoot, lines: await exportedLines(files, base) };
}

/**
 * Reads the chip's paragraph. It begins with "gpiochip0: GPIOs 512-569, parent: platform/fe200000.gpio, pinctrl-bcm2711:". The label may be
 * followed by ", can sleep". The first number is that of the chip's first line (gpiolib.c, gpiolib_seq_show).
 */
function linesInDebugFile(text: string, labels: readonly string[]): Map<number, SeenLine> | undefined {
  const chips = paragraphs(text);
  for (const label of labels) {
    const found = chips.find((one) => one.label === label);
    if (found !== undefined) return heldLines(found);
  }
  return undefined;
}

/** Reads the paragraphs of the chips that devices.yaml names. A chip that is not there, or not clearly meant, has no lines. */
async function linesOfNamed(files: Files, text: string, named: readonly NamedChip[]): Promise<Map<PinName, SeenLine>> {
  const lines = new Map<PinName, SeenLine>();
  if (text === "" || named.length === 0) return lines;
  const chips = paragraphs(text);
  for (const chip of named) {
    const devices = await busDevices(files, chip.device);
    const meant = chips.filter(({ label, name }) =>
      isMeant(
        chip,
        label,
        devices.find((device) => device.chips.dev.includes(name)),
      ),
    );
    const [found] = meant;
    if (found === undefined || meant.length > 1) continue;
    for (const [line, held] of heldLines(found)) lines.set(pinOn(chip, line), held);
  }
  return lines;
}

/** A chip's paragraph of the file. */
interface Paragraph {
  readonly name: string;
  readonly label: string;
  readonly base: number;
  readonly entries: readonly string[];
}

function paragraphs(text: string): readonly Paragraph[] {
  return text.split("\n\n").map((paragraph) => {
    const [head = "", ...entries] = paragraph.trim().split("\n");
    const label = /, ([^,]*?)(?:, can sleep)?:$/.exec(head)?.[1] ?? "";
    const base = Number(/GPIOs (\d+)-/.exec(head)?.[1] ?? 0);
    return { name: head.split(":")[0] ?? "", label, base, entries };
  });
}

function heldLines({ base, entries }: Paragraph): Map<number, SeenLine> {
  const lines = new Map<number, SeenLine>();
  for (const entry of entries) {
    const [, number, rest = ""] = /^ *gpio-(\d+) *\((.*)$/.exec(entry) ?? [];
    const line = heldLine(rest);
    if (number !== undefined && line !== undefined) lines.set(Number(number) - base, line);
  }
  return lines;
}

/**
 * Reads "GPIO17              |pi2mqtt             ) out hi ". "IRQ" and "ACTIVE LOW" may follow; the level is the physical one even then
 * (gpiolib.c, gpiolib_dbg_show, 6.1 to 6.12). gpio-sim writes "pi2mqtt) output-high,pull-down" instead; there the level of an input is that
 * of its pull. A line that nobody holds has only its name.
 */
function heldLine(rest: string): SeenLine | undefined {
  const [, consumer, level] = /^[^|]*\|(.*)\) (?:in |out) (hi|lo|\?)/.exec(rest) ?? [];
  if (consumer !== undefined)
    return { consumer: cleanText(consumer.trim()), level: level === "?" ? undefined : level === "hi" ? 1 : 0 };
  const [, holder, value] = /^(.*)\) (?:input,pull|output)-(high|low|up|down)/.exec(rest) ?? [];
  if (holder === undefined || holder === "<unused>") return undefined;
  return { consumer: cleanText(holder), level: value === "high" || value === "up" ? 1 : 0 };
}

/** The number of the chip's first line in sysfs: 512 on most Pis since kernel 6.6. */
async function baseInSysfs(files: Files, labels: readonly string[]): Promise<number | undefined> {
  const bases = new Map<string, number>();
  for (const name of await names(files, sysfsRoot)) {
    if (!name.startsWith("gpiochip")) continue;
    const label = await readTrimmed(files, `${sysfsRoot}/${name}/label`);
    const base = await readTrimmed(files, `${sysfsRoot}/${name}/base`);
    if (label !== undefined && base !== undefined) bases.set(label, Number(base));
  }
  return labels.map((label) => bases.get(label)).find((base) => base !== undefined);
}

async function exportedLines(files: Files, base: number): Promise<Map<number, SeenLine>> {
  const lines = new Map<number, SeenLine>();
  for (const name of await names(files, sysfsRoot)) {
    const number = /^gpio(\d+)$/.exec(name)?.[1];
    if (number === undefined) continue;
    const value = await readTrimmed(files, `${sysfsRoot}/${name}/value`);
    const isInverted = (await readTrimmed(files, `${sysfsRoot}/${name}/active_low`)) === "1";
    const level = value === undefined ? undefined : (value === "1") === isInverted ? 0 : 1;
    lines.set(Number(number) - base, { level, consumer: "sysfs" });
  }
  return lines;
}

function names(files: Files, folder: string): Promise<readonly string[]> {
  return files.list(folder).catch(() => []);
}
