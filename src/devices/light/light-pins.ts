import type { Powers, PulseGroup } from "../../core/device-gpio.ts";
import { type ChannelOptions, powersOf } from "./channels.ts";
import type { LightPin } from "./light-mode.ts";
import { dark, type Look } from "./look.ts";

/** The pins of a light, driven by looks in place of powers. */
export class LightPins {
  readonly #names: readonly LightPin[];
  readonly #channels: ChannelOptions;
  #group: PulseGroup<string> | undefined;
  #isOn = false;
  #shown: Look;
  /** The newest look that was asked of the pins. It may wait for a limit. */
  #asked: Look;
  #isStep = false;

  /** `names` are the pins of the light's mode. `initial` is how it looks where it is on from the start. */
  constructor(names: readonly LightPin[], channels: ChannelOptions, initial: Look) {
    this.#names = names;
    this.#channels = channels;
    this.#shown = dark(initial);
    this.#asked = initial;
  }

  /** Takes the pins, which are claimed. */
  begin(group: PulseGroup<string>): void {
    this.#group = group;
  }

  /** Whether the limits count the light as on: also while a flash makes it dark. */
  get isOn(): boolean {
    return this.#isOn;
  }

  /** How the pins are now. */
  get shown(): Look {
    return this.#shown;
  }

  /** Whether the pins are being driven for a step of a light that was on before. */
  get isStep(): boolean {
    return this.#isStep;
  }

  /** Drives the pins through the limits. Dark is off. */
  set(look: Look, cause: string | undefined): void {
    this.#asked = look;
    this.#group?.set(this.powersOf(look), cause);
  }

  /** Drives the pins for a step of a light that is on. */
  adjust(look: Look): void {
    this.#asked = look;
    this.#isStep = true;
    this.#group?.adjust(this.powersOf(look));
    this.#isStep = false;
  }

  /** The pins were driven as they were asked, or to full power. */
  onDriven(isOn: boolean, isFull: boolean): void {
    this.#isOn = isOn;
    this.#shown = !isOn ? dark(this.#asked) : isFull ? this.#full : this.#asked;
  }

  /** The power of each pin for a look. */
  powersOf(look: Look): Powers<string> {
    const powers = powersOf(look, this.#channels);
    return Object.fromEntries(this.#names.map((name, index) => [name, powers[index] ?? 0]));
  }

  /** How the light looks with all pins at full power. */
  get #full(): Look {
    const { mireds } = this.#channels;
    if (mireds !== undefined) return { brightness: 1, color: [(mireds.cold + mireds.warm) / 2] };
    return { brightness: 1, color: this.#shown.color.map(() => 1) };
  }
}
