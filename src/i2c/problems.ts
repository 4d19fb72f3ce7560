import { errorCode, UserError } from "../core/errors.ts";
import { hexadecimal } from "../core/hardware/named-chip.ts";
import { type Files, readTrimmed } from "../core/machine/files.ts";

const configFile = "/boot/firmware/config.txt";

/** Where something failed. */
export interface Place {
  readonly bus: number;
  readonly address: number;
}

/** Why a bus cannot be opened, as a sentence. */
export async function openProblem(files: Files, bus: number, cause: unknown): Promise<UserError> {
  const problem = (message: string, hint: string) => new UserError(message, { hint, cause });
  switch (errorCode(cause)) {
    case "ENOENT":
    case "ENODEV":
    case "ENXIO":
      // The program raspi-config loads i2c-dev; the line in config.txt alone does not.
      if ((await files.list("/sys/bus/i2c/devices")).includes(`i2c-${bus}`))
        return problem(
          `the kernel has I2C bus ${bus}, but there is no /dev/i2c-${bus}`,
          'run "sudo modprobe i2c-dev", and write i2c-dev into /etc/modules for the next boots',
        );
      return problem(`there is no I2C bus ${bus}`, busHint(bus));
    case "EACCES":
    case "EPERM":
      return problem(
        `/dev/i2c-${bus} may not be opened by this user`,
        'put the user into the group i2c ("sudo usermod -aG i2c USER", then log in again)',
      );
    default:
      return new UserError(`I2C bus ${bus} cannot be opened (${errorCode(cause) || String(cause)})`, { cause });
  }
}

/** raspi-config writes the line, loads i2c-dev, and needs no reboot (do_i2c in raspi-config). */
function busHint(bus: number): string {
  return bus === 1
    ? `run "sudo raspi-config nonint do_i2c 0", or add "dtparam=i2c_arm=on" to ${configFile} and "i2c-dev" to /etc/modules, and reboot`
    : `bus 1 is that of pins 3 and 5; if you mean another one, add its overlay, such as "dtoverlay=i2c${bus}", to ${configFile} and reboot`;
}

/** The sentence for an address that a driver of the kernel holds. */
export async function heldProblem(files: Files, { bus, address }: Place, cause: unknown): Promise<UserError> {
  const name = await readTrimmed(files, `/sys/bus/i2c/devices/${bus}-${address.toString(16).padStart(4, "0")}/name`);
  return new UserError(`the kernel's driver for ${name ?? "another part"} holds ${atPlace({ bus, address })}`, {
    hint: `take its overlay out of ${configFile} and reboot, or use the kind that reads it through the kernel`,
    cause,
  });
}

/** Why a transaction failed, as a sentence. */
export function transferProblem(place: Place, cause: unknown): UserError {
  if (cause instanceof UserError) return cause;
  const code = errorCode(cause);
  const [message, hint] = sentence(place, code);
  return new UserError(message, { ...(hint !== undefined && { hint }), cause });
}

/** The error for a bus on which a transaction has not ended in time. */
export function hangs({ bus }: Place): UserError {
  return new UserError(`I2C bus ${bus} hangs: it has not answered in time`, { hint: stuckHint });
}

const stuckHint = "a part may hold one of the two wires low; switch its supply off and on, and check the wires";

/** EREMOTEIO is i2c-bcm2835's and the Pi 5's (i2c-designware) word for no answer, ENXIO that of i2c-gpio and others. */
function sentence(place: Place, code: string): [message: string, hint?: string] {
  switch (code) {
    case "EREMOTEIO":
    case "ENXIO":
    case "EIO":
      return [
        `nothing answers at ${atPlace(place)} (${code})`,
        `check its wiring, its supply and its address; "i2cdetect -y ${place.bus}" shows who answers`,
      ];
    case "ETIMEDOUT":
    case "EAGAIN":
    case "EBUSY":
      return [`I2C bus ${place.bus} is stuck (${code})`, stuckHint];
    case "ENODEV":
    case "EBADF":
      return [`I2C bus ${place.bus} is gone`];
    case "EOPNOTSUPP":
      return [`I2C bus ${place.bus} cannot send plain messages`, "connect the part to the bus of pins 3 and 5"];
    default:
      return [`I2C bus ${place.bus} failed (${code || "for an unknown reason"})`];
  }
}

function atPlace({ bus, address }: Place): string {
  return `${hexadecimal(address)} on I2C bus ${bus}`;
}
