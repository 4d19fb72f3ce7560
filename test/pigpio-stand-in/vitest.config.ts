import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** For the process of its own in which pigpio-package.test.ts runs the real package. The addon needs a main thread. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL("../..", import.meta.url)),
    include: ["test/pigpio-stand-in/contract.ts"],
    pool: "forks",
    testTimeout: 30_000,
  },
});
