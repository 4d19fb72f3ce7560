/**
 * The process in which a native package runs. isolated-package.ts starts it with the package's name. It answers each `{ functionName, args
 * }` with one `{ result }` or `{ error }`, and ends when its parent ends.
 */
import { createRequire } from "node:module";

process.on("disconnect", () => process.exit());
// Signals to all processes of the agent are handled by the agent. And on SIGUSR1 Node.js would open its debugger to every user.
for (const signal of ["SIGINT", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2"] as const) process.on(signal, () => {});

const [, , packageName = ""] = process.argv;
const require = createRequire(import.meta.url);
const reply = (message: object) => process.send?.(message);
const sentence = (error: unknown) => (error instanceof Error ? error.message : String(error));

try {
  const library: unknown = require(packageName);
  process.on("message", async ({ functionName, args }: { functionName: string; args: unknown[] }) => {
    try {
      reply({ result: await callIn(library, functionName.split("."), args) });
    } catch (error) {
      reply({ error: sentence(error) });
    }
  });
  reply({ ready: true });
} catch (error) {
  reply({ error: sentence(error) });
}

function callIn(owner: unknown, [name = "", ...deeper]: string[], args: unknown[]): unknown {
  const member = (owner as Record<string, unknown>)[name];
  if (deeper.length > 0) return callIn(member, deeper, args);
  if (typeof member !== "function") throw new Error(`${packageName} has no function ${name}`);
  return member.apply(owner, args);
}
