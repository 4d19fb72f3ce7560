import { explain } from "../../core/errors.ts";
import type { Log } from "../../core/log/log.ts";
import { type KeptValues, readState, type StateFile } from "./state-file.ts";

/** Reads the stored values from the file, or from the copy before it. A file that cannot be used is set aside with a warning. */
export async function loadState(file: StateFile, log: Log): Promise<KeptValues> {
  for (const which of ["current", "previous"] as const) {
    const reason = await file.read(which).then(
      (text) => (text === undefined ? undefined : readState(text)),
      (error): { problem: string } => ({ problem: `cannot be read (${explain(error)})` }),
    );
    if (reason === undefined) continue;
    if ("devices" in reason) {
      if (which === "previous")
        log.warn({ file: file.path }, "uses the copy of the stored values, which is some seconds older");
      return reason.devices;
    }
    const aside = await file.setAside(which).catch(() => file.path);
    log.warn({ file: file.path, set_aside: aside, reason: `it ${reason.problem}` }, "cannot use the stored values");
  }
  return {};
}
