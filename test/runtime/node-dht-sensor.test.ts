import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { systemClock } from "../../src/core/time/clock.ts";
import { isolation } from "../../src/runtime/machine/isolated-package.ts";
import { cannotRun } from "../e2e/required.ts";

const child = fileURLToPath(new URL("../../dist/isolated-child.js", import.meta.url));

/** Whether the optional package was built: a machine without a compiler does without it. */
function isBuilt(): boolean {
  try {
    createRequire(import.meta.url)("node-dht-sensor");
    return true;
  } catch {
    return false;
  }
}

describe("the real node-dht-sensor in a process of its own", () => {
  if (!isBuilt())
    return cannotRun(
      'node-dht-sensor is not built here; "sudo apt install python3 make g++" and "npm rebuild node-dht-sensor" build it',
    );
  const started = isolation(systemClock, child);
  afterAll(() => started.stop());

  // Real readings are for a Pi only: as root the package would write to this machine's memory.
  it("hands on what the package throws", async () => {
    const sensor = await started.isolate("node-dht-sensor");
    await expect(sensor.call("read", [33, 4], 5_000)).rejects.toThrow("specified sensor type is invalid");
  });

  it("keeps its fake mode, which cannot be undone, to its process", async () => {
    const sensor = await started.isolate("node-dht-sensor");
    await sensor.call("initialize", [{ test: { fake: { temperature: 21.5, humidity: 60 } } }], 5_000);
    expect(await sensor.call("promises.read", [22, 4], 5_000)).toEqual({ temperature: 21.5, humidity: 60 });
    started.stop();
    await expect(sensor.call("read", [33, 4], 5_000)).rejects.toThrow("specified sensor type is invalid");
  });
});
