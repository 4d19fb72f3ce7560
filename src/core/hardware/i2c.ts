/** A part at one address of an I2C bus, spoken to without a driver of the kernel. */
export interface I2cDevice {
  /**
   * One transaction: writes these bytes, then, after a repeated start, reads `length` bytes. Nothing is written if there are no bytes, and
   * nothing is read if `length` is 0. Rejects with a UserError that says what happened: no answer, a driver of the kernel holds the
   * address, the bus hangs.
   */
  transfer(bytes: readonly number[], length: number): Promise<Uint8Array>;
}

/** The I2C buses of the machine, as /dev/i2c-N shows them. */
export interface I2c {
  /**
   * The part at a 7-bit address of a bus. The bus is opened when it is first needed. Rejects with a UserError where the bus is missing,
   * may not be opened, or where a driver of the kernel holds the address.
   */
  open(bus: number, address: number): Promise<I2cDevice>;
}
