import * as z from "zod";
import type { Switch, SwitchRequest } from "../../core/device-gpio.ts";
import type { Limits } from "../../core/outputs/limits.ts";
import { type ChosenPin, levelFor } from "../../core/pin.ts";
import { Deadlines } from "../guard/deadlines.ts";
import { GuardMemory } from "../guard/guard-memory.ts";
import { OutputGuard } from "../guard/output-guard.ts";
import { lookAgainAndAgain, type PinPorts } from "./pin-ports.ts";

/** Claims an output at its initial level. Drives it to its rest when the device stops. */
export async function claimOutput(ports: PinPorts, chosen: ChosenPin, request: SwitchRequest): Promise<Switch> {
  const { onState, maxOnMs } = request;
  const { pin, initial, rest } = chosen;
  const { interlock, causes, failSafe, lasting } = ports;
  const limits = withLongest(ports.limits, maxOnMs);
  const last = initial === "last" ? ports.keep(`last_${chosen.path.join("_")}`, z.boolean(), false) : undefined;
  const memory = new GuardMemory(ports.keep, chosen.path.join("_"));
  const mayGoOn = (initial === "on" || last?.value === true) && !Deadlines.forbidOn({ lasting, memory });
  const wantsOn = mayGoOn && failSafe?.startsOff === undefined;
  if (mayGoOn && !wantsOn) failSafe?.keptOff();
  // What has ended must not come back at the next start.
  if (last?.value === true && !wantsOn) last.set(false, "now");
  // The output may have been on until just before the start, and so may another one of its interlock group.
  const mustWait =
    wantsOn && (limits.minOffMs !== undefined || interlock !== undefined || Deadlines.restMs({ lasting, memory }) > 0);
  const line = await ports.pins.output(pin, {
    initial: levelFor(wantsOn && !mustWait, chosen),
    keep: initial === "keep" && !interlock?.group.isTakenBesides(interlock.device) && failSafe?.startsOff === undefined,
    onError: ports.fail,
  });
  let known: boolean | undefined;
  let isPaused = false;
  const isOn = () => isPaused || line.read() === levelFor(true, chosen);
  const say = (on: boolean, cause: string | undefined) => {
    if (known === undefined ? on && initial !== "keep" : on !== known) ports.switchedBy(cause ?? causes.now);
    known = on;
    guard.seen(on);
    causes.during(cause, () => onState(on));
  };
  const drive = (on: boolean, cause: string | undefined) => {
    line.write(levelFor(on, chosen));
    if (last !== undefined && last.value !== on) last.set(on, "now");
    isPaused = false;
    say(on, cause);
  };
  const guard = new OutputGuard<boolean>({ ...ports, limits, memory, isOn: Boolean, off: false, drive });
  ports.onStop(async () => {
    guard.end();
    try {
      if (rest !== "keep") {
        line.write(levelFor(rest === "on", chosen));
        say(rest === "on", "on_exit");
      }
    } finally {
      guard.leave();
      await line.close();
    }
  });
  const first = isOn();
  guard.begin(first, mustWait);
  say(first, "initial");
  if (mustWait) guard.ask(true, "initial");
  else if (first && interlock?.group.isTakenBesides(interlock.device)) drive(false, "interlock");
  lookAgainAndAgain(ports, () => {
    const on = isOn();
    if (on === known) return;
    say(on, "outside");
    if (on && interlock?.group.isTakenBesides(interlock.device)) drive(false, "interlock");
    else if (on && failSafe?.forbids(true) !== undefined) drive(false, failSafe.startsOff);
  });
  return {
    isOn,
    set: (on, cause) => guard.ask(on, cause),
    pause(wanted) {
      if (known !== true || wanted === isPaused) return;
      line.write(levelFor(!wanted, chosen));
      isPaused = wanted;
    },
  };
}

/** The limits, with the longest time on that the kind itself allows. */
function withLongest(limits: Limits, ownMs: number | undefined): Limits {
  if (ownMs === undefined) return limits;
  return { ...limits, maxOnMs: Math.min(ownMs, limits.maxOnMs ?? ownMs) };
}
