import { expect, it } from "vitest";
import { withClaims } from "../../src/gpio/claims.ts";
import { simulatedBank } from "../../src/gpio/simulated.ts";

it("lets a pin be claimed anew when closing it failed", async () => {
  const bank = simulatedBank();
  const output: typeof bank.output = async (pin, request) => {
    const line = await bank.output(pin, request);
    return { ...line, close: () => Promise.reject(new Error("cannot close")) };
  };
  const claimed = withClaims({ ...bank, output });
  const line = await claimed.output(17, { initial: 0, keep: false });
  await expect(line.close()).rejects.toThrow("cannot close");
  await expect(claimed.output(17, { initial: 0, keep: false })).resolves.toBeDefined();
});
