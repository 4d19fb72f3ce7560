import { explain } from "../../core/errors.ts";
import type { Log } from "../../core/log/log.ts";
import { type KeptValues, readState, type StateFile } from "./state-file.ts";

/** What was kept in the file, or in the copy before it; one that cannot be used is set aside with a warning. */
export async function loadState(file: StateFile, log: Log): Promise<KeptValues> {
  for (const which of ["current", "previous"] as const) {
    const reason = await file.read(which).then(
      (text) => (text === undefined ? undefined : readState(text)),
      (error): { problem: string } => ({ problem: `cannot be read (${explain(error)})` }),
    );
    if (reason === undefined) continue;
    if ("devices" in reason) {
      if (which === "previous") log.warn({ file: file.path }, "takes what was kept before, some seconds older");
      return reason.devices;
    }
    const aside = await file.setAside(which).catch(() => file.path);
    log.warn({ file: file.path, set_aside: aside, reason: `it ${reason.problem}` }, "cannot use what was kept");
  }
  return {};
}
