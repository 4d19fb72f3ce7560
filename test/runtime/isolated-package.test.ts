import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { buildHint, explain } from "../../src/core/errors.ts";
import { systemClock } from "../../src/core/time/clock.ts";
import { isolation } from "../../src/runtime/machine/isolated-package.ts";

const child = fileURLToPath(new URL("../../dist/isolated-child.js", import.meta.url));
const fake = fileURLToPath(new URL("../fakes/native-package.cjs", import.meta.url));

const started = isolation(systemClock, child);
afterEach(() => started.stop());

const load = () => started.isolate(fake);

describe("a native package in a process of its own", () => {
  it("answers calls, also of functions that lie deeper", async () => {
    const { call } = bound(await load());
    expect(await call("promises.echo", [22, 4], 5_000)).toEqual([22, 4]);
  });

  it("is one process for all who ask for it", async () => {
    const [one, other] = await Promise.all([load(), load()]);
    expect([await one.call("count", [], 5_000), await other.call("count", [], 5_000)]).toEqual([1, 2]);
  });

  it("hands on what a function throws, and goes on", async () => {
    const { call } = bound(await load());
    await expect(call("fail", [], 5_000)).rejects.toThrow("failed to read sensor");
    await expect(call("nothing", [], 5_000)).rejects.toThrow("has no function nothing");
    expect(await call("count", [], 5_000)).toBe(1);
  });

  it.each(["hang", "block"])("is given up when it does not answer (%s), and comes back", async (functionName) => {
    const { call } = bound(await load());
    await expect(call(functionName, [], 300)).rejects.toThrow("did not answer within 0.3 s");
    expect(await call("count", [], 5_000)).toBe(1);
  });

  it("may crash: a failed call with its last words, and the next one starts it anew", async () => {
    const { call } = bound(await load());
    await expect(call("crash", [], 5_000)).rejects.toThrow(/ended with .*: bcm2835_init: Unable to open \/dev\/mem$/);
    expect(await call("count", [], 5_000)).toBe(1);
  });

  it("knows nothing of our environment, where the passwords are", async () => {
    process.env["MQTT_PASSWORD"] = "hunter2";
    const names = await bound(await load()).call("environment", [], 5_000);
    delete process.env["MQTT_PASSWORD"];
    expect(names).not.toContain("MQTT_PASSWORD");
  });

  it("that is not installed is a sentence with the command that helps", async () => {
    const sentence = await started.isolate("no-such-package").then(() => "nothing", explain);
    expect(sentence).toMatch(/^the package no-such-package cannot be loaded \(Cannot find module 'no-such-package'/);
    expect(sentence.endsWith(`; ${buildHint}`)).toBe(true);
  });
});

/** The package with its `call` bound, to take it out. */
function bound(one: Awaited<ReturnType<typeof load>>) {
  return { call: one.call.bind(one) };
}
