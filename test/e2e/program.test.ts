import { execFile, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startAedes, type TestBroker } from "./brokers.ts";
import { Observer } from "./observer.ts";
import { environmentWithoutBroker, folderWith, main, startProgram } from "./process.ts";

const lamp = "agent: {id: test}\ndevices:\n  lamp: {kind: relay, topic: home/lamp, pin: 17}\n";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

/** Runs the program to its end. */
const run = (words: string[], options: Parameters<typeof startProgram>[1] = {}) => startProgram(words, options).ended;

describe("pi2mqtt on the command line", () => {
  it("shows its version and its help", async () => {
    expect(await run(["--version"])).toMatchObject({ exitCode: 0, stdout: `${version}\n` });
    const { stdout } = await run(["--help"]);
    for (const command of ["run", "check", "explain", "pins", "kinds", "schema"])
      expect(stdout).toMatch(new RegExp(`^  ${command} `, "m"));
  });

  it("refuses a command that does not exist", async () => {
    expect(await run(["rnu"])).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("unknown command 'rnu'") });
  });

  it("lists the kinds and shows one", async () => {
    expect((await run(["kinds"])).stdout).toMatch(/^Outputs:\n(?: {2}.*\n)* {2}relay +a relay, lamp/m);
    expect((await run(["kinds", "relay"])).stdout).toContain("active_low: true, false");
    expect(await run(["kinds", "rely"])).toMatchObject({
      exitCode: 1,
      stderr: 'there is no kind "rely"; did you mean "relay"?\n',
    });
  });

  it("prints the schema", async () => {
    expect(JSON.parse((await run(["schema"])).stdout)).toMatchObject({ title: "pi2mqtt devices.yaml" });
  });

  it("checks the file that is named, or the one in this folder", async () => {
    const cwd = folderWith({ "devices.yaml": lamp });
    expect(await run(["check"], { cwd })).toMatchObject({
      exitCode: 0,
      stdout: "devices.yaml: 1 device, no problems\n",
    });
    expect(await run(["check", join(cwd, "devices.yaml")])).toMatchObject({ exitCode: 0 });
  });

  it("ends with 78 for a wrong configuration, every problem on a line of its own", async () => {
    const cwd = folderWith({ "devices.yaml": "devices:\n  a: {kind: rely}\n  b: {kind: relay, topic: b, pin: 40}\n" });
    for (const words of [["check"], ["run"], ["run", "--simulate"]]) {
      expect(await run(words, { cwd })).toEqual({
        exitCode: 78,
        stdout: "",
        stderr:
          'devices.yaml:2:13  devices.a.kind: there is no kind "rely"; did you mean "relay"?\n' +
          "devices.yaml:3:35  devices.b.pin: pin 40 is not on the header, which has GPIO 2 to 27; choose one of these, or add it to gpio.force_pins\n",
      });
    }
  });

  it("ends with 78 where there is no configuration", async () => {
    expect(await run(["check"], { cwd: folderWith({}) })).toMatchObject({
      exitCode: 78,
      stderr:
        'there is no devices.yaml and no /etc/pi2mqtt/devices.yaml; write one, also with "pi2mqtt init", or name it with --config FILE\n',
    });
    const { exitCode, stderr } = await run(["run", "--config", "nowhere.yaml"], { cwd: folderWith({}) });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 78,
      stderr: "nowhere.yaml cannot be read: there is no such file\n",
    });
  });

  it("ends with 78 when a certificate cannot be read, and names the file and the setting", async () => {
    const cwd = folderWith({ "devices.yaml": lamp });
    expect(await run(["check"], { cwd, environment: { MQTT_CA: "ca.crt" } })).toMatchObject({
      exitCode: 78,
      stderr:
        'broker.ca: "ca.crt" cannot be read (ENOENT); correct the path in broker.ca or MQTT_CA, or let this user read the file\n',
    });
  });

  it.each(["check", "explain", "explain lamp", "pins", "safe-state --backend simulated"])(
    "takes the configuration as an argument and as an option: %s",
    async (command) => {
      const words = command.split(" ");
      const cwd = folderWith({ "my.yaml": lamp });
      for (const named of [["my.yaml"], ["--config", "my.yaml"], ["-c", "my.yaml"]])
        expect(await run([...words, ...named], { cwd })).toMatchObject({ exitCode: 0, stderr: "" });
      expect(await run([...words, "my.yaml", "-c", "other.yaml"], { cwd })).toMatchObject({
        exitCode: 1,
        stderr: 'the configuration is named twice, "my.yaml" and "other.yaml"; name it once\n',
      });
    },
  );

  it("takes the configuration to run as an argument", async () => {
    const cwd = folderWith({ "my.yaml": "devices: {}\n" });
    for (const named of [["my.yaml"], ["--config", "my.yaml"]])
      expect(await run(["run", ...named], { cwd })).toMatchObject({
        exitCode: 78,
        stderr: "my.yaml:1:1  devices: there are no devices; add one below it, indented\n",
      });
  });

  it("tells the first hundred problems, and how many more there are", async () => {
    const devices = Array.from({ length: 150 }, (_, index) => `  d${index}: {kind: relay, topic: /a, pin: x}\n`);
    const cwd = folderWith({ "devices.yaml": `devices:\n${devices.join("")}` });
    const { exitCode, stderr } = await run(["check"], { cwd });
    const lines = stderr.trimEnd().split("\n");
    expect({ exitCode, count: lines.length, last: lines.at(-1) }).toEqual({
      exitCode: 78,
      count: 101,
      last: "and 200 more problems; correct those above first",
    });
  });

  it("shows no escape sequences of a file or of the command line", async () => {
    const cwd = folderWith({ "devices.yaml": `broker: {url: mqtts://a, ca: "\\e]0;a\\a"}\n${lamp}` });
    for (const words of [["check"], ["\u001b[2J"], ["check", "--\u009b2J"]]) {
      const { exitCode, stdout, stderr } = await run(words, { cwd });
      expect(exitCode).toBeGreaterThan(0);
      expect(stdout + stderr).toContain("\ufffd");
      expect((stdout + stderr).replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
    }
  });

  it.skipIf(process.platform === "win32")("reads no pipe and no device to their end", async () => {
    const cwd = folderWith({ "devices.yaml": lamp });
    execFileSync("mkfifo", [join(cwd, "pipe")]);
    for (const words of [
      ["check", "pipe"],
      ["run", "-c", "/dev/zero"],
      ["pins", "/dev/zero"],
      ["run", "--scenario", "pipe"],
      ["run", "--scenario", "/dev/zero"],
    ])
      expect(await run(words, { cwd })).toEqual({
        exitCode: 78,
        stdout: "",
        stderr: expect.stringMatching(/^\S+ cannot be read: it is a (pipe|device), not a file\n$/),
      });
  });

  it
    .skipIf(process.platform !== "linux")
    .each(["kinds", "kinds relay", "schema", "explain", "pins", "check", "--help", "help check", "--version"])(
    "says that its answer found no room: %s",
    async (words) => {
      const cwd = folderWith({ "devices.yaml": lamp });
      const ended = await new Promise((resolve) => {
        const script = `exec "$0" "$1" ${words} >/dev/full`;
        const options = { cwd, env: environmentWithoutBroker() };
        execFile("sh", ["-c", script, process.execPath, main], options, (error, _stdout, stderr) =>
          resolve({ exitCode: error?.code, stderr }),
        );
      });
      expect(ended).toEqual({
        exitCode: 1,
        stderr: "standard output cannot be written: there is no room left (ENOSPC)\n",
      });
    },
  );

  it("warns of topics that differ only in case", async () => {
    const cwd = folderWith({ "devices.yaml": `${lamp}  twin: {kind: relay, topic: home/Lamp, pin: 18}\n` });
    expect(await run(["check"], { cwd })).toMatchObject({
      exitCode: 0,
      stderr:
        'devices.yaml:4:30  devices.twin.topic: "home/Lamp" differs only in case from the topic of "lamp"; MQTT takes them for two (a warning)\n',
    });
  });
});

