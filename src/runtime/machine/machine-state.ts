import { link, mkdir, readFile, rename, rm } from "node:fs/promises";
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

/** The state file of an agent in a folder. The folder is made at the first write. */
export function machineStateFile(folder: string, agentId: string): StateFile {
  const current = join(folder, `${agentId}.json`);
  const previous = join(folder, `${agentId}.previous.json`);
  const pathOf = { current, previous };
  return {
    path: current,
    async read(which) {
      try {
        return await readFile(pathOf[which], "utf8");
      } catch (error) {
        if (errorCode(error) === "ENOENT") return undefined;
        throw error;
      }
    },
    async write(text) {
      await mkdir(dirname(current), { recursive: true, mode: 0o700 });
      // A second name for the present file. So there is always a file, and nothing is copied.
      await rm(previous, { force: true });
      await link(current, previous).catch((error) => {
        if (errorCode(error) !== "ENOENT") throw error;
      });
      await writeFileAtomic(current, text, { mode: 0o600 });
    },
    async setAside(which) {
      const aside = `${pathOf[which]}.unusable`;
      await rename(pathOf[which], aside);
      return aside;
    },
  };
}
