import { type DeviceSettings, useTopic } from "../../core/device-settings.ts";
import type { Log } from "../../core/log/log.ts";
import type { Bus } from "../../core/messages/bus.ts";
import type { Cancel, Clock } from "../../core/time/clock.ts";
import type { WallClock } from "../agent/wall-clock.ts";
import type { StateStore } from "../machine/state-store.ts";
import { DeviceUse } from "./device-use.ts";
import { keptUse, unused } from "./use-count.ts";

/** How long a change of the use waits until it is written, with all others. More often would wear an SD card. */
const saveEveryMs = 15 * 60_000;
/** A change of who switched last is published after this time, and the changes of all devices at most so often. */
const tellSoonMs = 5_000;
const tellEveryMs = 60_000;
/** From this percent of its rated cycles on, the health names a device. */
const wornPercent = 90;

/** What counting needs. */
export interface UsesPorts {
  readonly store: StateStore;
  readonly bus: Pick<Bus, "publish">;
  readonly clock: Clock;
  readonly wallClock: Pick<WallClock, "timeOf" | "onSet">;
  readonly logOf: (deviceId: string) => Log;
}

/**
 * The use of all outputs. It is counted for each of them, and published for those whose owner wants that. Totals are published only when
 * they are on the disk, so that neither a crash nor a power cut makes one smaller that somebody has seen.
 */
export class Uses {
  readonly #ports: UsesPorts;
  readonly #uses: ReadonlyMap<string, DeviceUse>;
  /** What was published last, by the topic. */
  readonly #told = new Map<string, string>();
  #cancelSave: Cancel | undefined;
  #cancelTell: Cancel | undefined;
  #toldAtMs = Number.NEGATIVE_INFINITY;
  #isStopped = false;

  constructor(devices: readonly DeviceSettings[], ports: UsesPorts) {
    this.#ports = ports;
    const counted = devices.filter(({ kind }) => kind.hasLimits === true);
    this.#uses = new Map(counted.map((device) => [device.id, this.#useOf(device)]));
    ports.wallClock.onSet(() => this.#planTell());
  }

  /** The use of a device; undefined for one without outputs. */
  of(deviceId: string): DeviceUse | undefined {
    return this.#uses.get(deviceId);
  }

  /** For the health: how often the outputs were switched, by device, and the percent of the rated cycles where that is much. */
  get health(): Readonly<Record<"switchings" | "worn", Readonly<Record<string, number>>>> {
    const some = (numberOf: (use: DeviceUse) => number | undefined, least: number) =>
      Object.fromEntries(
        [...this.#uses].flatMap(([id, use]) => {
          const number = numberOf(use);
          return number !== undefined && number >= least ? [[id, number]] : [];
        }),
      );
    return { switchings: some(({ switchings }) => switchings, 1), worn: some(({ worn }) => worn, wornPercent) };
  }

  /** Publishes everything again, for a broker that may have lost it. */
  announce(): void {
    this.#told.clear();
    this.#tell();
  }

  /** Writes and publishes everything for the last time. Call it when all outputs are at rest. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelSave?.();
    this.#cancelTell?.();
    await this.#save();
  }

  #useOf(device: DeviceSettings): DeviceUse {
    const { store, clock, wallClock } = this.#ports;
    const log = this.#ports.logOf(device.id);
    const before = store.of(device.id, log).keep("use", keptUse, unused).value;
    const isTold = useTopic(device) !== undefined;
    const changed = () => {
      this.#planSave();
      if (isTold) this.#planTell();
    };
    const use = new DeviceUse(device, { before, clock, wallClock, log, changed });
    store.attach(device.id, "use", () => use.kept);
    return use;
  }

  #planSave(): void {
    if (this.#isStopped) return;
    this.#cancelSave ??= this.#ports.clock.after(saveEveryMs, () => {
      this.#cancelSave = undefined;
      void this.#save();
    });
  }

  /** Writes what has changed, once for all devices. What cannot be written is tried again with the next changes. */
  async #save(): Promise<void> {
    const { store } = this.#ports;
    const changed = [...this.#uses.values()].filter(({ isChanged }) => isChanged);
    if (changed.length === 0) return;
    const saved = changed.map((use) => use.beforeSaving());
    store.refresh("later");
    // Without a file nothing outlives the program, so there is nothing to wait for.
    const isSaved = !store.isKept || (await store.save());
    if (isSaved) for (const tell of saved) tell();
    if (!isSaved || [...this.#uses.values()].some(({ isChanged }) => isChanged)) this.#planSave();
    this.#tell();
  }

  #planTell(): void {
    if (this.#isStopped) return;
    const { clock } = this.#ports;
    const waitMs = Math.max(tellSoonMs, this.#toldAtMs + tellEveryMs - clock.monotonicMs());
    this.#cancelTell ??= clock.after(waitMs, () => {
      this.#cancelTell = undefined;
      this.#toldAtMs = clock.monotonicMs();
      this.#tell();
    });
  }

  /** Publishes what was not published like this. */
  #tell(): void {
    for (const use of this.#uses.values()) {
      const topic = useTopic(use.settings);
      if (topic === undefined) continue;
      const { text } = use;
      if (this.#told.get(topic) === text) continue;
      this.#told.set(topic, text);
      this.#ports.bus.publish(topic, text);
    }
  }
}
