import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { onlyInTheGuest } from "./guest.ts";

onlyInTheGuest();

/** For the guest, which has one processor, one set of pins and slow files: one process for all, one file after the other. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL("../..", import.meta.url)),
    include: ["test/kernel/**/*.test.ts"],
    pool: "forks",
    maxWorkers: 1,
    fileParallelism: false,
    isolate: false,
    // Each test as it ends, so that the output says where a guest that stopped was. After some failures the rest would only wait in vain.
    reporters: ["verbose"],
    bail: 5,
    testTimeout: 240_000,
    hookTimeout: 120_000,
  },
});
