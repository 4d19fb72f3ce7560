/** A pin that starts an echo, and one that is high as long as the echo lasts. */
export interface EchoPins {
  /**
   * Starts one echo. Resolves with its length in milliseconds, with fractions, from time stamps of the kernel or of DMA. Rejects with a
   * UserError when it does not begin, or does not end.
   */
  measure(): Promise<number>;
  close(): Promise<void>;
}

/** A clock that we drive, and data that the part shifts out with it. Its clock must never be high for long. */
export interface ShiftedPins {
  /**
   * Waits until the part has a value, which it shows by low data, and reads 24 bits of it, high bit first, with so many pulses of the
   * clock. Resolves with a number with a sign, in two's complement. Rejects with a UserError when the part has nothing, or when each try
   * was disturbed.
   */
  read(pulses: number): Promise<number>;
  close(): Promise<void>;
}

/** Pins whose times count in microseconds, for parts that no driver reads. Only some backends can do that. */
export interface TimedPins {
  /** Claims both pins, by their BCM numbers. Rejects with a UserError where no backend can time them. */
  echo(trigger: number, echo: number): Promise<EchoPins>;
  /** Claims both pins, by their BCM numbers. Rejects with a UserError where no backend can time them. */
  shifted(clock: number, data: number): Promise<ShiftedPins>;
}
