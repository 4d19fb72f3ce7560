import { describe, expect, it } from "vitest";
import { answeringFiles } from "../../src/runtime/machine/answering-files.ts";
import { FakeClock } from "../fakes/clock.ts";
import { FakeTree } from "../fakes/tree.ts";

/** Files of which those below /mnt never answer until the drive comes back. */
function withGoneDrive(mostHanging: number) {
  const clock = new FakeClock();
  const tree = new FakeTree({ "/mnt/a": "1", "/mnt/b": "2", "/home/x": "3", "/sys/y": "4" });
  let comeBack = () => {};
  const back = new Promise<void>((resolve) => {
    comeBack = resolve;
  });
  const slow = Object.assign(Object.create(tree), {
    async readText(path: string) {
      if (path.startsWith("/mnt/")) await back;
      return tree.readText(path);
    },
  });
  return { clock, comeBack, files: answeringFiles(slow, clock, mostHanging) };
}

describe("files of drives that are gone", () => {
  it("keep no other file from being read until they are too many, and never those of the kernel", async () => {
    const { clock, files, comeBack } = withGoneDrive(2);
    const first = files.readText("/mnt/a");
    await clock.advance(5_000);
    expect(await files.readText("/home/x")).toBe("3");
    const second = files.readText("/mnt/b");
    expect(await files.readText("/home/x")).toBe("3");
    await clock.advance(2_000);
    const sentence = "it is not read while 2 other files do not answer; look for a drive that is gone";
    await expect(files.readText("/home/x")).rejects.toThrow(sentence);
    expect(await files.readText("/sys/y")).toBe("4");
    comeBack();
    expect([await first, await second]).toEqual(["1", "2"]);
    expect(await files.readText("/home/x")).toBe("3");
  });

  it("do not count once they have failed", async () => {
    const { clock, files } = withGoneDrive(1);
    await expect(files.readText("/home/missing")).rejects.toMatchObject({ code: "ENOENT" });
    await clock.advance(5_000);
    expect(await files.readText("/home/x")).toBe("3");
  });
});
