import { z } from "zod";
import { StateStore } from "../../src/runtime/machine/state-store.ts";
import { FakeClock } from "../fakes/clock.ts";
import { FakeLog } from "../fakes/log.ts";
import { FakeStateFile } from "../fakes/state-file.ts";

/** A store over a state file in memory. `keep` keeps a number called `total` for a device. */
export async function startStore(file = new FakeStateFile()) {
  const clock = new FakeClock();
  const log = new FakeLog();
  const store = await StateStore.open(file, { clock, log });
  const keep = (id: string, initial = 0) => store.of(id, log).keep("total", z.number(), initial);
  return { file, clock, log, store, keep };
}
