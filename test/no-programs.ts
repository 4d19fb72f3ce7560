import childProcess from "node:child_process";
import { syncBuiltinESMExports } from "node:module";

/** For the fast tests: starting a program fails, with a sentence that says where such a test belongs. */
const refuse = () => {
  throw new Error("npm run test:fast starts no programs; add the file of this test to slowTests in test/suites.ts");
};
for (const name of ["exec", "execFile", "execFileSync", "execSync", "fork", "spawn", "spawnSync"] as const)
  Object.assign(childProcess, { [name]: refuse });
syncBuiltinESMExports();

// The chips of all files of one worker wait for the end of one process; Node.js warns from the eleventh on.
process.setMaxListeners(0);
