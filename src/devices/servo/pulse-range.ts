/** Servos get a pulse so many times in a second. */
export const pulsesPerSecond = 50;

/** How an angle becomes a pulse, as the options of a servo say it. */
export interface PulseRange {
  readonly min_angle: number;
  readonly max_angle: number;
  /** In microseconds. */
  readonly min_pulse: number;
  readonly max_pulse: number;
}

/** The share of the time that the pin is high for this angle. */
export function powerOf(angle: number, { min_angle, max_angle, min_pulse, max_pulse }: PulseRange): number {
  const way = (angle - min_angle) / (max_angle - min_angle);
  return ((min_pulse + way * (max_pulse - min_pulse)) * pulsesPerSecond) / 1e6;
}

/** The angle of these pulses, to a tenth of a degree. */
export function angleOf(power: number, { min_angle, max_angle, min_pulse, max_pulse }: PulseRange): number {
  const way = ((power * 1e6) / pulsesPerSecond - min_pulse) / (max_pulse - min_pulse);
  return Number((min_angle + way * (max_angle - min_angle)).toFixed(1)) + 0;
}
