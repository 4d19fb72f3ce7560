import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { machineFiles } from "../../src/runtime/machine/files.ts";

it("knows the room of a file system", async () => {
  const { total, free, available } = await machineFiles.space(tmpdir());
  expect(total).toBeGreaterThan(1_000_000);
  expect(free).toBeLessThanOrEqual(total);
  expect(available).toBeLessThanOrEqual(free);
  await expect(machineFiles.space("/nowhere/at/all")).rejects.toMatchObject({ code: "ENOENT" });
});

it("follows symbolic links to their end", async () => {
  const folder = await machineFiles.realPath(await mkdtemp(join(tmpdir(), "pi2mqtt-")));
  try {
    await writeFile(join(folder, "hwmon3"), "");
    await symlink("hwmon3", join(folder, "link"));
    expect(await machineFiles.realPath(join(folder, "link"))).toBe(join(folder, "hwmon3"));
  } finally {
    await rm(folder, { recursive: true });
  }
});
