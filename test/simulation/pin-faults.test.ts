import { describe, expect, it } from "vitest";
import { simulatedBank } from "../../src/gpio/simulated.ts";
import { withPinFaults } from "../../src/simulation/pin-faults.ts";

const low = { initial: 0, keep: false } as const;

/** Pretended pins that can fail, and what the watcher of pin 5 was told. */
async function watched() {
  const pins = simulatedBank();
  const bank = withPinFaults(pins);
  const told: string[] = [];
  const line = await bank.input(5, {
    pull: "up",
    debounceMs: 0,
    onEdge: ({ level }) => void told.push(`level ${level}`),
    onError: ({ message }) => void told.push(message),
  });
  return { pins, bank, line, told };
}

describe("pins that are made to fail", () => {
  it("are as good as any without a fault", async () => {
    const { pins, bank, line, told } = await watched();
    const output = await bank.output(17, low);
    output.write(1);
    pins.drive(5, 0);
    expect([output.read(), pins.level(17), line.read(), told]).toEqual([1, 1, 0, ["level 0"]]);
  });

  it("refuse to be claimed, each for itself", async () => {
    const bank = withPinFaults(simulatedBank());
    bank.setFault(17, "EBUSY");
    bank.setFault(27, "EIO");
    await expect(bank.output(17, low)).rejects.toThrow("pin 17 is held by the kernel or another program");
    await expect(bank.pwm(27, { frequencyHz: 50, duty: 0 })).rejects.toThrow("pin 27 failed (EIO)");
    await expect(bank.output(22, low)).resolves.toBeDefined();
    bank.setFault(17, undefined);
    await expect(bank.output(17, low)).resolves.toBeDefined();
  });

  it("fail an output when it is used, and leave its level as it is", async () => {
    const pins = simulatedBank();
    const bank = withPinFaults(pins);
    const line = await bank.output(17, low);
    bank.setFault(17, "EIO");
    expect(() => line.write(1)).toThrow("pin 17 failed (EIO)");
    expect(() => line.read()).toThrow("pin 17 failed (EIO)");
    expect(pins.history(17)).toEqual([0]);
    bank.setFault(17, undefined);
    line.write(1);
    expect(pins.level(17)).toBe(1);
  });

  it("tell the watcher of an input at once when another program takes it, and nothing after", async () => {
    const { pins, bank, line, told } = await watched();
    bank.setFault(5, "EBUSY");
    pins.drive(5, 0);
    expect(told).toEqual(["pin 5 is held by the kernel or another program"]);
    expect(() => line.read()).toThrow("held by");
  });

  it("tell nobody who has given the pin back", async () => {
    const { bank, line, told } = await watched();
    await line.close();
    bank.setFault(5, "EBUSY");
    expect(told).toEqual([]);
  });

  it("let an input that answers with an error show it when it is read", async () => {
    const { bank, line, told } = await watched();
    bank.setFault(5, "EIO");
    expect(told).toEqual([]);
    expect(() => line.read()).toThrow("pin 5 failed (EIO)");
  });
});

describe("a pretended input", () => {
  it("keeps the level at which it is driven, whatever its pull, when it is claimed anew", async () => {
    const { pins, bank, line } = await watched();
    pins.drive(5, 0);
    await line.close();
    const again = await bank.input(5, { pull: "up", debounceMs: 0, onEdge: () => {}, onError: () => {} });
    expect(again.read()).toBe(0);
  });
});
