import { pin } from "../core/pin.ts";
import { quantity } from "../core/readers/quantity.ts";
import { NoValue } from "../core/sensor/no-value.ts";
import { defineSensor } from "../core/sensor.ts";
import { around } from "../core/simulation/pretend.ts";

/** The speed of sound in metres per millisecond at 20 °C: 331.3 + 0.606 × 20 m/s. It changes by 0.18 % for each °C. */
const speed = 0.34342;
/** What it can see (datasheet HC-SR04, "Max Range" and "Min Range"). A longer echo is its word for nothing. */
const farthestM = 4;
/** Without something in range its echo lasts 38 ms. */
const nothingMs = 38;

/** A distance by the time that sound takes there and back. */
export const hcSr04 = defineSensor({
  kind: "hc_sr04",
  summary:
    "An HC-SR04, JSN-SR04T or another part with a trigger and an echo: the distance to what is before it. Its echo has 5 V: wire it through a divider.",
  usedFor: "a distance of up to 4 m, or a level in a tank, by ultrasound",
  searchedAs: ["HC-SR04", "JSN-SR04T", "cistern", "water level"],
  alsoCalled: ["ultrasonic"],
  group: "motion",
  options: {
    trigger_pin: pin("The pin that the trigger is wired to, as a BCM number.", "driver", { part: "trigger" }),
    echo_pin: pin("The pin that the echo is wired to through a divider, as a BCM number.", "driver", { part: "echo" }),
  },
  example: { topic: "home/cistern/distance", trigger_pin: 23, echo_pin: 24 },
  // The datasheet wants 60 ms between measurements. Sound of one sensor that another one hears is no matter: one at a time.
  every: { default: "10s", min: "500ms" },
  oneAtATime: "hc_sr04",
  wiring: { part: "sensor", supply: "5V" },
  measures: {
    distance: { ...quantity.distance, digits: 2, range: [0.02, farthestM] },
    in_range: { name: "In range", flag: true, digits: 0, range: [0, 1] },
  },
  pretend: {
    values: { distance: around(1.2, 0.3, 600_000), in_range: around(1, 0, 600_000) },
    identity: ({ trigger_pin: trigger, echo_pin: echo }) => [trigger, echo],
    timed: ({ trigger_pin: trigger, echo_pin: echo }, now) => ({
      pins: [Number(trigger), Number(echo)],
      answer: () => (now().in_range >= 0.5 ? (2 * now().distance) / speed : nothingMs),
    }),
  },
  async open({ trigger_pin: trigger, echo_pin: echo }, { timedPins, onStop }) {
    const part = await timedPins.echo(trigger, echo);
    onStop(() => part.close());
    return async () => {
      const distance = ((await part.measure()) * speed) / 2;
      const isSeen = distance <= farthestM;
      return { distance: isSeen ? distance : new NoValue("nothing is in range"), in_range: isSeen ? 1 : 0 };
    };
  },
});
