import type { Log } from "../../core/log/log.ts";
import { type Origin, originText } from "../../core/messages/origin.ts";
import type { FailSafeReason } from "../../core/outputs/failsafe.ts";
import type { Cancel } from "../../core/time/clock.ts";
import type { Outcome } from "../orders/orders.ts";
import type { FailSafeHold, HeldOutput } from "./held-outputs.ts";
import { type ReasonPorts, Reasons } from "./reasons.ts";

/** How soon switching on is tried again that was refused. */
const tryAgainMs = 10_000;

/** What the fail-safe of a device needs. */
export interface FailSafePorts extends ReasonPorts {
  readonly log: Log;
  /** Commands the device; the answer comes to `done`. */
  readonly order: (on: boolean, from: Origin, done: (outcome: Outcome) => void) => void;
  /** Whether another output of the device's interlock group is on. */
  readonly isTakenBesides: () => boolean;
  /** Called when {@link FailSafe.reason} has changed. */
  readonly onChange: () => void;
}

/**
 * The fail-safe of one device. When a reason begins, the outputs go to their fail-safe state: off at once, as by a limit; on by a command,
 * which waits for the limits as every other. While a sensor is stale, nobody may command them away from there.
 */
export class FailSafe implements FailSafeHold {
  readonly #ports: FailSafePorts;
  readonly #reasons: Reasons;
  readonly #outputs = new Set<HeldOutput>();
  /** The reasons that hold, in the order in which they began. */
  #holding: readonly FailSafeReason[] = [];
  #cancelTry: Cancel = () => {};
  #isStopped = false;

  constructor(ports: FailSafePorts) {
    this.#ports = ports;
    this.#reasons = new Reasons(ports, () => this.#look());
    this.#look();
  }

  /** Why the outputs are in their fail-safe state; null if they are not. */
  get reason(): FailSafeReason | null {
    return this.#holding[0] ?? null;
  }

  /** The device takes commands now. */
  ready(): void {
    const [reason] = this.#holding;
    if (reason !== undefined) this.#enforce(reason);
    else this.#resume();
  }

  /** Somebody has commanded the device, and that was accepted. */
  commanded(from: Origin): void {
    if (from.by === "failsafe" || from.by === "timer") return;
    this.#reasons.forget();
    this.#reasons.commanded(from);
    this.#look("a command ends the fail-safe state");
  }

  /** Nothing happens by itself any more. What is kept stays for the next start. */
  stop(): void {
    this.#isStopped = true;
    this.#cancelTry();
    this.#reasons.stop();
  }

  join(output: HeldOutput): void {
    this.#outputs.add(output);
  }

  leave(output: HeldOutput): void {
    this.#outputs.delete(output);
  }

  get startsOff(): string | undefined {
    const [reason] = this.#holding;
    return reason === undefined || this.#ports.settings.state !== "off" ? undefined : causeOf(reason);
  }

  keptOff(): void {
    if (this.#ports.settings.resume) this.#reasons.remember(true);
  }

  forbids(wantsOn: boolean): string | undefined {
    const { state, sensor } = this.#ports.settings;
    if (state === "keep" || !this.#holding.includes("stale_sensor") || wantsOn === (state === "on")) return undefined;
    return `there is no good reading of ${sensor}; until there is one, the output stays ${state}`;
  }

  #look(news = "the reason of the fail-safe is gone"): void {
    if (this.#isStopped) return;
    const before = this.#holding;
    const now = this.#reasons.holding();
    const begun = now.filter((reason) => !before.includes(reason));
    const ended = before.filter((reason) => !now.includes(reason));
    this.#holding = [...before.filter((reason) => now.includes(reason)), ...begun];
    const { log, settings, onChange } = this.#ports;
    for (const reason of begun) log.warn({ reason, state: settings.state }, "the fail-safe acts");
    for (const reason of ended) log.info({ reason }, news);
    if (begun.length > 0 && before.length === 0) this.#rememberState();
    for (const reason of begun) this.#enforce(reason);
    if (ended.length > 0 && this.#holding.length === 0) {
      this.#cancelTry();
      this.#resume();
    }
    if (begun.length + ended.length > 0) onChange();
  }

  get #isOn(): boolean {
    return [...this.#outputs].some(({ isOn }) => isOn);
  }

  #rememberState(): void {
    const { state, resume } = this.#ports.settings;
    const isOn = this.#isOn;
    if (resume && this.#outputs.size > 0 && state !== "keep" && isOn !== (state === "on")) this.#reasons.remember(isOn);
  }

  #enforce(reason: FailSafeReason): void {
    const { settings, order, log, clock } = this.#ports;
    const { state } = settings;
    this.#cancelTry();
    if (state === "off") for (const output of [...this.#outputs]) output.enforceOff(causeOf(reason));
    // An output that is on already is told so too, which ends the time of the command before.
    if (state !== "on" || this.#outputs.size === 0) return;
    order(true, { by: "failsafe", id: reason }, (outcome) => {
      if (outcome.accepted) return;
      log.warn({ reason: outcome.message }, "the fail-safe could not switch on");
      this.#cancelTry = clock.after(tryAgainMs, () => {
        if (this.#holding.includes(reason)) this.#enforce(reason);
      });
    });
  }

  /** Goes on as before the fail-safe state, if nobody has commanded anything since. */
  #resume(): void {
    const wasOn = this.#reasons.wasOn;
    if (wasOn === undefined || this.#outputs.size === 0) return;
    const { log, order, isTakenBesides } = this.#ports;
    this.#reasons.forget();
    if (wasOn === this.#isOn) return;
    if (wasOn && isTakenBesides()) {
      log.info({}, "does not go on as before: another one of its interlock group is on");
      return;
    }
    order(wasOn, { by: "failsafe", id: "resume" }, (outcome) => {
      if (!outcome.accepted) log.warn({ reason: outcome.message }, "could not go on as before the fail-safe");
    });
  }
}

function causeOf(reason: FailSafeReason): string {
  return originText({ by: "failsafe", id: reason });
}
