import { link, mkdir, readFile, rename, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { errorCode } from "../../core/errors.ts";
import type { StateFile } from "./state-file.ts";

/**
 * The folder for what is kept over restarts: the one from systemd (`StateDirectory=`, systemd.exec(5)), or else the one that the XDG Base
 * Directory Specification has for a user's programs.
 */
export function stateFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const [ofService] = (environment["STATE_DIRECTORY"] ?? "").split(":");
  if (ofService) return ofService;
  return join(environment["XDG_STATE_HOME"] || join(homedir(), ".local", "state"), "pi2mqtt");
}

/** A thousand devices have less than a hundredth of it. */
const mostBytes = 16_000_000;

/** The state file of an agent in a folder. The folder is made at the first write. */
export function machineStateFile(folder: string, agentId: string): StateFile {
  const current = join(folder, `${agentId}.json`);
  const previous = join(folder, `${agentId}.previous.json`);
  const pathOf = { current, previous };
  return {
    path: current,
    async read(which) {
      try {
        const { size } = await stat(pathOf[which]);
        if (size > mostBytes) throw new Error(`it has more than ${mostBytes / 1_000_000} MB`);
        return await readFile(pathOf[which], "utf8");
      } catch (error) {
        if (errorCode(error) === "ENOENT") return undefined;
        throw error;
      }
    },
    async write(text) {
      await mkdir(dirname(current), { recursive: true, mode: 0o700 });
      // A second name for the present file. So there is always a file, and nothing is copied. The new state is worth more than that copy.
      await rm(previous, { force: true })
        .then(() => link(current, previous))
        .catch(() => {});
      await writeFileAtomic(current, text, { mode: 0o600 });
    },
    async setAside(which) {
      const aside = `${pathOf[which]}.unusable`;
      await rename(pathOf[which], aside);
      return aside;
    },
  };
}
