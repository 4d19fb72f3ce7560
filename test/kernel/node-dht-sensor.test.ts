import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { explain } from "../../src/core/errors.ts";
import { systemClock } from "../../src/core/time/clock.ts";
import { isolation } from "../../src/runtime/machine/isolated-package.ts";
import { namesIn, until } from "./guest.ts";

const childFile = fileURLToPath(new URL("../../dist/isolated-child.js", import.meta.url));

/** The process of the package: a child of this one that runs isolated-child.js. */
function childPid(): number | undefined {
  return namesIn("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => {
      try {
        const parent = /^PPid:\t(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
        return Number(parent) === process.pid && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(childFile);
      } catch {
        return false;
      }
    });
}

describe("the real node-dht-sensor in a process of its own", () => {
  let started: ReturnType<typeof isolation>;
  const load = () => {
    started = isolation(systemClock, childFile);
    return started.isolate("node-dht-sensor");
  };
  afterEach(() => started.stop());

  it("gives the reading of its fake mode", async () => {
    const sensor = await load();
    await sensor.call("initialize", [{ test: { fake: { temperature: 21.5, humidity: 60 } } }], 5_000);
    expect(await sensor.call("promises.read", [22, 4], 5_000)).toEqual({ temperature: 21.5, humidity: 60 });
  });

  it("fails a reading where there are no pins to read, as often as it is asked", async () => {
    const sensor = await load();
    await sensor.call("setMaxRetries", [1], 5_000);
    for (let reading = 0; reading < 2; reading += 1)
      await expect(sensor.call("promises.read", [22, 4], 5_000)).rejects.toThrow();
  });

  it("comes back after its process was killed", async () => {
    const sensor = await load();
    const killed = childPid();
    expect(killed).toBeDefined();
    process.kill(killed as number, "SIGKILL");
    await until("the end of the process", () => childPid() !== killed);
    // The first call may still find the dead one: a failed reading, as any other.
    const outcome = () => sensor.call("read", [33, 4], 5_000).then(() => "a reading", explain);
    const outcomes = [await outcome(), await outcome()];
    expect(outcomes.at(-1)).toContain("specified sensor type is invalid");
    expect(childPid()).not.toBe(killed);
  });
});
