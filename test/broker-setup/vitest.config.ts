import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** For tests that need root: one machine after the other. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL("../..", import.meta.url)),
    include: ["test/broker-setup/**/*.test.ts"],
    globalSetup: ["test/built.ts"],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
