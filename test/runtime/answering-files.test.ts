import { describe, expect, it } from "vitest";
import { answeringFiles } from "../../src/runtime/machine/answering-files.ts";
import { FakeClock, settled } from "../fakes/clock.ts";
import { FakeTree } from "../fakes/tree.ts";

/** Files of which those below /mnt never answer until the drive comes back. */
function withGoneDrive(mostAtOnce: number) {
  const clock = new FakeClock();
  const tree = new FakeTree({ "/mnt/a": "1", "/mnt/b": "2", "/mnt/c": "3", "/home/x": "4", "/sys/y": "5" });
  const begun: string[] = [];
  let comeBack = () => {};
  const back = new Promise<void>((resolve) => {
    comeBack = resolve;
  });
  const slow = Object.assign(Object.create(tree), {
    async readText(path: string) {
      begun.push(path);
      if (path.startsWith("/mnt/")) await back;
      return tree.readText(path);
    },
  });
  return { clock, comeBack, begun, files: answeringFiles(slow, clock, mostAtOnce) };
}

/** What became of a promise, when it has ended. */
const ended = (promise: Promise<string>) => promise.catch((error: Error) => error.message);

describe("files of drives that are gone", () => {
  it("keep no other file from being read until they are too many, and never those of the kernel", async () => {
    const { clock, files, comeBack } = withGoneDrive(2);
    const first = files.readText("/mnt/a");
    await clock.advance(5_000);
    expect(await files.readText("/home/x")).toBe("4");
    const second = files.readText("/mnt/b");
    await clock.advance(2_000);
    const sentence = "it is not read while 2 other files do not answer; look for a drive that is gone";
    await expect(files.readText("/home/x")).rejects.toThrow(sentence);
    expect(await files.readText("/sys/y")).toBe("5");
    comeBack();
    expect([await first, await second]).toEqual(["1", "2"]);
    expect(await files.readText("/home/x")).toBe("4");
  });

  it("hold no more threads when many are read at the same moment", async () => {
    const { clock, files, begun } = withGoneDrive(2);
    const all = ["/mnt/a", "/mnt/b", "/mnt/c"].map((path) => ended(files.readText(path)));
    const other = ended(files.readText("/home/x"));
    await settled();
    expect(begun).toEqual(["/mnt/a", "/mnt/b"]);
    await clock.advance(2_000);
    expect([await all[2], await other]).toEqual(
      Array(2).fill("it is not read while 2 other files do not answer; look for a drive that is gone"),
    );
    expect(begun).toEqual(["/mnt/a", "/mnt/b"]);
  });

  it("let the next one be read as soon as one has answered or failed", async () => {
    const { clock, files, comeBack } = withGoneDrive(1);
    await expect(files.readText("/home/missing")).rejects.toMatchObject({ code: "ENOENT" });
    const slow = files.readText("/mnt/a");
    const next = files.readText("/home/x");
    await settled();
    comeBack();
    expect([await slow, await next]).toEqual(["1", "4"]);
    expect(clock.pending).toBe(0);
  });
});
