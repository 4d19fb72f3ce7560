import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** npm run test:node-versions: the packed program on each line of Node.js, which npm fetches at the first run. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL("../..", import.meta.url)),
    include: ["test/node-versions/**/*.test.ts"],
    globalSetup: ["test/built.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
