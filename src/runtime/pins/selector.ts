import type { Selector, SelectorRequest } from "../../core/device-gpio.ts";
import type { PinName } from "../../core/hardware/pin-name.ts";
import { type ChosenPin, levelFor } from "../../core/pin.ts";
import type { Cancel } from "../../core/time/clock.ts";
import { GuardMemory } from "../guard/guard-memory.ts";
import { OutputGuard } from "../guard/output-guard.ts";
import { NamedOutputs } from "./named-outputs.ts";
import { lookAgainAndAgain, type PinPorts } from "./pin-ports.ts";

/** Claims several outputs, all of them off, of which at most one is on at a time. Their rest is off. */
export async function claimSelector<Name extends string>(
  ports: PinPorts,
  pins: Readonly<Record<Name, PinName>>,
  chosenPin: (pin: PinName) => ChosenPin,
  request: SelectorRequest<Name>,
): Promise<Selector<Name>> {
  const paths = (Object.values(pins) as PinName[]).map((pin) => chosenPin(pin).path.join("_"));
  const selection = new Selection({ ...ports, memory: new GuardMemory(ports.keep, paths.join("_")) }, request);
  // What is added first runs last, when all outputs are at rest.
  ports.onStop(() => selection.leave());
  const claim = async ([name, pin]: [Name, PinName]) => {
    const chosen = chosenPin(pin);
    const line = await ports.pins.output(pin, { initial: levelFor(false, chosen), keep: false, onError: ports.fail });
    selection.outputs.add(name, chosen, line);
    ports.onStop(async () => {
      try {
        selection.rest(name);
      } finally {
        await line.close();
      }
    });
  };
  // Each is claimed, even if another one cannot be: it may be on since before a crash, and only what is claimed goes to rest.
  const claims = await Promise.allSettled((Object.entries(pins) as [Name, PinName][]).map(claim));
  for (const result of claims) if (result.status === "rejected") throw result.reason;
  selection.begin();
  lookAgainAndAgain(ports, () => selection.lookAgain());
  return selection;
}

class Selection<Name extends string> implements Selector<Name> {
  readonly #ports: PinPorts & { readonly memory: GuardMemory };
  readonly #request: SelectorRequest<Name>;
  readonly outputs = new NamedOutputs<Name>();
  /** Undefined until all outputs are claimed. */
  #guard: OutputGuard<Name | undefined> | undefined;
  #selected: Name | undefined;
  /** Which one was told to be on last. */
  #said: Name | undefined;
  #isStopped = false;
  /** While all are off for the dead time of a change that is no end: cancels its timer. See {@link SelectorRequest.asOne}. */
  #change: { readonly offSinceMs: number; cancel: Cancel } | undefined;

  constructor(ports: PinPorts & { readonly memory: GuardMemory }, request: SelectorRequest<Name>) {
    this.#ports = ports;
    this.#request = request;
  }

  get selected(): Name | undefined {
    return this.#selected;
  }

  select(name: Name | undefined, cause?: string): void {
    this.#guard?.ask(name, cause);
  }

  switchOff(cause: string): void {
    this.#guard?.forget();
    if (this.#selected !== undefined || this.#change !== undefined) this.#allOff(cause);
  }

  /** All outputs are claimed. The claim has just switched off whatever was on before. */
  begin(): void {
    this.#guard = new OutputGuard<Name | undefined>({
      ...this.#ports,
      deadTimeMs: this.#request.deadTimeMs,
      isOn: (name) => name !== undefined,
      off: undefined,
      drive: (name, cause) => this.#drive(name, cause),
    });
    this.#guard.begin(undefined);
    this.#say(undefined, "initial");
  }

  /** Drives one output to its rest, even if others cannot be driven. After that no output is switched on. */
  rest(name: Name): void {
    this.#isStopped = true;
    this.#guard?.end();
    this.#change?.cancel();
    this.outputs.write(name, false);
    if (this.#selected === name || this.#change !== undefined) this.#say(undefined, "on_exit");
  }

  /** All outputs are at rest, as far as they could be driven. */
  leave(): void {
    this.#guard?.leave();
  }

  /**
   * Checks the levels. If somebody else has driven one of the outputs, it is not known what moves, and all are switched off, because that
   * is safe.
   */
  lookAgain(): void {
    if (this.outputs.isOnlyOn(this.#selected)) return;
    this.#guard?.forget();
    this.#allOff("outside");
  }

  #drive(name: Name | undefined, cause: string | undefined): void {
    if (this.#change !== undefined) {
      if (name === undefined) this.#say(undefined, cause);
      else this.#changeTo(name, cause);
      return;
    }
    if (name === this.#selected) {
      // What has waited was given up: the kind must not go by it any more.
      if (name === undefined && isGivenUp(cause)) this.#say(undefined, cause);
      return;
    }
    if (this.#selected === undefined) {
      if (name !== undefined) this.#switchOn(name, cause);
    } else if (name !== undefined && this.#request.asOne) {
      this.outputs.writeAllOff();
      this.#selected = undefined;
      this.#changeTo(name, cause);
    } else {
      // What the kind does by itself does not go on where another device of the group waits for this one to go off.
      const makesWay = this.#guard?.makesWay === true;
      this.#allOff(makesWay ? "interlock" : cause);
      if (name !== undefined && !makesWay) this.#guard?.ask(name, cause);
    }
  }

  /** Switches on another one after the dead time, in which the guard does not see that all are off. */
  #changeTo(name: Name, cause: string | undefined): void {
    const { clock } = this.#ports;
    this.#change?.cancel();
    const offSinceMs = this.#change?.offSinceMs ?? clock.monotonicMs();
    const waitMs = offSinceMs + this.#request.deadTimeMs - clock.monotonicMs();
    this.#change = { offSinceMs, cancel: clock.after(waitMs, () => this.#switchOn(name, cause ?? "dead_time")) };
  }

  #switchOn(name: Name, cause: string | undefined): void {
    if (this.#isStopped) return;
    // A write that fails may have worked.
    this.#selected = name;
    this.outputs.write(name, true);
    this.#say(name, cause);
  }

  #allOff(cause: string | undefined): void {
    this.outputs.writeAllOff();
    this.#say(undefined, cause);
  }

  #say(name: Name | undefined, cause: string | undefined): void {
    if (name !== this.#said) this.#ports.switchedBy(cause ?? this.#ports.causes.now);
    this.#said = name;
    this.#selected = name;
    this.#change?.cancel();
    this.#change = undefined;
    this.#guard?.seen(name);
    this.#ports.causes.during(cause, () => this.#request.onState(name, cause));
  }
}

/** Whether this cause takes back what has waited. */
function isGivenUp(cause: string | undefined): boolean {
  return cause === "interlock" || cause?.startsWith("failsafe") === true;
}
