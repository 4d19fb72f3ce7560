import { existsSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join, resolve } from "node:path";
import { readConfig } from "../../config/read.ts";
import { errorCode, UserError } from "../../core/errors.ts";
import type { DeviceKind } from "../../core/kind.ts";
import { backends } from "../../gpio/index.ts";

/** Where the `.env` is that belongs to a devices.yaml. */
export function dotEnvBeside(file: string): string {
  return join(dirname(resolve(file)), ".env");
}

/** Rejects a file that is there already. */
export function mustBeNew(file: string): void {
  if (existsSync(file))
    throw new UserError(`there is a ${file} already, and init overwrites nothing`, {
      hint: "move it away, or name another file with --config FILE",
    });
}

/**
 * Writes devices.yaml, and `.env` for its owner alone, if there is a text for it. Neither is overwritten. When one cannot be written, or
 * when check finds something wrong in them, both are taken away again and a UserError says why.
 */
export function writeConfiguration(
  file: string,
  texts: { readonly devices: string; readonly dotEnv: string | undefined },
  kinds: readonly DeviceKind[],
): void {
  const made: string[] = [];
  const write = (path: string, text: string, mode: number) => {
    // "wx" fails where something is, whoever has put it there meanwhile.
    writeFileSync(path, text, { mode, flag: "wx" });
    made.push(path);
  };
  try {
    if (texts.dotEnv !== undefined) write(dotEnvBeside(file), texts.dotEnv, 0o600);
    write(file, texts.devices, 0o644);
    const known = { kinds, backends, hostname: hostname(), environment: {} };
    const { problems } = readConfig(file, known);
    if (problems.length > 0) throw new UserError(`what init would write is wrong: ${problems.join("; ")}`);
  } catch (error) {
    for (const path of made) rmSync(path, { force: true });
    if (error instanceof UserError) throw error;
    throw new UserError(`${file} and .env cannot be written (${errorCode(error) || String(error)})`, {
      hint: "go into a folder that is yours, or name another file with --config FILE",
      cause: error,
    });
  }
}
