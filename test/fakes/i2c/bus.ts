import { UserError } from "../../../src/core/errors.ts";
import type { I2c } from "../../../src/core/hardware/i2c.ts";
import type { FakePart } from "./parts.ts";

/** The I2C buses of a machine, with parts at `<bus>-<address>`, such as `1-29`. */
export class FakeI2c implements I2c {
  readonly parts: Map<string, FakePart>;
  /** How many transactions there were. */
  transactions = 0;

  constructor(parts: Readonly<Record<string, FakePart>>) {
    this.parts = new Map(Object.entries(parts));
  }

  async open(bus: number, address: number) {
    return {
      transfer: async (bytes: readonly number[], length: number) => {
        this.transactions += 1;
        const answer = this.parts.get(`${bus}-${address.toString(16)}`)?.transfer(bytes, length);
        if (answer === undefined) throw new UserError("nothing answers");
        return Uint8Array.from(answer);
      },
    };
  }
}
