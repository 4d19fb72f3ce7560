import type { Origin } from "../../core/messages/origin.ts";
import { type FailSafeReason, type FailSafeSettings, failSafeReasons } from "../../core/outputs/failsafe.ts";
import type { Store } from "../../core/store.ts";
import type { Cancel, Clock } from "../../core/time/clock.ts";
import { type Deadline, inMs, type LastingClock } from "../../core/time/lasting-clock.ts";
import type { Neighbours } from "../device/neighbours.ts";
import type { BrokerPresence } from "./broker-presence.ts";
import type { Controllers } from "./controllers.ts";
import { FailSafeMemory } from "./fail-safe-memory.ts";
import { SensorWatch } from "./sensor-watch.ts";

/** A sensor's first reading after the start may take so long. */
const firstReadingMs = 60_000;
/** A command that begins the silence anew is stored if this share of its time has passed since the last one that was. */
const storeShare = 1 / 4;

/** What the reasons need. */
export interface ReasonPorts {
  readonly settings: FailSafeSettings;
  readonly clock: Clock;
  readonly lasting: LastingClock;
  readonly keep: Store["keep"];
  readonly broker: BrokerPresence;
  readonly controllers: Controllers;
  readonly neighbours: Neighbours;
}

/** When the reasons for the fail-safe state of one device begin and end. Their times go on over restarts. */
export class Reasons {
  readonly #ports: ReasonPorts;
  readonly #memory: FailSafeMemory;
  readonly #look: () => void;
  readonly #sensor: SensorWatch | undefined;
  #cancels: Cancel[] = [];
  #isStopped = false;
  /** Since when the silence lasts that is stored. */
  #storedSilenceMs: number;

  /** `look` is called when a reason may have begun or ended. */
  constructor(ports: ReasonPorts, look: () => void) {
    this.#ports = ports;
    this.#look = look;
    this.#memory = new FailSafeMemory(ports.keep);
    const { settings, lasting, broker, controllers } = ports;
    const { afterSilenceMs, afterOfflineMs, controller, sensor } = settings;
    if (afterSilenceMs !== undefined && this.#memory.get("after_silence") === undefined)
      this.#memory.set("after_silence", inMs(lasting, afterSilenceMs), "now");
    this.#storedSilenceMs = this.#memory.get("after_silence")?.sinceMs ?? 0;
    if (afterOfflineMs !== undefined) broker.watch(() => this.#onBroker());
    if (controller !== undefined) controllers.listen(controller.topic, (said) => this.#onController(said));
    if (sensor === undefined) return;
    // A crash before the first reading must not begin the time anew.
    if (this.#memory.get("stale_sensor") === undefined)
      this.#memory.set("stale_sensor", inMs(lasting, firstReadingMs), "now");
    this.#sensor = new SensorWatch({ ...ports, sensor, tell: (isGood) => this.#onSensor(isGood) });
  }

  /** The reasons that hold now. Plans to look again when another one may begin. */
  holding(): readonly FailSafeReason[] {
    for (const cancel of this.#cancels.splice(0)) cancel();
    if (this.#isStopped) return [];
    const { lasting } = this.#ports;
    return failSafeReasons.filter((reason) => {
      const deadlines = this.#deadlines(reason);
      const waiting = deadlines?.filter((deadline) => lasting.leftMs(deadline) > 0);
      for (const deadline of waiting ?? []) this.#cancels.push(lasting.at(deadline, this.#look));
      return waiting?.length === 0;
    });
  }

  /** Somebody has commanded the device. By MQTT that shows that somebody controls it; in this house it begins the times anew. */
  commanded({ by }: Origin): void {
    const { settings, lasting, broker } = this.#ports;
    const { afterSilenceMs, afterOfflineMs, controller } = settings;
    if (afterSilenceMs !== undefined) this.#beginSilence(afterSilenceMs);
    if (afterOfflineMs !== undefined && broker.offline(afterOfflineMs) !== undefined)
      this.#memory.set("after_offline", inMs(lasting, afterOfflineMs), "soon");
    if (controller === undefined || this.#memory.get("on_controller_lost") === undefined) return;
    const isLost = by !== "mqtt" && controller.afterMs > 0;
    this.#memory.set("on_controller_lost", isLost ? inMs(lasting, controller.afterMs) : undefined, "soon");
  }

  /** Whether the output was on before the fail-safe state; undefined: it does not go on so. */
  get wasOn(): boolean | undefined {
    return this.#memory.get("was_on");
  }

  remember(wasOn: boolean): void {
    this.#memory.set("was_on", wasOn, "now");
  }

  /** The output does not go on as before. */
  forget(): void {
    this.#memory.set("was_on", undefined, "soon");
  }

  stop(): void {
    this.#isStopped = true;
    for (const cancel of this.#cancels.splice(0)) cancel();
    this.#sensor?.stop();
  }

  /** What must be over before the reason holds; undefined: there is nothing of it. */
  #deadlines(reason: FailSafeReason): readonly Deadline[] | undefined {
    const { settings, broker } = this.#ports;
    const { afterSilenceMs, afterOfflineMs, controller, sensor } = settings;
    const kept = (deadline: Deadline | undefined) => deadline && [deadline];
    switch (reason) {
      case "after_offline": {
        if (afterOfflineMs === undefined) return undefined;
        const sinceCommand = this.#memory.lasting("after_offline", afterOfflineMs);
        return broker.offline(afterOfflineMs)?.concat(sinceCommand ?? []);
      }
      case "after_silence":
        return afterSilenceMs === undefined ? undefined : kept(this.#memory.lasting("after_silence", afterSilenceMs));
      case "on_controller_lost":
        return controller && kept(this.#memory.lasting("on_controller_lost", controller.afterMs));
      case "stale_sensor":
        return sensor === undefined ? undefined : kept(this.#memory.get("stale_sensor"));
    }
  }

  #beginSilence(ms: number): void {
    const { lasting } = this.#ports;
    const deadline = inMs(lasting, ms);
    const isOld = deadline.sinceMs - this.#storedSilenceMs >= ms * storeShare;
    if (isOld) this.#storedSilenceMs = deadline.sinceMs;
    this.#memory.set("after_silence", deadline, isOld ? "soon" : "later");
  }

  #onBroker(): void {
    this.#memory.set("after_offline", undefined, "soon");
    this.#look();
  }

  #onController(said: string): void {
    const { settings, lasting } = this.#ports;
    const { controller } = settings;
    // An empty message only removes the one that the broker has kept.
    if (controller === undefined || said === "") return;
    if (said !== controller.payload) this.#memory.set("on_controller_lost", undefined, "now");
    else if (this.#memory.get("on_controller_lost") === undefined)
      this.#memory.set("on_controller_lost", inMs(lasting, controller.afterMs), "now");
    this.#look();
  }

  #onSensor(isGood: boolean): void {
    if (isGood === (this.#memory.get("stale_sensor") === undefined)) return;
    this.#memory.set("stale_sensor", isGood ? undefined : inMs(this.#ports.lasting, 0), "now");
    this.#look();
  }
}
