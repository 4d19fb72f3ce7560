import { writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { runProgram, until } from "../kernel/guest.ts";
import { enableBoard, header } from "./board.ts";
import { comesBack, environmentFile, install, restart, restarts, settingsFile } from "./installed.ts";
import { bootId, firstBootFile, lampFollowsTheWall, lampOf, ruledSettings } from "./ruled.ts";
import { property } from "./service.ts";

// The last file of this boot. What it leaves installed is what rules.rebooted.ts finds after the reboot.
it("the installed service carries out a rule without a broker, and again after it was killed", async () => {
  for (const group of ["gpio", "i2c", "spi", "dialout"]) runProgram("groupadd", "--system", "--force", group);
  enableBoard();
  const chip = header();
  expect(install("TEST_PACKAGE").status).toBe(0);
  writeFileSync(environmentFile, "");
  writeFileSync(settingsFile, ruledSettings);
  expect(restart()).toEqual({ status: 0, output: "" });
  await lampFollowsTheWall(chip);

  const [count, main] = [restarts(), Number(property("MainPID"))];
  process.kill(main, "SIGKILL");
  await comesBack(count);
  expect(Number(property("MainPID"))).not.toBe(main);
  await until("the lamp at its rest", () => lampOf(chip) === 0, 10_000);
  await lampFollowsTheWall(chip);
  writeFileSync(firstBootFile, bootId());
});
