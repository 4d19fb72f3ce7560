import { prettyFactory } from "pino-pretty";

/** Fields whose values the line shows without their names. */
const shownByMessage = ["device", "topic", "payload", "reason", "times"];

/** Makes a line for a person of each JSON line: time, device, what happened. */
export function terminalLine(colour: boolean): (line: string) => string {
  return prettyFactory({
    colorize: colour,
    singleLine: true,
    translateTime: "SYS:HH:MM:ss",
    ignore: ["level", ...shownByMessage].join(","),
    messageFormat: (line, messageKey) => {
      const { level, device, topic, payload, reason, times } = line;
      const parts = [
        level === "warn" || level === "error" ? level.toUpperCase() : undefined,
        typeof device === "string" ? device.padEnd(16) : undefined,
        line[messageKey],
        times === undefined ? undefined : `(${times} times)`,
        payload,
        topic === undefined ? undefined : `(${topic})`,
      ];
      const text = parts.filter((part) => part !== undefined).join(" ");
      return reason === undefined ? text : `${text}: ${reason}`;
    },
  });
}
