import type * as z from "zod";
import { commandSchema, type DeviceSettings } from "../device-settings.ts";
import { type failSafeOption, failSafeReasons } from "./failsafe.ts";

/**
 * What of the option `failsafe` does not fit the device: a clause at the option that is wrong, by `failsafe` and the option below it.
 * `written` is all that was written of the device, as it was checked.
 */
export function failSafeConflicts(
  device: Pick<DeviceSettings, "kind" | "options">,
  written: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> {
  const failSafe = written["failsafe"] as z.output<typeof failSafeOption> | undefined;
  if (failSafe === undefined) return {};
  const { state, on_exit: atStop } = failSafe;
  const stateProblem = impossible(state, device);
  const hasReason = failSafeReasons.some((reason) => failSafe[reason] !== undefined);
  const isOwnOption = "on_exit" in device.kind.options;
  return {
    ...(stateProblem !== undefined && { "failsafe.state": stateProblem }),
    ...(!hasReason && atStop === undefined && { failsafe: `names no reason; write ${oneOf(failSafeReasons)}` }),
    ...(atStop !== undefined &&
      isOwnOption &&
      written["on_exit"] !== atStop && {
        "failsafe.on_exit": "does not fit on_exit, and both are the same; write one of the two",
      }),
    ...(atStop !== undefined &&
      !isOwnOption &&
      atStop !== "off" && {
        "failsafe.on_exit": `is not possible, since a ${device.kind.kind} is always off when the agent stops; remove it`,
      }),
  };
}

/** Copies `failsafe.on_exit` to the device's own option `on_exit` where that is not written, since both are the same. */
export function withOnExit(
  written: Readonly<Record<string, unknown>>,
  { options }: Pick<DeviceSettings["kind"], "options">,
): Readonly<Record<string, unknown>> {
  const failSafe = written["failsafe"];
  if (typeof failSafe !== "object" || failSafe === null || !("on_exit" in failSafe)) return written;
  const { on_exit } = failSafe;
  const isValid = on_exit === "off" || on_exit === "on" || on_exit === "keep";
  return isValid && "on_exit" in options && written["on_exit"] === undefined ? { ...written, on_exit } : written;
}

/** Why an output of this device cannot go to this state by itself. */
function impossible(
  state: "off" | "on" | "keep",
  device: Pick<DeviceSettings, "kind" | "options">,
): string | undefined {
  if (state === "keep") return undefined;
  const schema = commandSchema(device);
  const canSwitch = ["on", "off"].every((word) => schema?.safeParse(word).success);
  const { kind } = device.kind;
  if (!canSwitch) return `"${state}" is not possible, since a ${kind} is not just on or off; write state: keep`;
  const staysOn = schema?.safeParse({ state: "ON", on_time: 1 }).success;
  return state === "on" && !staysOn
    ? '"on" is not possible, since this output goes off by itself; write off or keep'
    : undefined;
}

function oneOf(words: readonly string[]): string {
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
