import { execFile, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { cannotRun } from "../e2e/required.ts";
import { type Built, buildPigpio, whyNotBuilt } from "../pigpio-stand-in/build.ts";
import { StandInMemory } from "../pigpio-stand-in/memory.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const minutesMs = 60_000;

describe("the real package pigpio, over a stand-in for its C library", () => {
  const reason = whyNotBuilt();
  if (reason !== undefined) return cannotRun(reason);

  const folder = mkdtempSync(join(tmpdir(), "pi2mqtt-pigpio-"));
  const agentFile = join(folder, "agent.mjs");
  let built: Built;
  beforeAll(() => {
    built = buildPigpio(folder);
    // As JavaScript, since tsx may start a child process of its own, and one that runs already is what pigpio loses sight of.
    buildSync({
      entryPoints: [join(root, "test/pigpio-stand-in/agent.ts")],
      ...{ bundle: true, platform: "node", format: "esm", outfile: agentFile },
    });
  }, 5 * minutesMs);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const environment = () => ({ ...process.env, ...built.environment, PIGPIO_ENTRY: built.entry });

  it(
    "keeps the backends' contract",
    async () => {
      const report = join(folder, "report.json");
      const config = "test/pigpio-stand-in/vitest.config.ts";
      const args = [
        "node_modules/vitest/vitest.mjs",
        "run",
        "--config",
        config,
        "--reporter=json",
        "--outputFile",
        report,
      ];
      await new Promise((resolve) => {
        execFile(process.execPath, args, { cwd: root, env: environment(), timeout: minutesMs }, resolve);
      });
      const { testResults } = JSON.parse(readFileSync(report, "utf8")) as {
        testResults: { assertionResults: { title: string; status: string; failureMessages: string[] }[] }[];
      };
      const results = testResults.flatMap(({ assertionResults }) => assertionResults);
      expect(results.filter(({ status }) => status !== "passed")).toEqual([]);
      expect(results.map(({ title }) => title)).toContain("tells a burst edge by edge");
    },
    2 * minutesMs,
  );

  it.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
    "is stopped in order by %s, with the SIGCONT that systemd adds",
    async (signal) => {
      const memory = new StandInMemory(built.environment["PIGPIO_STAND_IN"] ?? "");
      const agent = spawn(process.execPath, [agentFile], {
        cwd: root,
        env: environment(),
        stdio: ["ignore", "pipe", "pipe"],
      });
      onTestFinished(() => void agent.kill("SIGKILL"));
      let said = "";
      for (const stream of [agent.stdout, agent.stderr])
        stream.setEncoding("utf8").on("data", (text) => (said += text));
      await expect.poll(() => said, { timeout: 20_000 }).toContain("ready, and saw a child end with status 0\n");
      expect([memory.owner, memory.disabled]).toEqual([agent.pid, 3]);
      expect([memory.level(17), memory.pin(18, "duty")]).toEqual([1, 5_000]);

      agent.kill(signal);
      agent.kill("SIGCONT");
      const ending = await new Promise((resolve) => agent.once("close", (code, by) => resolve(by ?? code)));
      expect([ending, said.split("\n").slice(1)]).toEqual([0, ["stopped", ""]]);
      expect([memory.level(17), memory.pin(18, "duty"), memory.owner]).toEqual([0, 0, 0]);
    },
  );
});
