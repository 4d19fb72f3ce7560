import { onTestFinished } from "vitest";
import { z } from "zod";
import type { DeviceContext, Poll } from "../../src/core/device.ts";
import { Taken } from "../../src/core/device.ts";
import type { DeviceKind } from "../../src/core/kind.ts";
import { silentLog } from "../../src/core/log/log.ts";
import { systemClock } from "../../src/core/time/clock.ts";
import { machineFiles } from "../../src/runtime/machine/files.ts";

/** Sets a sensor up on this machine's own files, with options as a user writes them, and gives how to read it once. */
export async function openSensor(
  kind: DeviceKind,
  written: Readonly<Record<string, unknown>> = {},
): Promise<() => Promise<unknown>> {
  const polls: Poll<unknown>[] = [];
  const context: Pick<DeviceContext<unknown>, "clock" | "files" | "log" | "onStop" | "poll"> = {
    clock: systemClock,
    files: machineFiles,
    log: silentLog,
    onStop: (task) => onTestFinished(async () => task()),
    poll: (poll) => polls.push(poll),
  };
  await kind.setup(z.strictObject(kind.options).parse(written), context as DeviceContext<unknown>);
  const [poll] = polls;
  if (poll === undefined) throw new Error(`${kind.kind} is no sensor`);
  return async () => {
    const taken = await poll.read();
    return taken instanceof Taken ? taken.state : taken;
  };
}
