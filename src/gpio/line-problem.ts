import { errorCode, UserError } from "../core/errors.ts";

/** What to do where the files of the pins are not ours. */
export const groupHint =
  'put the user into the group gpio ("sudo usermod -aG gpio USER", then log in again); if it is there, the system has no udev rule that gives pins to that group';

/** The kernel's error codes at a line, as sentences (seen on Linux 6.12 with gpio-sim). `consumer` is who holds it, where known. */
export function lineProblem(pin: number, cause: unknown, consumer?: string): UserError {
  if (cause instanceof UserError) return cause;
  const problem = (what: string, hint?: string) =>
    new UserError(`pin ${pin} ${what}`, { cause, ...(hint !== undefined && { hint }) });
  switch (errorCode(cause)) {
    case "EBUSY":
      return consumer
        ? problem(`is held by "${consumer}"`, heldHint(consumer))
        : problem(
            "is held by the kernel or another program",
            '"gpioinfo" shows by whom; an overlay in config.txt may claim it',
          );
    case "EACCES":
      return problem("may not be used by this user", groupHint);
    case "ENODEV":
    case "ENOENT":
    case "ENXIO":
      return problem("was taken away", "another program unexported it, or its chip is gone");
    case "EPERM":
      return problem("is no longer an output", "another program changed its direction");
    case "EINVAL":
      return problem("cannot be used so by its chip");
    case "EIO":
      return problem("failed (EIO)", 'the chip did not do it; "sudo dmesg | tail" may say why');
    default:
      return problem(`failed (${errorCode(cause) || String(cause)})`);
  }
}

function heldHint(consumer: string): string {
  if (consumer === "sysfs") return "a program exported it through /sys/class/gpio; stop that program, or unexport it";
  return "stop that program; if it is a driver of the kernel, remove its overlay from config.txt and reboot";
}
