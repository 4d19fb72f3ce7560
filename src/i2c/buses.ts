import type { I2c } from "../core/hardware/i2c.ts";
import type { NativePorts } from "../core/hardware/native.ts";
import { Bus, type BusPorts } from "./bus.ts";
import { loadSystemCalls, type SystemCalls } from "./system-calls.ts";

/** The I2C buses of this machine, through /dev/i2c-N. The C library is loaded when the first part is opened. */
export function machineBuses(ports: NativePorts & Omit<BusPorts, "calls">): I2c & { readonly close: () => void } {
  let loading: Promise<SystemCalls> | undefined;
  const buses = new Map<number, Bus>();
  const busOf = (number: number, calls: SystemCalls) => {
    const bus = buses.get(number) ?? new Bus(number, { ...ports, calls });
    buses.set(number, bus);
    return bus;
  };
  return {
    async open(number, address) {
      loading ??= loadSystemCalls(ports);
      const bus = busOf(number, await loading);
      await bus.check(address);
      return { transfer: (bytes, length) => bus.transfer(address, bytes, length) };
    },
    close() {
      for (const bus of buses.values()) bus.close();
    },
  };
}
