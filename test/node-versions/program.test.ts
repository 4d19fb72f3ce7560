import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { mosquittoMissing, startMosquitto, type TestBroker } from "../e2e/brokers.ts";
import { Observer } from "../e2e/observer.ts";
import { folderWith, startProgram } from "../e2e/process.ts";
import { cannotRun } from "../e2e/required.ts";
import { npmPackages } from "../npm-packages.ts";
import { installedProgram } from "./installed-program.ts";

const devices = `
agent: {id: test}
devices:
  lamp: {kind: relay, topic: home/lamp, pin: 17}
  climate: {kind: dht, topic: home/climate, pin: 4}
`;

const root = fileURLToPath(new URL("../..", import.meta.url));
const { dependencies } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8")) as {
  dependencies: Readonly<Record<string, string>>;
};

const isPc = process.platform === "linux" && process.arch === "x64";
const installed = isPc
  ? await npmPackages("node-versions", "the versions of Node.js")
  : { missing: `npm has these programs for Linux on x86_64; this is ${process.platform} on ${process.arch}` };

describe("the package, installed for production without native add-ons", () => {
  const missing = installed.missing ?? mosquittoMissing;
  if (installed.missing !== undefined || missing !== undefined) return cannotRun(missing ?? "");
  const { folder } = installed;

  let program: string;
  let broker: TestBroker;
  let observer: Observer;

  beforeAll(async () => {
    program = installedProgram();
    broker = await startMosquitto();
    observer = await Observer.connect(broker.port);
  });
  afterAll(async () => {
    await observer?.close();
    await broker?.stop();
  });

  const versions = Object.entries(dependencies).map(
    ([name, wanted]) => [wanted.split("@").at(-1) ?? "", join(folder, "node_modules", name, "bin", "node")] as const,
  );

  describe.each(versions)("on Node.js %s", (version, node) => {
    it("is run by that version", () => {
      expect(execFileSync(node, ["--version"], { encoding: "utf8" })).toBe(`v${version}\n`);
    });

    it("checks devices.yaml", async () => {
      const cwd = folderWith({ "devices.yaml": devices });
      expect(await startProgram(["check"], { cwd, node, program }).ended).toEqual({
        exitCode: 0,
        stdout: "devices.yaml: 2 devices, no problems\n",
        stderr: "",
      });
    });

    it("names a mistake with its place", async () => {
      const cwd = folderWith({ "devices.yaml": devices.replace("kind: relay", "kind: rely") });
      expect(await startProgram(["check"], { cwd, node, program }).ended).toEqual({
        exitCode: 78,
        stdout: "",
        stderr: 'devices.yaml:4:16  devices.lamp.kind: there is no kind "rely"; did you mean "relay"?\n',
      });
    });

    it("switches the lamp, reads the sensor, and leaves the lamp off", async () => {
      const cwd = folderWith({ "devices.yaml": devices });
      const environment = { MQTT_URL: `mqtt://127.0.0.1:${broker.port}` };
      observer.seen.length = 0;
      const { child, ended } = startProgram(["run", "--simulate"], { cwd, environment, node, program });
      onTestFinished(() => void child.kill("SIGKILL"));
      await observer.until("pi2mqtt/test/status", "online");
      await observer.until("home/lamp/state", "OFF");
      await observer.publish("home/lamp", "on");
      await observer.until("home/lamp/state", "ON");
      await observer.untilTrue(() => observer.on("home/climate").some((reading) => reading.includes('"temperature":')));
      child.kill("SIGTERM");
      // Standard error is where Node.js says what of it the program should not use any more.
      expect(await ended).toMatchObject({ exitCode: 0, stderr: "" });
      await observer.until("home/lamp/state", "OFF");
      await observer.until("pi2mqtt/test/status", "offline");
    });

    it("can call the kernel through koffi as npm brings it, without a compiler", () => {
      const code = 'console.log(require("koffi").load(null).func("int getpid()")() === process.pid)';
      expect(execFileSync(node, ["-e", code], { cwd: root, encoding: "utf8" })).toBe("true\n");
    });
  });
});
