import { explain, UserError } from "../core/errors.ts";
import { type Files, readTrimmed } from "../core/machine/files.ts";

const byId = "/dev/serial/by-id";
/** The ports at the pins 14 and 15 (config.txt documentation, "UARTs and device tree"). */
const atPins = /^\/dev\/(serial[01]|ttyAMA\d+|ttyS0)$/;

/** Why a port that does not exist cannot be opened, with the ports that there are. */
export async function missingPort(files: Pick<Files, "list">, port: string): Promise<UserError> {
  const namesIn = (folder: string) => files.list(folder).catch((): readonly string[] => []);
  const adapters = (await namesIn(byId)).map((name) => `${byId}/${name}`);
  const there = (await namesIn("/dev")).includes("serial0") ? [...adapters, "/dev/serial0"] : adapters;
  const hint = atPins.test(port)
    ? `add "${port === "/dev/ttyAMA0" ? "dtparam=uart0=on" : "enable_uart=1"}" to /boot/firmware/config.txt, run "sudo raspi-config nonint do_serial_cons 1" and reboot`
    : there.length === 0
      ? "plug its adapter in; there is no other serial port"
      : `plug its adapter in, or choose one of ${there.join(", ")}`;
  return new UserError(`there is no serial port ${port}`, { hint });
}

/**
 * Why a port cannot be used although it can be opened: the login console reads from it too (cmdline.txt, as the kernel got it). `realPath`
 * is the port without symbolic links. Undefined: nothing is in the way.
 */
export async function consoleProblem(
  files: Pick<Files, "readText">,
  port: string,
  realPath: string,
): Promise<UserError | undefined> {
  const words = (await readTrimmed(files as Files, "/proc/cmdline"))?.split(/\s+/) ?? [];
  const names = [realPath, port].map((path) => path.replace("/dev/", ""));
  if (!words.some((word) => names.some((name) => new RegExp(`^console=${name}(,|$)`).test(word)))) return undefined;
  return new UserError(`the login console of the Pi is at ${port}`, {
    hint: 'run "sudo raspi-config nonint do_serial_cons 1" and reboot',
  });
}

/** Why the package could not open a port, in words. It gives no codes: the clauses are those of serialport_unix.cpp. */
export function openProblem(port: string, error: unknown): UserError {
  if (error instanceof UserError) return error;
  const text = explain(error);
  const [sentence, hint] = known.find(([clause]) => clause.test(text))?.slice(1) ?? [];
  if (sentence === undefined) return new UserError(`${port} cannot be opened (${text})`, { cause: error });
  return new UserError(`${port} ${sentence}`, { hint: hint as string, cause: error });
}

const known: readonly (readonly [clause: RegExp, sentence: string, hint: string])[] = [
  [
    /permission denied|operation not permitted/i,
    "may not be opened by this user",
    'add the user to the group dialout with "sudo usermod -aG dialout USER" and log in again, or let scripts/install.sh make the service',
  ],
  [
    /cannot lock port|resource busy|temporarily unavailable/i,
    "is used by another program",
    'end that program; "sudo fuser -v" with the port shows it',
  ],
  [
    /inappropriate ioctl|not a typewriter|could not get config/i,
    "is no serial port",
    `choose one of ${byId}, or /dev/serial0`,
  ],
];

/** What is said of a port that has vanished. */
export function goneProblem(port: string, cause: unknown): UserError {
  return new UserError(`the serial port ${port} is gone`, { hint: "plug its adapter in again", cause });
}
