import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** npm run test:node-red: the flows of examples/ in a real Node-RED, which npm fetches at the first run. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL("../..", import.meta.url)),
    include: ["test/node-red/**/*.test.ts"],
    globalSetup: ["test/built.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
