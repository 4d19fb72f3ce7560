import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ProbeResult, probeBroker } from "../../src/cli/init/mqtt-probe.ts";
import { startAedes, type TestBroker } from "./brokers.ts";
import { root } from "./pages.ts";
import { environmentWithoutBroker, folderWith, startProgram } from "./process.ts";
import { cannotRun } from "./required.ts";

const run = (words: string[], options: Parameters<typeof startProgram>[1] = {}) => startProgram(words, options).ended;

describe("pi2mqtt discover", () => {
  it("tells what is connected, or why nothing can be found, and changes nothing", async () => {
    const cwd = folderWith({});
    const { exitCode, stdout, stderr } = await run(["discover"], { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    for (const place of ["# 1-Wire", "# I2C bus 1", "# SPI", "# Serial lines", "# Pins"])
      expect(stdout).toContain(place);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it("prints it for a program", async () => {
    const places = JSON.parse((await run(["discover", "--json"])).stdout) as { place: string }[];
    expect(places.map(({ place }) => place)).toContain("I2C bus 1");
  });
});

describe("pi2mqtt init", () => {
  const words = [
    "init",
    "--yes",
    "--name",
    "test-pi",
    "--broker",
    "mqtt://127.0.0.1:18831",
    "--relay",
    "17",
    "--take",
    "none",
  ];

  it("writes a devices.yaml that passes check, and an .env for its owner alone", async () => {
    const cwd = folderWith({});
    const environment = { MQTT_PASSWORD: "hunter2" };
    const { exitCode, stdout, stderr } = await run([...words, "--username", "me"], { cwd, environment });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).not.toContain("hunter2");
    expect(await run(["check"], { cwd })).toEqual({
      exitCode: 0,
      stdout: "devices.yaml: 1 device, no problems\n",
      stderr: "",
    });
    expect(readFileSync(join(cwd, ".env"), "utf8")).toBe(
      "MQTT_URL=mqtt://127.0.0.1:18831\nMQTT_USERNAME=me\nMQTT_PASSWORD=hunter2\n",
    );
    expect(readFileSync(join(cwd, "devices.yaml"), "utf8")).not.toContain("hunter2");
    if (process.platform !== "win32") expect(statSync(join(cwd, ".env")).mode & 0o777).toBe(0o600);
  });

  it("overwrites nothing", async () => {
    const cwd = folderWith({ "devices.yaml": "mine\n" });
    expect(await run(words, { cwd })).toEqual({
      exitCode: 1,
      stdout: "",
      stderr:
        "there is a devices.yaml already, and init overwrites nothing; move it away, or name another file with --config FILE\n",
    });
    expect(readFileSync(join(cwd, "devices.yaml"), "utf8")).toBe("mine\n");
    const other = folderWith({ ".env": "MQTT_URL=mqtt://mine\n" });
    expect(await run(words, { cwd: other })).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("There is a .env"),
    });
    expect(readFileSync(join(other, ".env"), "utf8")).toBe("MQTT_URL=mqtt://mine\n");
  });

  it("leaves nothing behind where what it would write is wrong", async () => {
    const cwd = folderWith({});
    const wrong = words.map((word) => (word.startsWith("mqtt:") ? "mqtt://a:99999" : word));
    const { exitCode, stderr } = await run(wrong, { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^what init would write is wrong: /);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it("asks nobody where there is no terminal, and says how to answer", async () => {
    const cwd = folderWith({});
    expect(await run(["init"], { cwd })).toEqual({
      exitCode: 1,
      stdout: "",
      stderr:
        'there is no terminal to ask at; add --yes, and answers such as --broker mqtt://HOST; "pi2mqtt init --help" shows all\n',
    });
    expect(readdirSync(cwd)).toEqual([]);
  });
});

/** A machine of its own for what follows: its network is a loopback, and its name server says nothing for 40 s. */
const alone = ["--map-root-user", "--mount", "--net", "sh", "-c"];
const silentServer = `const server = require("node:dgram").createSocket("udp4").bind(53, "127.0.0.1", () => {
  const words = [${JSON.stringify(`${root}/dist/main.js`)}, "init", "--yes"];
  const child = require("node:child_process").spawn(process.execPath, words, { stdio: "inherit" });
  child.on("exit", (status) => process.exit(status ?? 99));
});`;
const canBeAlone = spawnSync("unshare", [...alone, "ip link set lo up"]).status === 0;

if (!canBeAlone) cannotRun("this user may not make a network of its own (unshare)");
else
  it("pi2mqtt init does not wait for a name server that says nothing", async () => {
    const cwd = folderWith({ "resolv.conf": "nameserver 127.0.0.1\noptions timeout:20 attempts:2\n" });
    writeFileSync(join(cwd, "server.cjs"), silentServer);
    const line = `ip link set lo up && mount --bind resolv.conf /etc/resolv.conf && exec "${process.execPath}" server.cjs`;
    const child = spawn("unshare", [...alone, line], { cwd, env: environmentWithoutBroker(), stdio: "ignore" });
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(existsSync(join(cwd, "devices.yaml"))).toBe(true);
  }, 15_000);

describe("a look for a broker", () => {
  let broker: TestBroker;
  beforeEach(async () => {
    broker = await startAedes();
  });
  afterEach(() => broker.stop());

  it("finds one that lets everybody in", async () => {
    expect(await probeBroker(`mqtt://127.0.0.1:${broker.port}`)).toEqual({ is: "open" });
    const login = { username: "ä".repeat(70), password: "b" };
    expect(await probeBroker(`mqtt://127.0.0.1:${broker.port}`, login)).toEqual({ is: "open" });
  });

  it.each<[what: string, says: string | undefined, result: ProbeResult]>([
    ["a broker that wants a password", " \u0002\0\u0005", { is: "locked" }],
    ["a broker that is too busy", " \u0002\0\u0003", { is: "nothing", why: "it refused the connection (code 3)" }],
    [
      "a web server",
      "HTTP/1.1 400 Bad Request\r\n\r\n",
      { is: "nothing", why: "something else than a broker answered" },
    ],
    ["something that says nothing", undefined, { is: "nothing", why: "no answer" }],
    ["something that hangs up", "", { is: "nothing", why: "it closed the connection" }],
  ])("knows %s", async (_what, says, result) => {
    const server = createServer((socket) => {
      socket.on("error", () => {});
      if (says === undefined) return;
      if (says === "") socket.end();
      else socket.write(says);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    expect(await probeBroker(`mqtt://127.0.0.1:${port}`, undefined, 300)).toEqual(result);
    server.close();
  });

  it("says why nothing is there", async () => {
    expect(await probeBroker("mqtt://127.0.0.1:1")).toEqual({ is: "nothing", why: "ECONNREFUSED" });
    expect(await probeBroker("ws://127.0.0.1")).toEqual({ is: "nothing", why: "this is no address of MQTT over TCP" });
  });
});
