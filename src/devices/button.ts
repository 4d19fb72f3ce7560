import { contactOptions, debounceConflicts, debouncing } from "../core/inputs/input-options.ts";
import { pressConflicts, pressOptions, pressRules, watchPresses } from "../core/inputs/press-options.ts";
import { pressTypes, toldTypes } from "../core/inputs/presses.ts";
import { pretendedPresses } from "../core/inputs/pretended-presses.ts";
import { defineDevice } from "../core/kind.ts";
import { onOff, onOffWord } from "../core/switching.ts";

/** A push button, whose presses are events. */
export const button = defineDevice({
  kind: "button",
  summary: "A push button: tells of single, double, triple and long presses, and is ON while it is pressed.",
  usedFor: "a push-button whose presses count: once, twice, long",
  searchedAs: ["KY-004"],
  alsoCalled: ["gpiobutton", "key"],
  options: {
    ...contactOptions({
      pin: "the button is wired to",
      activeLow: {
        default: true,
        means:
          "True when a low level means pressed, as for a button between the pin and ground. False for a button between the pin and 3V3, with pull: down.",
      },
      held: "while the button is not pressed",
      debounce: { default: "30ms", max: "1s", means: "How long a level must stand still before it counts." },
    }),
    ...pressOptions,
  },
  example: { topic: "home/hall/button", pin: 22 },
  wiring: { part: "contact" },
  pretend: { routine: (options) => pretendedPresses("pin", options) },
  state: onOff,
  events: { action: pressTypes },
  eventClasses: { action: "button" },
  eventTypes: (options) => ({ action: toldTypes(pressRules(options)) }),
  // The presses are what most want; whoever wants to know how long it is held enables this.
  entities: () => [
    { key: "pressed", platform: "binary_sensor", name: "Pressed", settings: { enabled_by_default: false } },
  ],
  conflicts: (options) => ({ ...debounceConflicts(options), ...pressConflicts(options) }),
  async setup(options, { gpio, clock, report, emit }) {
    const changed = watchPresses(clock, pressRules(options), (type) => emit("action", type));
    await gpio.input(options.pin, {
      ...debouncing(options),
      onState: (isPressed, atMs) => {
        report(onOffWord(isPressed));
        changed(isPressed, atMs);
      },
    });
    return {};
  },
});
