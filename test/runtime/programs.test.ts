import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { explain } from "../../src/core/errors.ts";
import { machinePrograms } from "../../src/runtime/machine/programs.ts";
import { FakeClock } from "../fakes/clock.ts";

const clock = new FakeClock();
const environment = { PATH: process.env["PATH"], HOME: "/home/pi", MQTT_PASSWORD: "hunter2", LANG: "de_DE.UTF-8" };
let { programs, stop } = machinePrograms(clock, environment);
beforeEach(() => {
  ({ programs, stop } = machinePrograms(clock, environment));
});
afterEach(() => stop());

const limits = { timeoutMs: 5_000, mostBytes: 64 * 1024 };
const run = (...words: string[]) => programs.run(words, limits);
const sentence = (running: Promise<unknown>) => running.then(() => "nothing was wrong", explain);
const folder = mkdtempSync(join(tmpdir(), "programs-"));

/** Whether a process is there that has not ended. */
function lives(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

/** Resolves when a file has a text. The file system is the only thing that tells of a program that says nothing. */
async function content(file: string): Promise<string> {
  for (;;) {
    try {
      const text = readFileSync(file, "utf8");
      if (text.endsWith("\n")) return text;
    } catch {
      // It is not there yet.
    }
    await new Promise(setImmediate);
  }
}

/** Resolves when a process has ended. */
async function ended(pid: number): Promise<void> {
  while (lives(pid)) await new Promise(setImmediate);
}

describe("a program", () => {
  it("that waits for its turn does not begin once the agent stops", async () => {
    const file = join(folder, "late");
    const running = Array.from({ length: 8 }, () => run("sleep", "60"));
    const waits = sentence(run("touch", file));
    await new Promise(setImmediate);
    stop();
    await Promise.allSettled(running);
    expect(await waits).toBe("the agent stops");
    expect(existsSync(file)).toBe(false);
  });

  it("says what it prints, to standard output and to standard error, and how it ended", async () => {
    expect(await run("sh", "-c", "echo 21.5; echo hot >&2; exit 3")).toEqual({
      status: 3,
      signal: undefined,
      stdout: "21.5\n",
      stderr: "hot\n",
    });
    expect(await run("sh", "-c", "kill -SEGV $$")).toMatchObject({ status: undefined, signal: "SIGSEGV" });
  });

  it("gets its words as they are, which no shell reads", async () => {
    expect(await run("printf", "%s|", "a b", "$HOME", "`id`", ";reboot", "*")).toMatchObject({
      stdout: "a b|$HOME|`id`|;reboot|*|",
    });
  });

  it("gets PATH, HOME, LANG, a mark and nothing else of the environment, no input, and the folder /", async () => {
    const { stdout } = await run("env");
    expect(
      Object.fromEntries(
        stdout
          .trim()
          .split("\n")
          .map((line) => line.split("=")),
      ),
    ).toEqual({
      PATH: process.env["PATH"],
      HOME: "/home/pi",
      LANG: "C.UTF-8",
      PI2MQTT_PROGRAM: expect.any(String),
    });
    expect(await run("cat")).toMatchObject({ status: 0, stdout: "" });
    expect(await run("pwd")).toMatchObject({ stdout: "/\n" });
  });

  it("that never ends is killed after its time, with all that it has started", async () => {
    const file = join(folder, "children");
    const running = sentence(run("sh", "-c", `sleep 600 & echo $! $$ >${file}; wait`));
    const pids = (await content(file)).trim().split(" ").map(Number);
    expect(pids.map(lives)).toEqual([true, true]);
    await clock.advance(4_999);
    expect(pids.map(lives)).toEqual([true, true]);
    await clock.advance(1);
    expect(await running).toBe('sh did not end within 5 s; "sh" was killed, with all that it had started');
    await Promise.all(pids.map(ended));
    expect(clock.pending).toBe(0);
  });

  it.each(["", ">&2"])("that prints 10 MB %s is killed before that", async (where) => {
    const running = run("sh", "-c", `yes ${where} | head -c 10000000 ${where}; sleep 600`);
    expect(await sentence(running)).toMatch(/^sh printed more than 64 KiB; /);
  });

  it("leaves nothing behind: what it has started ends with it", async () => {
    const { stdout } = await run("sh", "-c", "sleep 600 >/dev/null 2>&1 & echo $!");
    await ended(Number(stdout));
  });

  it("leaves nothing behind in a session of its own either, and ends when that holds its output", async () => {
    const file = join(folder, "session");
    expect(
      await run("sh", "-c", `setsid sh -c 'echo $$ >${file}; sleep 600' & until [ -s ${file} ]; do :; done`),
    ).toMatchObject({
      status: 0,
    });
    await ended(Number(await content(file)));
  });

  it("that never ends is killed with what it has started in a session of its own", async () => {
    const file = join(folder, "hanging-session");
    const running = sentence(run("sh", "-c", `setsid sh -c 'echo $$ >${file}; sleep 600' & sleep 600`));
    const pid = Number(await content(file));
    expect(lives(pid)).toBe(true);
    await clock.advance(5_000);
    expect(await running).toMatch(/^sh did not end within 5 s; /);
    await ended(pid);
  });

  it("takes with it neither what others have started nor the agent", async () => {
    const file = join(folder, "other");
    const other = run("sh", "-c", `setsid sh -c 'echo $$ >${file}; sleep 600'`);
    const pid = Number(await content(file));
    expect(await run("sh", "-c", "setsid true & echo 1")).toMatchObject({ stdout: "1\n" });
    expect(lives(pid)).toBe(true);
    stop();
    await other;
    await ended(pid);
  });

  it("that is missing, or that may not be run, is a sentence with what to do", async () => {
    const script = join(folder, "level.sh");
    writeFileSync(script, "#!/bin/sh\necho 5\n", { mode: 0o644 });
    const path = process.env["PATH"];
    expect(await sentence(run("no-such-program"))).toBe(
      `there is no program no-such-program; write its whole path, or put it into one of ${path}`,
    );
    expect(await sentence(run("/usr/no-such-program"))).toBe(
      "there is no program /usr/no-such-program; check its path",
    );
    expect(await sentence(run(script))).toMatch(/level\.sh may not be run \(EACCES\); "chmod \+x" makes/);
    expect(await sentence(run("/usr"))).toMatch(/^\/usr may not be run \(EACCES\); /);
  });

  it("waits where eight others run, and is told so when they do not end", async () => {
    const others = Array.from({ length: 8 }, () =>
      sentence(programs.run(["sleep", "600"], { ...limits, timeoutMs: 9_000 })),
    );
    const soon = sentence(programs.run(["echo", "1"], { ...limits, timeoutMs: 1_000 }));
    const later = sentence(programs.run(["echo", "1"], { ...limits, timeoutMs: 9_500 }));
    await clock.advance(1_000);
    expect(await soon).toBe("8 other programs have not ended yet");
    await clock.advance(8_000);
    expect(new Set(await Promise.all(others))).toEqual(
      new Set(['sleep did not end within 9 s; "sleep" was killed, with all that it had started']),
    );
    expect(await later).toBe("nothing was wrong");
    expect(await run("echo", "1")).toMatchObject({ stdout: "1\n" });
  });

  it("ends with the agent", async () => {
    const file = join(folder, "last");
    const running = run("sh", "-c", `echo $$ >${file}; sleep 600`);
    const pid = Number(await content(file));
    stop();
    expect(await running).toMatchObject({ signal: "SIGKILL" });
    await ended(pid);
  });
});
