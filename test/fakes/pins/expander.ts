import { gpiochip } from "../../../src/gpio/gpiochip.ts";
import { fakePorts } from "../benches.ts";
import type { FakeBus } from "../bus.ts";
import { type House, startHouse } from "../house.ts";
import type { FakeLog } from "../log.ts";
import { type ChipPlan, FakeGpiochip } from "./gpiochip.ts";

/** A Pi with a chip on its I2C bus beside the header's, and an agent on it. */
export interface ExpanderBench {
  readonly header: FakeGpiochip;
  readonly chip: FakeGpiochip;
  /** Starts an agent. `devices` are the lines below "devices:"; the chip is called "relays". */
  start(devices: string, chips?: string): Promise<House>;
  /** The log of the backend. */
  readonly log: FakeLog;
}

/** Makes the machine. The chip is a mcp23017 without an interrupt unless the plan says otherwise. */
export function expanderBench(plan: ChipPlan = {}, bus?: FakeBus): ExpanderBench {
  const header = new FakeGpiochip();
  const label = plan.label ?? "mcp23017";
  const chip = new FakeGpiochip({
    label,
    lines: 16,
    number: 1,
    device: "1-0020",
    part: label,
    interrupts: false,
    ...plan,
    clock: header.clock,
  });
  header.plugIn(chip);
  const ports = fakePorts({ files: header, clock: header.clock, load: async () => header.koffi });
  return {
    header,
    chip,
    log: ports.log,
    async start(devices, chips = `relays: ${label}`) {
      const yaml = `gpio: {chips: {${chips}}}\ndevices:\n${devices}`;
      const house = await startHouse(yaml, {
        clock: header.clock,
        backend: { backend: gpiochip, ports },
        ...(bus && { bus }),
      });
      await header.clock.advance(100);
      return house;
    },
  };
}
