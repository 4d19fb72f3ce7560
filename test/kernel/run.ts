/**
 * npm run test:kernel: boots a Linux kernel with simulated GPIO chips and sensors as a program on this machine (lab/boot.sh), and
 * runs the tests of this folder in it. Builds the kernel first where it is not built yet. Words after `--` go to vitest.
 */
import { needsLinuxOnPc, runTestsInLab } from "./host.ts";

needsLinuxOnPc();
await runTestsInLab("test/kernel", {});
