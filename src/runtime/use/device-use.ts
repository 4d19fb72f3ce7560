import type { DeviceSettings } from "../../core/device-settings.ts";
import type { Log } from "../../core/log/log.ts";
import { type ChosenPin, chosenPins } from "../../core/pin.ts";
import type { Clock } from "../../core/time/clock.ts";
import type { WallClock } from "../agent/wall-clock.ts";
import type { LineWatcher } from "./counted-pins.ts";
import { type KeptUse, UseCount, type UseTotals } from "./use-count.ts";
import { outputName, percentOf, useText } from "./use-text.ts";

/** At which percent of its rated cycles people are told of an output. */
const warnAt = [90, 100] as const;

/** What the use of a device needs. */
export interface DeviceUsePorts {
  /** What was kept of it before the start. */
  readonly before: KeptUse;
  readonly clock: Pick<Clock, "monotonicMs">;
  readonly wallClock: Pick<WallClock, "timeOf">;
  readonly log: Log;
  /** Called when an output has gone on or off, by whatever. */
  readonly changed: () => void;
}

/** The use of one device's outputs, through all its runs. */
export class DeviceUse implements LineWatcher {
  readonly settings: DeviceSettings;
  readonly #ports: DeviceUsePorts;
  readonly #pins: readonly ChosenPin[];
  readonly #count: UseCount;
  /** The totals that the disk has for certain. Only these are told, since whoever adds them up must not see them fall. */
  #onDisk: UseTotals;
  /** Who switched last since the start, and when. */
  #last: { readonly by: string; readonly atMs: number } | undefined;
  /** How many changes there were, and how many of them the disk has. */
  #changes = 0;
  #savedChanges = 0;

  constructor(settings: DeviceSettings, ports: DeviceUsePorts) {
    this.settings = settings;
    this.#ports = ports;
    const { kind, options, use } = settings;
    const pins = chosenPins(kind.options, options);
    this.#pins = pins.every(isCounted) ? pins : pins.filter(isCounted);
    this.#onDisk = ports.before;
    this.#count = new UseCount(this.#onDisk, use?.powerW ?? 0, ports.clock.monotonicMs());
    for (const pin of this.#pins) this.#warn(pin, 0);
  }

  /** Whether something is to be written that is not on the disk: a change, or time that has passed. */
  get isChanged(): boolean {
    return this.#changes > this.#savedChanges || this.#count.isOn;
  }

  /** How often the output that was switched most often was switched, as far as the disk knows. */
  get switchings(): number {
    return Math.max(0, ...this.#pins.map((pin) => this.#onDisk.outputs[outputName(pin)]?.switchings ?? 0));
  }

  /** The percent of its rated cycles that the most used output has; undefined where nobody knows how many it has. */
  get worn(): number | undefined {
    const rated = this.settings.use?.ratedCycles;
    return rated === undefined ? undefined : percentOf(this.switchings, rated);
  }

  /** What is published, as JSON. */
  get text(): string {
    return useText(this.#onDisk, this.#lastSwitched(), this.#pins, { ...this.settings.use, wear: this.worn });
  }

  seen(pin: ChosenPin, share: number, asFound = false): void {
    const output = outputName(pin);
    const line = { output, share, isPulsed: pin.role === "pwm" };
    const before = this.#count.switchingsOf(output);
    const wasOn = this.#count.isOn;
    const hasGoneOn = this.#count.seen(line, this.#nowMs, asFound);
    if (hasGoneOn) this.#warn(pin, before);
    if (!hasGoneOn && this.#count.isOn === wasOn) return;
    this.#noteChange();
  }

  closed(pin: ChosenPin): void {
    const wasOn = this.#count.isOn;
    this.#count.closed(outputName(pin), this.#nowMs);
    if (this.#count.isOn !== wasOn) this.#noteChange();
  }

  /** The device was switched on or off for this reason. */
  switchedBy(cause: string): void {
    this.#last = { by: cause, atMs: this.#nowMs };
    this.#noteChange();
  }

  /** What is to be on the disk now. */
  get kept(): KeptUse {
    return { ...this.#count.totals(this.#nowMs), ...this.#lastSwitched() };
  }

  /** Notes what is known now. Call what it returns when the disk has that, or something later. */
  beforeSaving(): () => void {
    const totals = this.#count.totals(this.#nowMs);
    const changes = this.#changes;
    return () => {
      this.#onDisk = totals;
      this.#savedChanges = changes;
    };
  }

  #noteChange(): void {
    this.#changes += 1;
    this.#ports.changed();
  }

  get #nowMs(): number {
    return this.#ports.clock.monotonicMs();
  }

  #lastSwitched(): Pick<KeptUse, "last_by" | "last_switched"> {
    const { last_by, last_switched } = this.#ports.before;
    if (this.#last === undefined) return { last_by, last_switched };
    return { last_by: this.#last.by, last_switched: this.#ports.wallClock.timeOf(this.#last.atMs) };
  }

  /** Tells people of an output that has now passed a share of its rated cycles that it had not passed before. */
  #warn(pin: ChosenPin, before: number): void {
    const { use } = this.settings;
    if (use?.ratedCycles === undefined) return;
    const now = this.#count.switchingsOf(outputName(pin));
    const { ratedCycles } = use;
    const has = (switchings: number, percent: number) => switchings * 100 >= ratedCycles * percent;
    const passed = warnAt.findLast((percent) => has(now, percent));
    if (passed === undefined || has(before, passed)) return;
    const fields = { pin: pin.pin, switchings: now, rated_cycles: ratedCycles };
    this.#ports.log.warn(
      fields,
      passed === 100 ? "a relay was switched as often as it is made for" : "a relay has done 90 % of its rated cycles",
    );
  }
}

function isCounted({ role }: ChosenPin): boolean {
  return role === "output" || role === "pwm";
}
