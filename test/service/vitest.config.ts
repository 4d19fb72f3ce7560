import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { onlyInTheGuest } from "../kernel/guest.ts";

onlyInTheGuest();

/** The guest boots twice (boot.sh, LAB_BOOTS). */
const isRebooted = process.env["TEST_BOOT"] === "2";

/** The first one wants a journal in which nobody has written; the last one leaves installed what is looked at after the reboot. */
const order = ["installed.lab.ts", "credentials.lab.ts", "rules.lab.ts"];

class InOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => order.findIndex((name) => moduleId.endsWith(`/${name}`));
    return files.toSorted((one, other) => place(one) - place(other));
  }
}

/** For the guest, whose first process is systemd: what is installed there is one for all tests, which tell its life in order. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL("../..", import.meta.url)),
    include: [isRebooted ? "test/service/**/*.rebooted.ts" : "test/service/**/*.lab.ts"],
    // Whoever runs a single file may have nothing to look at after the reboot.
    passWithNoTests: isRebooted,
    sequence: { sequencer: InOrder },
    pool: "forks",
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    bail: 1,
  },
});
