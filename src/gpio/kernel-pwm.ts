import { errorCode, UserError } from "../core/errors.ts";
import {
  CannotServe,
  type GpioBackend,
  type GpioBank,
  type GpioPorts,
  type PwmRequest,
} from "../core/hardware/gpio.ts";
import { pinOn } from "../core/hardware/named-chip.ts";
import type { PinName } from "../core/hardware/pin-name.ts";
import type { WritableFile } from "../core/machine/files.ts";
import { lineProblem } from "./line-problem.ts";
import { channelIn, findChannel, findNamedChip, findPwmChips, type PwmChannel, root } from "./pwm-chips.ts";
import { numberIn, waitForUdev } from "./sysfs.ts";

/**
 * Pulse trains made by the kernel. On four pins of the header the hardware makes them without jitter. On any pin that an overlay names, a
 * timer makes them.
 */
export const kernelPwm: GpioBackend = {
  name: "kernel-pwm",
  summary: "PWM by the kernel, through /sys/class/pwm: pins 12, 13, 18 and 19, and any other with an overlay.",
  uses: { pwm: [] },
  automaticFor: ["pwm"],
  chipsFor: ["pwm"],
  async open(ports) {
    if (ports.named !== undefined) return kernelPwmBank((await findNamedChip(ports)).path, ports);
    const chips = await findPwmChips(ports.files);
    if (chips.length === 0)
      throw new UserError(`there is no PWM chip in ${root}`, {
        hint: 'add "dtoverlay=pwm-2chan" to /boot/firmware/config.txt and reboot for pins 18 and 19, or "dtoverlay=pwm-gpio,gpio=N" for another',
      });
    return kernelPwmBank(chips.map(({ path }) => path).join(", "), ports);
  },
};

function kernelPwmBank(description: string, ports: GpioPorts): GpioBank {
  const { named } = ports;
  const channelOf = async (pin: number) => {
    if (named !== undefined) return channelIn(await findNamedChip(ports), pin);
    const found = await findChannel(ports.files, pin);
    if (typeof found === "object") return found;
    throw new CannotServe(`pin ${pin} has no PWM channel`, {
      hint: `add "${found}" to /boot/firmware/config.txt and reboot`,
    });
  };
  const title = (pin: number) => pinOn(named, pin);
  return {
    description,
    async pwm(pin, request) {
      const channel = await channelOf(pin);
      try {
        const periodNs = await begin(ports, title(pin), channel, request).catch((error) => {
          throw frequencyProblem(title(pin), request, error);
        });
        const duty = await ports.files.openForWriting(`${channel.folder}/duty_cycle`);
        return pwmLine(title(pin), duty, periodNs);
      } catch (error) {
        throw lineProblem(title(pin), error);
      }
    },
    look: async (pin) => ({ name: (await channelOf(pin)).folder }),
    close: async () => {},
  };
}

/** Starts the pulse train, whatever was running before. In between, no pulse is ever longer than its period. */
async function begin({ files, clock }: GpioPorts, pin: PinName, channel: PwmChannel, request: PwmRequest) {
  const set = (file: string, value: number) => files.writeText(`${channel.folder}/${file}`, String(value));
  if ((await files.list(channel.folder)).length === 0)
    await files.writeText(`${channel.chip}/export`, String(channel.number));
  const needed = ["period", "duty_cycle", "enable"].map((file) => `${channel.folder}/${file}`);
  await waitForUdev({ files, clock }, pin, needed);
  const before = await numberIn(files, `${channel.folder}/period`);
  const periodNs = request.keepFrequency && before > 0 ? before : Math.round(1e9 / request.frequencyHz);
  const dutyNs = Math.round(periodNs * request.duty);
  if (periodNs < before) await set("duty_cycle", dutyNs);
  if (periodNs !== before) await set("period", periodNs);
  await set("duty_cycle", dutyNs);
  await set("enable", 1);
  return periodNs;
}

/** The error for a frequency that the chip does not make, or not now. Any other error is returned as it is. */
function frequencyProblem(pin: PinName, { frequencyHz }: PwmRequest, cause: unknown): unknown {
  const cannot = `pin ${pin} cannot have ${frequencyHz} pulses per second`;
  const code = errorCode(cause);
  if (code === "EINVAL" || code === "ERANGE") return new UserError(cannot, { hint: "choose another frequency", cause });
  // The driver of a chip with one frequency for all channels (pwm-pca9685.c: "periods of enabled pwms must match").
  if (code === "EBUSY" && typeof pin === "string")
    return new UserError(`${cannot}, because its chip has one frequency for all channels and another one is in use`, {
      hint: "give all devices of the chip the same frequency",
      cause,
    });
  return cause;
}

/** The pulse train goes on after closing, with its last duty. So the caller writes the duty of rest before closing. */
function pwmLine(pin: PinName, duty: WritableFile, periodNs: number) {
  return {
    write(share: number) {
      try {
        duty.write(String(Math.round(periodNs * share)));
      } catch (error) {
        throw lineProblem(pin, error);
      }
    },
    close: () => duty.close(),
  };
}
