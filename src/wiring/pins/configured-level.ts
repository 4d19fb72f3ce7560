import { type ChosenPin, levelFor } from "../../core/pin.ts";

/** How a pin is when the agent has just claimed it, as far as devices.yaml decides that. */
export interface ConfiguredLevel {
  /** The physical level or, where devices.yaml does not decide it, the word that stands in its place. */
  readonly word: "high" | "low" | "kept" | "open" | "pwm" | "data";
  /** What makes it so, as a clause. */
  readonly reason: string;
}

/** What devices.yaml makes of a pin. */
export function configuredLevel(pin: Pick<ChosenPin, "role" | "activeLow" | "initial" | "pull">): ConfiguredLevel {
  const { role, initial, pull } = pin;
  switch (role) {
    case "output":
      if (initial === "keep") return { word: "kept", reason: "stays as it was" };
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
