/** A part of the kernel that shows what drivers have measured as files. */
export type Subsystem = "iio" | "hwmon" | "power_supply";

/** A driver of the kernel that shows a part as files. */
export interface Driver {
  /** Where its files are: below /sys/bus/iio, /sys/class/hwmon or /sys/class/power_supply. */
  readonly subsystem: Subsystem;
  /** The module, such as "bmp280": its file in the kernel's source has this name. */
  readonly module: string;
  /** What the kernel calls the part, as in the file `name` of the I2C device or `modalias` of the SPI device. The first is the usual one. */
  readonly names: readonly string[];
  /**
   * The overlay that makes the part appear, with its parameter: "i2c-sensor,bme280". Absent if there is none. On SPI as for the device
   * spi0.0: "mcp3008,spi0-0-present".
   */
  readonly overlay?: string;
  /** Whether the overlay takes `addr=`. */
  readonly hasAddr?: boolean;
  /** The year from which systems have the overlay, where older ones have the driver alone. Absent if all have it that have the driver. */
  readonly overlaySince?: string;
  /** The 7-bit addresses that the part can have on I2C; the usual one first. Empty for a part on SPI. */
  readonly addresses: readonly number[];
  /** The first kernel that has it, such as "6.9"; absent if every kernel of Raspberry Pi OS since bookworm (6.1) has it. */
  readonly since?: string;
}
