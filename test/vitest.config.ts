import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { ownSuites, slowTests } from "./suites.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** npm test: both projects; npm run test:fast: what runs in memory, without a build and without other programs. */
export default defineConfig({
  test: {
    root,
    projects: [
      {
        test: {
          name: "fast",
          root,
          include: ["test/**/*.test.ts"],
          exclude: [...ownSuites.map((name) => `test/${name}/**`), ...slowTests],
          // The files of one worker share what they import, which is most of the time; no test may change it.
          isolate: false,
          setupFiles: ["test/no-programs.ts", "test/property-runs.ts"],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "programs",
          root,
          include: slowTests,
          globalSetup: ["test/built.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
