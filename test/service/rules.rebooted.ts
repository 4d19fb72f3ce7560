import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { until } from "../kernel/guest.ts";
import { header } from "./board.ts";
import { bootId, firstBootFile, lampFollowsTheWall, lampOf } from "./ruled.ts";
import { property } from "./service.ts";

it("the installed service carries out a rule without a broker after a reboot, though nobody has started it", async () => {
  expect(bootId()).not.toBe(readFileSync(firstBootFile, "utf8"));
  await until("the service that the boot starts", () => property("ActiveState") === "active", 60_000);
  expect(property("NRestarts")).toBe("0");
  const chip = header();
  expect(lampOf(chip)).toBe(0);
  await lampFollowsTheWall(chip);
});
