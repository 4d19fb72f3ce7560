import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Whether dist is missing or older than src; undefined when it is neither. */
export function staleBuild(
  dist = join(root, "dist"),
  src = join(root, "src"),
): "missing" | "older than src" | undefined {
  const built = statSync(join(dist, "main.js"), { throwIfNoEntry: false });
  if (built === undefined) return "missing";
  const files = readdirSync(src, { recursive: true, encoding: "utf8" });
  const isNewer = (file: string) => statSync(join(src, file)).mtimeMs > built.mtimeMs;
  return files.some(isNewer) ? "older than src" : undefined;
}

/** Before tests that run the built program: one sentence where there is no build of this source, instead of a failure of each. */
export default function needsBuild(): void {
  const why = staleBuild();
  if (why === undefined) return;
  console.error(`dist is ${why}: run npm run build, or npm test`);
  process.exit(1);
}
