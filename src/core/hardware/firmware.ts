import type { Files } from "../machine/files.ts";

/** Pins that another part of the system uses, because a line in config.txt enables it. */
export interface PinInterface {
  /** "I2C", "SPI", "UART", "1-Wire", or the name of an overlay. */
  readonly name: string;
  readonly pins: readonly number[];
  /** The line that enables it, as it is written in the file. */
  readonly line: string;
}

/** An overlay that a line of config.txt loads. */
export interface LoadedOverlay {
  readonly name: string;
  /** What follows the name, such as "addr=0x20". */
  readonly parameters: readonly string[];
}

/** What config.txt says about the header's pins. */
export interface Firmware {
  readonly interfaces: readonly PinInterface[];
  /** Pins that the firmware drives as outputs soon after power-on (`gpio=17=op,dh`). */
  readonly driven: ReadonlySet<number>;
  /** The overlays that are loaded; undefined on a machine without a config.txt. */
  readonly overlays?: readonly LoadedOverlay[];
}

/** Where Raspberry Pi OS has the file: since bookworm, and before. */
const places = ["/boot/firmware/config.txt", "/boot/config.txt"];

/** This one disturbs only pulse trains. */
export const audioPwm = "analogue audio";

/** What `dtparam` enables, by the name of the parameter (overlays/README of the firmware). */
const parameters: Readonly<Record<string, { name: string; pins: readonly number[] }>> = {
  i2c: { name: "I2C", pins: [2, 3] },
  i2c_arm: { name: "I2C", pins: [2, 3] },
  i2c1: { name: "I2C", pins: [2, 3] },
  spi: { name: "SPI", pins: [7, 8, 9, 10, 11] },
  i2s: { name: "I2S", pins: [18, 19, 20, 21] },
  uart0: { name: "UART", pins: [14, 15] },
  // Analogue sound uses the two channels that also make the pulse trains of these pins.
  audio: { name: audioPwm, pins: [12, 13, 18, 19] },
};

interface OverlayPins {
  readonly name?: string;
  /** The pins that it always takes. */
  readonly pins?: readonly number[];
  /** The parameter that names a pin, with its default. */
  readonly parameter?: readonly [string, number];
  /** The parameter with which it takes none. */
  readonly unless?: string;
}

/** Overlays that take pins. */
const overlays: Readonly<Record<string, OverlayPins>> = {
  "w1-gpio": { name: "1-Wire", parameter: ["gpiopin", 4] },
  "w1-gpio-pi5": { name: "1-Wire", parameter: ["gpiopin", 4] },
  "w1-gpio-pullup": { name: "1-Wire", parameter: ["gpiopin", 4] },
  dht11: { parameter: ["gpiopin", 4] },
  "gpio-fan": { parameter: ["gpiopin", 12] },
  "gpio-ir": { parameter: ["gpio_pin", 18] },
  "gpio-poweroff": { parameter: ["gpiopin", 26] },
  "gpio-shutdown": { parameter: ["gpio_pin", 3] },
  mcp23017: { parameter: ["gpiopin", 4], unless: "noints" },
  "spi1-1cs": { name: "SPI", pins: [18, 19, 20, 21] },
  "spi1-2cs": { name: "SPI", pins: [17, 18, 19, 20, 21] },
  "spi1-3cs": { name: "SPI", pins: [16, 17, 18, 19, 20, 21] },
};

/**
 * Reads config.txt. A machine without that file has no such interfaces. `chip` is the processor: it decides which sections count, such as
 * `[pi4]`.
 */
export async function readFirmware(files: Files, chip: string | undefined): Promise<Firmware> {
  for (const place of places) {
    const text = await files.readText(place).catch(() => undefined);
    if (text !== undefined) return parseFirmware(text, chip);
  }
  return { interfaces: [], driven: new Set() };
}

/** Reads the text of a config.txt. For `chip` see {@link readFirmware}. */
export function parseFirmware(text: string, chip: string | undefined): Firmware {
  const interfaces: PinInterface[] = [];
  const driven = new Set<number>();
  const overlays: { name: string; parameters: string[] }[] = [];
  let applies = true;
  for (const written of text.split("\n")) {
    const line = written.replace(/#.*/, "").trim();
    const section = /^\[(.*)\]$/.exec(line)?.[1];
    if (section !== undefined) applies = sectionApplies(section, chip);
    if (!applies || section !== undefined) continue;
    const [, key = "", value = ""] = /^(\w+)=(.*)$/.exec(line) ?? [];
    interfaces.push(...interfacesOf(key, value).map((one) => ({ ...one, line })));
    const words = value.split(",");
    if (key === "dtoverlay") overlays.push({ name: words[0] ?? "", parameters: words.slice(1) });
    // Parameters on lines of their own belong to the last overlay.
    if (key === "dtparam") overlays.at(-1)?.parameters.push(...words);
    if (key === "gpio" && /=op\b/.test(value)) for (const pin of pinsIn(value)) driven.add(pin);
  }
  return { interfaces, driven, overlays };
}

/** Only the filters that name a processor are understood. Sections with any other filter are taken as if they applied. */
function sectionApplies(section: string, chip: string | undefined): boolean {
  const chips = { pi5: "bcm2712", pi4: "bcm2711", pi3: "bcm2837", pi2: "bcm2836", pi1: "bcm2835", pi0: "bcm2835" };
  if (section === "none") return false;
  const wanted = chips[section as keyof typeof chips];
  return wanted === undefined || chip === undefined || wanted === chip;
}

function interfacesOf(key: string, value: string): readonly { name: string; pins: readonly number[] }[] {
  if (key === "enable_uart" && value === "1") return [{ name: "UART", pins: [14, 15] }];
  const words = value.split(",").map((word) => word.split("="));
  if (key === "dtparam")
    return words.flatMap(([name = "", state = "on"]) => {
      const found = parameters[name];
      return found !== undefined && ["on", "true", "1", "yes"].includes(state) ? [found] : [];
    });
  if (key !== "dtoverlay") return [];
  const [[name = ""] = [], ...settings] = words;
  const overlay = overlays[name];
  if (overlay === undefined || settings.some(([word]) => word === overlay.unless)) return [];
  const [parameter, usual] = overlay.parameter ?? [];
  const chosen = settings.find(([word]) => word === parameter)?.[1];
  const pins = overlay.pins ?? [Number(chosen ?? usual)];
  return [{ name: overlay.name ?? `the overlay ${name}`, pins }];
}

/** The pins before the first equals sign of `gpio=`: `17`, `5,6` or `16-21`. */
function pinsIn(value: string): readonly number[] {
  return (value.split("=")[0] ?? "").split(",").flatMap((part) => {
    const [first = Number.NaN, last = first] = part.split("-").map(Number);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  });
}
