import { UserError } from "../../errors.ts";

/** What a thermometer's file shows if it was not asked in time, or not at all: nothing (w1_therm.c, temperature_show). */
const silence = () => new UserError("the sensor did not answer", { hint: "check its wiring" });

/**
 * The temperature in °C that the file `temperature` shows in m°C; NaN for nonsense. Throws if the file is empty: the driver does so when
 * the part does not answer, or when the checksum is wrong.
 */
export function temperatureOf(text: string): number {
  if (text.trim() === "") throw silence();
  return Number(text) / 1000;
}

/** What `w1_slave` shows of a thermometer that measures 0 °C with 12 bits. */
export const zeroScratchpad = "00 00 4b 46 7f ff 10 10 69 : crc=69 YES\n00 00 4b 46 7f ff 10 10 69 t=0\n";

/**
 * Throws unless the file `w1_slave` shows that a thermometer has really sent its nine bytes. It has two lines of them: what came now with
 * its checksum, and what last came with a right one.
 *
 * A data line that is shorted to ground gives nine zeros, whose checksum is right, and which would be 0 °C. A thermometer's fifth byte is
 * never 0: five of its bits are always 1 (datasheet DS18B20, figure 10).
 */
export function checkScratchpad(text: string): void {
  if (text.trim() === "") throw silence();
  const [bytes = "", verdict = ""] = text.split(/ : |\n/);
  if (/^(00 ){8}00$/.test(bytes.trim()))
    throw new UserError("the data line of the 1-Wire bus is shorted to ground", { hint: "check the wiring" });
  if (!verdict.endsWith("YES"))
    throw new UserError("the checksum of the sensor's answer is wrong", { hint: "check its wiring" });
}

/**
 * The temperature, unless it is the 85 °C that a thermometer shows after it has lost its power during a conversion. They are believed
 * where it was nearly as hot before.
 */
export function believed(celsius: number, last: number | undefined): number {
  if (celsius === 85 && !(last !== undefined && last >= 80 && last <= 90))
    throw new UserError("the sensor gave its power-on value of 85 °C", { hint: "check its 3.3 V supply" });
  return celsius;
}
