/** pino's levels, and syslog's priorities for them (sd-daemon(3)). */
const priorities: Readonly<Record<number, number>> = { 20: 7, 30: 6, 40: 4, 50: 3 };

/** A line that begins with its priority, such as `<4>`. systemd's journal removes that and stores it. */
export function journalLine(line: string, level: number): string {
  return `<${priorities[level] ?? 6}>${line}`;
}
