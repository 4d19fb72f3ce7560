import { pathToFileURL } from "node:url";
import type { GpioPorts } from "../../src/core/hardware/gpio.ts";
import { systemClock } from "../../src/core/time/clock.ts";
import { fakePorts } from "../fakes/benches.ts";
import { pi4 } from "../fakes/pins/pigpio.ts";
import { FakeTree } from "../fakes/tree.ts";

/** Ports of a Pi 4 for root, with the package that the environment names. */
export function standInPorts(): GpioPorts {
  const entry = process.env["PIGPIO_ENTRY"] ?? "pigpio";
  return {
    ...fakePorts({ files: new FakeTree(pi4), isRoot: true, load: () => import(pathToFileURL(entry).href) }),
    clock: systemClock,
  };
}
