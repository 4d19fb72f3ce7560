import { connectionOf } from "../core/connection.ts";
import { readTrimmed } from "../core/machine/files.ts";
import type { Finding, Look } from "./finding.ts";
import { proposed } from "./propose.ts";

const byId = "/dev/serial/by-id";
/** A Pi 5 has this port. It is that of its debug connector, to which serial0 leads there; pins 8 and 10 have ttyAMA0 (dtparam=uart0=on). */
const debugPort = "ttyAMA10";

/** Serial lines: adapters by the name that stays with them, and the line of pins 8 and 10. What is at their other end does not say it. */
export const lookAtSerial: Look = async ({ files, kinds }) => {
  const onLine = kinds.filter((kind) => connectionOf(kind).bus === "a serial line");
  const devicesAt = (port: string) => onLine.map((kind) => proposed(kind, { port }));
  const findings: Finding[] = (await files.list(byId)).map((name) => ({
    what: `an adapter, ${byId}/${name}`,
    devices: devicesAt(`${byId}/${name}`),
    isSure: false,
  }));
  const names = await files.list("/dev");
  const isPi5 = names.includes(debugPort);
  const port = isPi5 ? "ttyAMA0" : "serial0";
  if (!names.includes(port)) {
    const line = isPi5 ? "dtparam=uart0=on" : "enable_uart=1";
    const problem = `the line of pins 8 and 10 is off; if something is connected to it, add "${line}" to /boot/firmware/config.txt, run "sudo raspi-config nonint do_serial_cons 1" and reboot`;
    return [{ place: "Serial lines", findings, problem }];
  }
  const consoles = isPi5 ? /\bconsole=ttyAMA0\b/ : /\bconsole=(serial0|ttyS0|ttyAMA0)\b/;
  const isConsole = consoles.test((await readTrimmed(files, "/proc/cmdline")) ?? "");
  const problem = isConsole
    ? 'the line of pins 8 and 10 has a console on it; run "sudo raspi-config nonint do_serial_cons 1" and reboot before you connect something'
    : undefined;
  const own = { what: `the line of pins 8 and 10, /dev/${port}`, devices: devicesAt(`/dev/${port}`), isSure: false };
  return [{ place: "Serial lines", findings: isConsole ? findings : [...findings, own], problem }];
};
