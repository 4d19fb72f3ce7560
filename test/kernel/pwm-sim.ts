import { readFileSync, writeFileSync } from "node:fs";
import { loadModule, namesIn, unloadModule } from "./guest.ts";

/** What a channel of a PWM chip was told last. */
export interface PulseTrain {
  readonly periodNs: number;
  readonly dutyNs: number;
  readonly isEnabled: boolean;
}

const chip = "/sys/class/pwm/pwmchip0";

/** Plugs in the PWM chip that the device tree names (lab/boards), as pwmchip0; returns how to take it away, whoever uses it. */
export function plugInPwm(): () => void {
  loadModule("pwm_sim");
  return () => {
    for (const name of namesIn(chip))
      if (/^pwm\d+$/.test(name)) writeFileSync(`${chip}/unexport`, name.slice("pwm".length));
    unloadModule("pwm_sim");
  };
}

/** What the kernel drives a channel of the plugged chip with, whoever said so. */
export function pulseTrain(channel: number): PulseTrain {
  const all = readFileSync("/sys/kernel/debug/pwm", "utf8");
  const line = all.split("\n").find((one) => one.startsWith(` pwm-${channel} `)) ?? "";
  const [, periodNs, dutyNs] = /period: (\d+) ns duty: (\d+) ns/.exec(line) ?? [];
  if (periodNs === undefined) throw new Error(`there is no PWM channel ${channel}: ${all}`);
  return { periodNs: Number(periodNs), dutyNs: Number(dutyNs), isEnabled: line.includes(" enabled") };
}
