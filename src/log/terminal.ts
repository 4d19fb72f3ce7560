import pretty from "pino-pretty";

/** Fields that the line itself shows. */
const shownByMessage = ["device", "topic", "payload", "reason"];

/** A stream that writes log lines for a person: time, device, what happened. */
export function terminalStream(colour: boolean): NodeJS.WritableStream {
  return pretty({
    colorize: colour,
    sync: true,
    singleLine: true,
    translateTime: "SYS:HH:MM:ss",
    ignore: ["level", ...shownByMessage].join(","),
    messageFormat: (line, messageKey) => {
      const { level, device, topic, payload, reason } = line;
      const parts = [
        level === "warn" || level === "error" ? level.toUpperCase() : undefined,
        typeof device === "string" ? device.padEnd(16) : undefined,
        line[messageKey],
        payload,
        topic === undefined ? undefined : `(${topic})`,
      ];
      const text = parts.filter((part) => part !== undefined).join(" ");
      return reason === undefined ? text : `${text}: ${reason}`;
    },
  });
}
