import { readdirSync, readFileSync } from "node:fs";

/** The variable in the environment of a program by which all that it starts is found again, also in a session of its own. */
export const markVariable = "PI2MQTT_PROGRAM";

/** What is started while it is killed is found in a further round; a process that was killed starts nothing more. */
const mostRounds = 10;

/** The processes of this machine by their numbers, as far as this user sees them; none where there is no /proc. */
export function processesNow(): ReadonlySet<string> {
  try {
    return new Set(readdirSync("/proc").filter((name) => /^\d+$/.test(name)));
  } catch {
    return new Set();
  }
}

/** Kills each process that has this mark and was not there before. One that has cleared its environment is not found. */
export function killMarked(mark: string, before: ReadonlySet<string>): void {
  const killed = new Set<string>();
  for (let round = 0; round < mostRounds; round += 1) {
    const found = [...processesNow()].filter((id) => !before.has(id) && !killed.has(id) && hasMark(id, mark));
    if (found.length === 0) return;
    for (const id of found) {
      killed.add(id);
      try {
        process.kill(Number(id), "SIGKILL");
      } catch {
        // It has ended already, or got other rights.
      }
    }
  }
}

/** Looks into the environment that a process was started with (proc_pid_environ(5)); that of another user cannot be read. */
function hasMark(id: string, mark: string): boolean {
  try {
    return `\0${readFileSync(`/proc/${id}/environ`, "latin1")}`.includes(`\0${markVariable}=${mark}\0`);
  } catch {
    return false;
  }
}
