/** Who gives a command: somebody by MQTT, a device of this agent, a rule, the page, a scenario, the fail-safe or a timer. */
export interface Origin {
  readonly by: "mqtt" | "device" | "rule" | "page" | "scenario" | "failsafe" | "timer";
  /** Which one of them, such as the device's id; absent if that is not known. */
  readonly id?: string;
}

/** An origin as one word, for the log and for answers: `mqtt`, `device:hall-thermostat`. */
export function originText({ by, id }: Origin): string {
  return id === undefined ? by : `${by}:${id}`;
}
