import type { DeviceGpio, Powers, PulseGroup, PulseGroupRequest } from "../../core/device-gpio.ts";
import type { PwmLine } from "../../core/hardware/gpio.ts";
import { type ChosenPin, dutyFor } from "../../core/pin.ts";
import { Deadlines } from "../guard/deadlines.ts";
import { GuardMemory } from "../guard/guard-memory.ts";
import { OutputGuard } from "../guard/output-guard.ts";
import type { PinPorts } from "./pin-ports.ts";

/** A pin as an option names it. */
type Pin = Parameters<DeviceGpio["pwm"]>[0];

/** Claims pulse trains that are on and off together, at their initial powers. Leaves them at their rest when the device stops. */
export async function claimPulseGroup<Name extends string>(
  ports: PinPorts,
  pins: Readonly<Record<Name, Pin>>,
  chosenPin: (pin: Pin) => ChosenPin,
  request: PulseGroupRequest<Name>,
): Promise<PulseGroup<Name>> {
  const { frequencyHz } = request;
  const names = Object.keys(pins) as Name[];
  const { limits, interlock, failSafe, lasting } = ports;
  const memory = new GuardMemory(ports.keep, names.map((name) => chosenPin(pins[name]).path.join("_")).join("_"));
  const mayGoOn = isOn(request.initial) && !Deadlines.forbidOn({ lasting, memory });
  const isHeld = mayGoOn && failSafe?.startsOff !== undefined;
  if (isHeld) failSafe.keptOff();
  const initial = mayGoOn && !isHeld ? request.initial : all(names, 0);
  // It may have been on until just before the start, and so may another device of its interlock group.
  const mustWait =
    isOn(initial) &&
    (limits.minOffMs !== undefined || interlock !== undefined || Deadlines.restMs({ lasting, memory }) > 0);
  const first = mustWait ? all(names, 0) : initial;
  const trains = new PulseTrains({ ...ports, memory }, first, request.onPowers);
  // What is added first runs last, when all pins are at rest.
  ports.onStop(() => trains.leave());
  const claim = async (name: Name) => {
    const chosen = chosenPin(pins[name]);
    const duty = dutyFor(first[name], chosen);
    const line = await ports.pins.pwm(chosen.pin, { frequencyHz, duty, onError: ports.fail });
    trains.add(name, { chosen, line });
    ports.onStop(async () => {
      try {
        trains.rest();
      } finally {
        await line.close();
      }
    });
  };
  // Each is claimed, even if another one cannot be: it may be on since before a crash, and only what is claimed goes to rest.
  const claims = await Promise.allSettled(names.map(claim));
  for (const result of claims) if (result.status === "rejected") throw result.reason;
  trains.begin(mustWait);
  if (mustWait) trains.set(initial, "initial");
  return trains;
}

function isOn(powers: Powers<string>): boolean {
  return Object.values(powers).some((power) => power > 0);
}

function all<Name extends string>(names: readonly Name[], power: number): Powers<Name> {
  return Object.fromEntries(names.map((name) => [name, power])) as Powers<Name>;
}

/** A train whose pin is claimed. */
interface Train {
  readonly chosen: ChosenPin;
  readonly line: PwmLine;
}

class PulseTrains<Name extends string> implements PulseGroup<Name> {
  readonly #ports: PinPorts & { readonly memory: GuardMemory };
  readonly #onPowers: PulseGroupRequest<Name>["onPowers"];
  readonly #trains = new Map<Name, Train>();
  readonly #rested = new Set<Name>();
  #powers: Powers<Name>;
  #isOn = false;
  /** What was told last of {@link #isOn}. */
  #saidOn = false;
  /** Undefined until all pins are claimed. */
  #guard: OutputGuard<Powers<Name>> | undefined;

  constructor(
    ports: PinPorts & { readonly memory: GuardMemory },
    initial: Powers<Name>,
    onPowers: PulseGroupRequest<Name>["onPowers"],
  ) {
    this.#ports = ports;
    this.#powers = initial;
    this.#onPowers = onPowers;
  }

  set(powers: Powers<Name>, cause?: string): void {
    this.#guard?.ask(powers, cause);
  }

  adjust(powers: Powers<Name>, cause?: string): void {
    if (!this.#isOn || this.#rested.size > 0) return;
    this.#write(powers);
    this.#say(powers, cause);
  }

  add(name: Name, train: Train): void {
    this.#trains.set(name, train);
  }

  /** All pins are claimed, and have their initial powers. */
  begin(isWantedOn: boolean): void {
    this.#guard = new OutputGuard<Powers<Name>>({
      ...this.#ports,
      isOn,
      off: all(Object.keys(this.#powers) as Name[], 0),
      drive: (powers, cause) => this.#drive(powers, cause),
    });
    this.#isOn = isOn(this.#powers);
    this.#guard.begin(this.#powers, isWantedOn);
    this.#say(this.#powers, "initial");
  }

  /** Drives all pins that are claimed to their rest, even if some cannot be driven. After that no other power is set. */
  rest(): void {
    const waiting = [...this.#trains].filter(([name]) => !this.#rested.has(name));
    for (const [name] of waiting) this.#rested.add(name);
    this.#guard?.end();
    const moving = new Map(waiting.filter(([, { chosen }]) => chosen.rest !== "keep"));
    if (moving.size === 0) return;
    const rests = Object.fromEntries([...moving].map(([name, { chosen }]) => [name, chosen.rest === "on" ? 1 : 0]));
    const powers: Powers<Name> = { ...this.#powers, ...rests };
    this.#write(powers, moving);
    if (this.#guard === undefined) return;
    this.#isOn = isOn(powers);
    this.#guard.seen(powers);
    this.#say(powers, "on_exit");
  }

  /** All pins are at rest, as far as they could be driven. */
  leave(): void {
    this.#guard?.leave();
  }

  #drive(powers: Powers<Name>, cause: string | undefined): void {
    if (this.#rested.size > 0) return;
    this.#write(powers);
    this.#isOn = isOn(powers);
    this.#guard?.seen(powers);
    this.#say(powers, cause);
  }

  /** Writes to the pins. Each one is tried, even if another one fails. Throws if one could not be written. */
  #write(powers: Powers<Name>, trains: ReadonlyMap<Name, Train> = this.#trains): void {
    const errors = [...trains].flatMap(([name, { line, chosen }]) => {
      try {
        line.write(dutyFor(powers[name], chosen));
        return [];
      } catch (error) {
        return [error];
      }
    });
    if (errors.length > 0) throw errors[0];
  }

  #say(powers: Powers<Name>, cause: string | undefined): void {
    if (this.#isOn !== this.#saidOn) this.#ports.switchedBy(cause ?? this.#ports.causes.now);
    this.#saidOn = this.#isOn;
    this.#powers = powers;
    this.#ports.causes.during(cause, () => this.#onPowers(powers, this.#isOn, cause));
  }
}
