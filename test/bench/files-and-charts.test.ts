import { describe, expect, it } from "vitest";
import { chart, ticksUpTo } from "../../scripts/bench/results/chart.ts";
import { openedFiles } from "../../scripts/bench/results/opened-files.ts";

it("counts the files that were opened, also where two threads open one at once", () => {
  const trace = [
    '12 openat(AT_FDCWD, "/etc/ld.so.cache", O_RDONLY|O_CLOEXEC) = 3',
    '12 openat(AT_FDCWD, "/missing", O_RDONLY) = -1 ENOENT (No such file or directory)',
    '12 openat(AT_FDCWD, "/a", O_RDONLY <unfinished ...>',
    '13 open("/b", O_RDONLY) = 17',
    "12 <... openat resumed>) = 18",
    "12 +++ exited with 0 +++",
  ];
  expect(openedFiles(trace.join("\n"))).toBe(3);
});

describe("the ticks of an axis", () => {
  it.each([
    [1000, [0, 200, 400, 600, 800, 1000]],
    [0.7, [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]],
    [61, [0, 10, 20, 30, 40, 50, 60, 70]],
    [0, [0, 1]],
  ])("up to %s", (highest, ticks) => expect(ticksUpTo(highest)).toEqual(ticks));
});

it("draws a line for each series, from the axes' zero, and escapes words", () => {
  const series = [
    { title: "a < b", costs: [0, 50] },
    { title: "floor", costs: [10, 20] },
  ];
  const svg = chart({ id: "c", title: "Cost", across: "things", unit: "MB", at: [0, 100], series });
  expect(svg).toContain('<polyline class="s0" points="62,290 616,66"/>');
  expect(svg).toContain("a &lt; b");
  expect(svg).toContain('class="s1"');
});
