import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { onlyInTheGuest } from "../kernel/guest.ts";

onlyInTheGuest();

/** For the guest, whose first process is systemd: what is installed there is one for all tests, which tell its life in order. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL("../..", import.meta.url)),
    include: ["test/service/**/*.lab.ts"],
    pool: "forks",
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    bail: 1,
  },
});
