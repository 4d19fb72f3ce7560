import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LineOutput } from "../../src/log/line-output.ts";

const failing = (code: string) => Object.assign(new Error(code), { code });

/** How many bytes a write takes, or why it takes none. */
type Takes = number | "EAGAIN" | "ENOSPC" | "EPIPE" | "EIO";
const all = Number.POSITIVE_INFINITY;
const asleep = "EAGAIN";

/** A reader, or a disk, that takes what a test lets it take. */
class FakeReader {
  /** What the next writes take, before {@link takes} counts. */
  readonly first: Takes[] = [];
  takes: Takes = all;
  readonly lost: number[] = [];
  #bytes = Buffer.alloc(0);
  readonly output = new LineOutput(
    (bytes, done) => {
      const takes = this.first.shift() ?? this.takes;
      if (typeof takes === "string") return done(failing(takes), 0);
      const taken = Math.min(takes, bytes.length);
      this.#bytes = Buffer.concat([this.#bytes, bytes.subarray(0, taken)]);
      done(null, taken);
    },
    (lines) => {
      this.lost.push(lines);
      this.output.write(`lost ${lines}\n`);
    },
  );

  get got(): string {
    return this.#bytes.toString();
  }
}

describe("lines on their way to a reader", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("arrive in order, however little is taken at a time", () => {
    const reader = new FakeReader();
    reader.takes = 3;
    for (const line of ["one\n", "two, ä\n", "three\n"]) reader.output.write(line);
    expect(reader.got).toBe("one\ntwo, ä\nthree\n");
  });

  it("wait for a reader that is stopped, and arrive when it goes on", async () => {
    const reader = new FakeReader();
    reader.takes = asleep;
    reader.output.write("one\n");
    reader.output.write("two\n");
    await vi.advanceTimersByTimeAsync(60_000);
    reader.takes = 2;
    await vi.advanceTimersByTimeAsync(100);
    expect([reader.got, reader.lost]).toEqual(["one\ntwo\n", []]);
  });

  it("are lost beyond a bound, counted, and told of once the rest is read", async () => {
    const reader = new FakeReader();
    reader.takes = asleep;
    const line = `${"x".repeat(99)}\n`;
    for (let count = 0; count < 100_000; count += 1) reader.output.write(line);
    reader.takes = all;
    await vi.advanceTimersByTimeAsync(100);
    const kept = reader.got.split(line).length - 1;
    expect(kept).toBeGreaterThan(5_000);
    expect(kept).toBeLessThan(30_000);
    expect(reader.lost).toEqual([100_000 - kept]);
    expect(reader.got.endsWith(`${line}lost ${100_000 - kept}\n`)).toBe(true);
  });

  it.each(["ENOSPC", "EPIPE", "EIO"] as const)(
    "are lost while there is %s, and told of with the next that arrives",
    (code) => {
      const reader = new FakeReader();
      reader.output.write("one\n");
      reader.takes = code;
      for (const line of ["two\n", "three\n", "four\n"]) reader.output.write(line);
      reader.takes = all;
      reader.output.write("five\n");
      reader.output.write("six\n");
      expect(reader.got).toBe("one\nfive\nlost 3\nsix\n");
    },
  );

  it("do not grow into one that was torn when the disk was full", () => {
    const reader = new FakeReader();
    reader.first.push(2, "ENOSPC");
    reader.output.write("one\n");
    reader.output.write("two\n");
    expect(reader.got).toBe("on\ntwo\nlost 1\n");
  });

  it("are waited for at the end, but not for ever", async () => {
    const reader = new FakeReader();
    await reader.output.drained();
    reader.takes = asleep;
    reader.output.write("one\n");
    let isDrained = false;
    void reader.output.drained().then(() => {
      isDrained = true;
    });
    await vi.advanceTimersByTimeAsync(400);
    expect(isDrained).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(isDrained).toBe(true);

    const awake = reader.output.drained();
    reader.takes = all;
    await vi.advanceTimersByTimeAsync(20);
    await awake;
    expect(reader.got).toBe("one\n");
  });
});
