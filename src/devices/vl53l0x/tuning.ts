/**
 * The settings with which ST has characterised the part: pairs of a register and its value, in this order. The datasheet has none of them.
 * They are those of ST's API (STSW-IMG005, vl53l0x_tuning.h), which its user manual UM2039 says to load in section 5.1. Register 0xff
 * chooses a page of registers.
 */
export const tuning: readonly (readonly [register: number, value: number])[] = [
  [0xff, 0x01],
  [0x00, 0x00],
  [0xff, 0x00],
  ...pairs("09:00 10:00 11:00 24:01 25:ff 75:00"),
  [0xff, 0x01],
  ...pairs("4e:2c 48:00 30:20"),
  [0xff, 0x00],
  ...pairs(
    "30:09 54:00 31:04 32:03 40:83 46:25 60:00 27:00 50:06 51:00 52:96 56:08 57:30 61:00 62:00 64:00 65:00 66:a0",
  ),
  [0xff, 0x01],
  ...pairs("22:32 47:14 49:ff 4a:00"),
  [0xff, 0x00],
  ...pairs("7a:0a 7b:00 78:21"),
  [0xff, 0x01],
  ...pairs("23:34 42:00 44:ff 45:26 46:05 40:40 0e:06 20:1a 43:40"),
  [0xff, 0x00],
  ...pairs("34:03 35:44"),
  [0xff, 0x01],
  ...pairs("31:04 4b:09 4c:05 4d:04"),
  [0xff, 0x00],
  ...pairs("44:00 45:20 47:08 48:28 67:00 70:04 71:01 72:fe 76:00 77:00"),
  [0xff, 0x01],
  ...pairs("0d:01"),
  [0xff, 0x00],
  ...pairs("80:01 01:f8"),
  [0xff, 0x01],
  ...pairs("8e:01 00:01"),
  [0xff, 0x00],
  [0x80, 0x00],
];

/** Pairs of hexadecimal numbers of a page. */
function pairs(text: string): (readonly [number, number])[] {
  return text.split(" ").map((pair) => {
    const [register = "", value = ""] = pair.split(":");
    return [Number.parseInt(register, 16), Number.parseInt(value, 16)] as const;
  });
}
