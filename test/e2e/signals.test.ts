import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { startAedes, type TestBroker } from "./brokers.ts";
import { Observer } from "./observer.ts";
import { folderWith, startProgram } from "./process.ts";

const lamp = "agent: {id: test}\ndevices:\n  lamp: {kind: relay, topic: home/lamp, pin: 17}\n";

describe.skipIf(process.platform === "win32")("a signal", () => {
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

  async function startAgent() {
    const environment = { MQTT_URL: `mqtt://127.0.0.1:${broker.port}` };
    const agent = startProgram(["run", "--simulate"], { cwd: folderWith({ "devices.yaml": lamp }), environment });
    onTestFinished(() => void agent.child.kill("SIGKILL"));
    await observer.until("pi2mqtt/test/status", "online");
    await observer.publish("home/lamp", "on");
    await observer.until("home/lamp/state", "ON");
    return agent;
  }

  it.each(["SIGHUP", "SIGUSR1", "SIGUSR2"] as const)(
    "changes nothing where it is %s and there is no terminal, and is told of; no debugger opens",
    async (signal) => {
      const { child, ended } = await startAgent();
      child.kill(signal);
      await observer.publish("home/lamp", "off");
      await observer.until("home/lamp/state", "OFF");
      child.kill("SIGTERM");
      const { exitCode, stdout, stderr } = await ended;
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      expect(stdout).toContain(
        `"signal":"${signal}","msg":"this signal changes nothing; devices.yaml is read at the next start"`,
      );
    },
  );

  it.each(["SIGINT", "SIGTERM", "SIGQUIT"] as const)("ends the agent in order where it is %s", async (signal) => {
    const { child, ended } = await startAgent();
    child.kill(signal);
    const { exitCode, stdout } = await ended;
    expect(exitCode).toBe(0);
    expect(stdout).toContain('"msg":"pi2mqtt stopped"');
    await observer.until("home/lamp/state", "OFF");
  });

  it.each(["SIGHUP", "SIGUSR1", "SIGUSR2", "SIGINT", "SIGQUIT"] as const)(
    "leaves the process of a native package alone where it is %s: the agent ends that",
    async (signal) => {
      const file = fileURLToPath(new URL("../../dist/isolated-child.js", import.meta.url));
      const child = fork(file, ["node:path"], { stdio: ["ignore", "ignore", "pipe", "ipc"] });
      onTestFinished(() => void child.kill("SIGKILL"));
      let said = "";
      child.stderr?.on("data", (text) => {
        said += text;
      });
      expect(await once(child, "message")).toContainEqual({ ready: true });
      child.kill(signal);
      child.send({ functionName: "basename", args: ["a/b"] });
      expect(await once(child, "message")).toContainEqual({ result: "b" });
      child.disconnect();
      expect(await once(child, "exit")).toEqual([0, null]);
      expect(said).toBe("");
    },
  );
});
