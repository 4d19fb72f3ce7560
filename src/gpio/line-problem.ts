import { errorCode, UserError } from "../core/errors.ts";
import type { PinName } from "../core/hardware/pin-name.ts";

/** What to do if this user may not use the files of the pins. */
export const groupHint =
  'put the user into the group gpio ("sudo usermod -aG gpio USER", then log in again); if it is there, the system has no udev rule that gives pins to that group';

/**
 * What drivers say when a chip does not answer: no acknowledgement (EREMOTEIO on most Pis, ENXIO elsewhere), a disturbed transfer, or a bus
 * that hangs.
 */
const noAnswer = ["EREMOTEIO", "ENXIO", "EIO", "ETIMEDOUT"];
const busHint = "check the chip's wires, its supply and its address";

/** The kernel's error codes for a line, as sentences (seen on Linux 6.12 with gpio-sim). */
export function lineProblem(pin: PinName, cause: unknown): UserError {
  if (cause instanceof UserError) return cause;
  const problem = (what: string, hint?: string) =>
    new UserError(`pin ${pin} ${what}`, { cause, ...(hint !== undefined && { hint }) });
  const code = errorCode(cause);
  // A line of a chip that is reached over a bus.
  if (typeof pin === "string" && noAnswer.includes(code))
    return problem(`has a chip that does not answer (${code})`, busHint);
  switch (code) {
    case "EBUSY":
      return heldProblem(pin, undefined);
    case "EACCES":
      return problem("may not be used by this user", groupHint);
    case "ENODEV":
    case "ENOENT":
    case "ENXIO":
      return problem(
        "was taken away",
        'another program unexported it, or its chip is gone; "gpiodetect" shows the chips, "sudo dmesg | tail" what became of one',
      );
    case "EPERM":
      return problem(
        "is no longer an output",
        'another program changed its direction; "gpioinfo" shows the pins and who has them',
      );
    case "EINVAL":
      return problem("cannot be used so by its chip");
    case "EIO":
      return problem("failed (EIO)", 'the chip did not do it; "sudo dmesg | tail" may say why');
    default:
      return problem(`failed (${code || String(cause)})`);
  }
}

/**
 * The error for a pin that somebody else holds. `consumer` is "sysfs", "spi0 CS0" or the name of a program; undefined if it is not known.
 */
export function heldProblem(pin: PinName, consumer: string | undefined): UserError {
  if (consumer === undefined)
    return new UserError(`pin ${pin} is held by the kernel or another program`, {
      hint: '"gpioinfo" shows by whom; an overlay in config.txt may claim it',
    });
  return new UserError(`pin ${pin} is held by "${consumer}"`, { hint: heldHint(consumer) });
}

/** The kernel's name for the holder of a pin that was exported through /sys/class/gpio. */
export const exportedPin = "sysfs";

function heldHint(consumer: string): string {
  if (consumer === exportedPin)
    return "it was exported through /sys/class/gpio, by another program or by onoff earlier on; stop that program, and reboot or write its number there into unexport";
  return "stop that program; if it is a driver of the kernel, remove its overlay from config.txt and reboot";
}
