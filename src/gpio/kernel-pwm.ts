import { errorCode, UserError } from "../core/errors.ts";
import type { WritableFile } from "../core/files.ts";
import {
  CannotServe,
  type GpioBackend,
  type GpioBank,
  type GpioPorts,
  type PwmRequest,
} from "../core/hardware/gpio.ts";
import { lineProblem } from "./line-problem.ts";
import { findChannel, findPwmChips, type PwmChannel, root } from "./pwm-chips.ts";
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
  async open(ports) {
    const chips = await findPwmChips(ports.files);
    if (chips.length === 0)
      throw new UserError(`there is no PWM chip in ${root}`, {
        hint: 'add "dtoverlay=pwm-2chan" to /boot/firmware/config.txt and reboot for pins 18 and 19, or "dtoverlay=pwm-gpio,gpio=N" for another',
      });
    return kernelPwmBank(chips.map(({ path }) => path).join(", "), ports);
  },
};

function kernelPwmBank(description: string, ports: GpioPorts): GpioBank {
  const channelOf = async (pin: number) => {
    const found = await findChannel(ports.files, pin);
    if (typeof found === "object") return found;
    throw new CannotServe(`pin ${pin} has no PWM channel`, {
      hint: `add "${found}" to /boot/firmware/config.txt and reboot`,
    });
  };
  return {
    description,
    async pwm(pin, request) {
      const channel = await channelOf(pin);
      try {
        const periodNs = await begin(ports, pin, channel, request);
        const duty = await ports.files.openForWriting(`${channel.folder}/duty_cycle`);
        return pwmLine(pin, duty, periodNs);
      } catch (error) {
        throw lineProblem(pin, error);
      }
    },
    look: async (pin) => ({ name: (await channelOf(pin)).folder }),
    close: async () => {},
  };
}

/** Starts the pulse train, whatever was running before. In between, no pulse is ever longer than its period. */
async function begin({ files, clock }: GpioPorts, pin: number, channel: PwmChannel, request: PwmRequest) {
  const periodNs = Math.round(1e9 / request.frequencyHz);
  const dutyNs = Math.round(periodNs * request.duty);
  const set = (file: string, value: number) => files.writeText(`${channel.folder}/${file}`, String(value));
  if ((await files.list(channel.folder)).length === 0)
    await files.writeText(`${channel.chip}/export`, String(channel.number));
  const needed = ["period", "duty_cycle", "enable"].map((file) => `${channel.folder}/${file}`);
  await waitForUdev({ files, clock }, pin, needed);
  const before = await numberIn(files, `${channel.folder}/period`);
  try {
    if (periodNs < before) await set("duty_cycle", dutyNs);
    await set("period", periodNs);
    await set("duty_cycle", dutyNs);
  } catch (cause) {
    if (errorCode(cause) !== "EINVAL" && errorCode(cause) !== "ERANGE") throw cause;
    throw new UserError(`pin ${pin} cannot have ${request.frequencyHz} pulses per second`, {
      hint: "choose another frequency",
      cause,
    });
  }
  await set("enable", 1);
  return periodNs;
}

/** The pulse train goes on after closing, with its last duty. So the caller writes the duty of rest before closing. */
function pwmLine(pin: number, duty: WritableFile, periodNs: number) {
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
