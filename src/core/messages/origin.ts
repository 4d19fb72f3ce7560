/** Who gives an order: somebody by MQTT, a device of this agent, a rule, the page, a scenario, the fail-safe or a timer. */
export interface Origin {
  readonly by: "mqtt" | "device" | "rule" | "page" | "scenario" | "failsafe" | "timer";
  /** Which one, such as the device's id; absent where nobody knows. */
  readonly id?: string;
}

/** An origin in one word, for the log and for answers: `mqtt`, `device:hall-thermostat`. */
export function originText({ by, id }: Origin): string {
  return id === undefined ? by : `${by}:${id}`;
}