describe("pi2mqtt run", () => {
  let broker: TestBroker;
  let observer: Observer;

  beforeEach(async () => {
    broker = await startAedes();
    observer = await Observer.connect(broker.port);
  });

  afterEach(async () => {
    await observer.close();
    await broker.stop();
  });

  it("takes the broker from .env beside devices.yaml, and logs JSON lines that say what is pretended", async () => {
    const cwd = folderWith({ "devices.yaml": lamp, ".env": `MQTT_URL=mqtt://127.0.0.1:${broker.port}\n` });
    const { child, ended } = startProgram(["run", "--simulate", "--debug"], { cwd });
    await observer.until("pi2mqtt/test/status", "online");
    await observer.publish("home/lamp", "on");
    await observer.until("home/lamp/state", "ON");
    child.kill("SIGTERM");
    const { exitCode, stdout, stderr } = await ended;
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    if (process.platform !== "win32") {
      // Windows knows no signals: there the program is simply ended.
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      expect(lines.at(-1)).toMatchObject({ level: "info", msg: "pi2mqtt stopped" });
    }
    expect(lines).toContainEqual(
      expect.objectContaining({
        level: "warn",
        msg: "the hardware is simulated: no pin moves and every reading is made up",
      }),
    );
    expect(lines).toContainEqual(expect.objectContaining({ device: "lamp", msg: "command", payload: "on" }));
    expect(lines).toContainEqual(expect.objectContaining({ device: "lamp", msg: "state", payload: "ON" }));
  });

  it.skipIf(process.platform === "win32")("brings its outputs to rest when it is stopped while it starts", async () => {
    const environment = { MQTT_URL: `mqtt://127.0.0.1:${broker.port}` };
    const cwd = folderWith({ "devices.yaml": lamp.replace("pin: 17", "pin: 17, on_exit: on") });
    const { child, ended } = startProgram(["run", "--simulate", "--debug"], { cwd, environment });
    // Its first line comes before it claims a pin.
    child.stdout?.once("data", () => child.kill("SIGTERM"));
    const { exitCode, stdout } = await ended;
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/"msg":"claimed a pin".*"payload":"ON".*"msg":"pi2mqtt stopped"/s);
  });

  it("lets the broker say offline when it is killed", async () => {
    const environment = { MQTT_URL: `mqtt://127.0.0.1:${broker.port}` };
    const cwd = folderWith({ "devices.yaml": lamp });
    const { child, ended } = startProgram(["run", "--simulate"], { cwd, environment });
    await observer.until("pi2mqtt/test/status", "online");
    child.kill("SIGKILL");
    await ended;
    await observer.until("pi2mqtt/test/status", "offline");
    const retained = await Observer.retainedOn(broker.port, "pi2mqtt/test/status");
    expect(retained.get("pi2mqtt/test/status")).toBe("offline");
  });

  it("shows no secret, whatever fails", async () => {
    const environment = { MQTT_URL: "mqtt://me:hunter2@127.0.0.1:1", MQTT_PASSWORD: "hunter2" };
    const cwd = folderWith({ "devices.yaml": lamp });
    const { child, ended } = startProgram(["run", "--simulate", "--debug"], { cwd, environment });
    await new Promise<void>((resolve) => {
      child.stdout?.on("data", (text: string) => text.includes("cannot connect") && resolve());
    });
    child.kill("SIGTERM");
    const { stdout, stderr } = await ended;
    expect(stdout).toContain("connection refused; is the broker running? (ECONNREFUSED)");
    expect(stdout + stderr).not.toContain("hunter2");
  });
});
