import { type ChosenPin, levelFor } from "../../core/pin.ts";

/** The level that a pin has right after the agent has claimed it, as far as devices.yaml decides it. */
export interface ConfiguredLevel {
  /** The physical level, or another word if devices.yaml does not decide the level. */
  readonly word: "high" | "low" | "kept" | "open" | "pwm" | "data";
  /** Why it is so, as a clause. */
  readonly reason: string;
}

/** The level that devices.yaml gives to a pin. */
export function configuredLevel(pin: Pick<ChosenPin, "role" | "activeLow" | "initial" | "pull">): ConfiguredLevel {
  const { role, initial, pull } = pin;
  switch (role) {
    case "output":
      if (initial === "keep") return { word: "kept", reason: "stays as it was" };
      if (initial === "last") return { word: "kept", reason: "as it was last" };
      return { word: levelFor(initial === "on", pin) === 1 ? "high" : "low", reason: `${initial} at the start` };
    case "input":
      if (pull === "up") return { word: "high", reason: "pulled up" };
      if (pull === "down") return { word: "low", reason: "pulled down" };
      return { word: "open", reason: "no pull" };
    case "pwm":
      return { word: "pwm", reason: "pulses" };
    case "driver":
      return { word: "data", reason: "the driver's line" };
  }
}
