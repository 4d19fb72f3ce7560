/** Registers of the VL53L0X on its first page, by the names of ST's API (vl53l0x_device.h). */
export const register = {
  start: 0x00,
  sequence: 0x01,
  interruptMode: 0x0a,
  interruptClear: 0x0b,
  interruptStatus: 0x13,
  result: 0x14,
  minimumRate: 0x44,
  limitChecks: 0x60,
  interruptPolarity: 0x84,
  supply: 0x89,
  stopVariable: 0x91,
  spadMap: 0xb0,
  spadStart: 0xb6,
  model: 0xc0,
  page: 0xff,
} as const;

/** The value of the model register (datasheet DocID029104, table "Reference registers"). */
export const model = 0xee;
/** The steps of a measurement: dynamic choice of SPADs, pre-range and final range. After power-on the register is 0xff. */
export const sequence = 0xe8;
/** A measurement has ended: any of the low three bits of the interrupt status. */
export const ended = 0x07;
