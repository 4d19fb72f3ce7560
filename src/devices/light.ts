import { defineDevice } from "../core/kind.ts";
import { dimmedLight } from "./light/dimmed-light.ts";
import { lightCommand } from "./light/light-command.ts";
import { lightConflicts } from "./light/light-conflicts.ts";
import { lightEntity } from "./light/light-entity.ts";
import { traitsOf } from "./light/light-mode.ts";
import { lightOptions } from "./light/light-options.ts";
import { lightState } from "./light/light-state.ts";
import { plainLight } from "./light/plain-light.ts";

/** Lamps and LED strips. Which pins are written decides what the light can do, see light/light-mode.ts. */
export const light = defineDevice({
  kind: "light",
  summary:
    "A light: dimmed by a pulse train (PWM), as an LED strip behind a transistor; of mixed colors or of cold and warm white by several; or only switched.",
  usedFor: "a lamp or LED strip: dimmed by pulses, of several colors, or only switched",
  searchedAs: ["KY-016", "MOSFET"],
  options: lightOptions,
  example: { topic: "home/office/strip", pin: 18 },
  conflicts: lightConflicts,
  wiring: (options) => (traitsOf(options).mode === "onoff" ? { part: "relay", supply: "5V" } : undefined),
  state: lightState,
  entities: (options) => [lightEntity(traitsOf(options))],
  command: (options) => lightCommand(traitsOf(options)),
  setup(options, context) {
    const traits = traitsOf(options);
    return traits.mode === "onoff" ? plainLight(options, context) : dimmedLight(traits, options, context);
  },
});
