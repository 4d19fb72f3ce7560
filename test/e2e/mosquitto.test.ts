import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startRealAgent } from "./agent.ts";
import { mosquittoMissing, startMosquitto } from "./brokers.ts";
import { Observer } from "./observer.ts";
import { folderWith, startProgram } from "./process.ts";
import { cannotRun } from "./required.ts";

const missing =
  mosquittoMissing ??
  (spawnSync("openssl", ["version"]).error === undefined
    ? undefined
    : 'openssl is missing; "sudo apt install openssl" gets it') ??
  (spawnSync("mosquitto_passwd", ["--help"]).error === undefined
    ? undefined
    : "mosquitto_passwd is missing; it comes with Mosquitto");

/** Waits for a log line; the test's own time limit ends a vain wait. */
async function until<T>(find: () => T | undefined): Promise<T> {
  for (;;) {
    const found = find();
    if (found !== undefined) return found;
    await new Promise(setImmediate);
  }
}

describe("an agent and a Mosquitto that is secured", () => {
  if (missing !== undefined) return cannotRun(missing);

  it("keeps trying after a refused password, and comes in once it is right", async () => {
    const passwords = (folder: string) => join(folder, "passwords");
    const setPassword = (folder: string, user: string, password: string) =>
      spawnSync("mosquitto_passwd", ["-b", passwords(folder), user, password]);
    const broker = await startMosquitto((folder) => {
      writeFileSync(passwords(folder), "", { mode: 0o600 });
      setPassword(folder, "agent", "the right one");
      setPassword(folder, "observer", "seen");
      return ["allow_anonymous false", `password_file ${passwords(folder)}`];
    });
    const { agent, log } = await startRealAgent(broker.port, { username: "agent", password: "changed later" });
    const warning = await until(() => log.at("warn")[0]);
    expect(warning).toMatchObject({
      message: "cannot connect to the broker",
      reason: "it does not let this user in; check MQTT_USERNAME and MQTT_PASSWORD",
    });
    setPassword(broker.folder, "agent", "changed later");
    broker.reload();
    const observer = await Observer.connect(broker.port, { username: "observer", password: "seen" });
    await observer.until("pi2mqtt/test/status", "online");
    expect(log.at("warn")).toHaveLength(1);
    expect(JSON.stringify(log.lines)).not.toContain("changed later");
    await agent.stop();
    await observer.close();
    await broker.stop();
  });

  it("says which topics the broker's rules forbid, and serves the others", async () => {
    const broker = await startMosquitto((folder) => {
      writeFileSync(
        join(folder, "acl"),
        "topic readwrite home/door/#\ntopic readwrite pi2mqtt/#\ntopic read home/lamp\n",
      );
      return ["allow_anonymous true", `acl_file ${join(folder, "acl")}`];
    });
    const { agent, log } = await startRealAgent(broker.port);
    const observer = await Observer.connect(broker.port);
    await observer.until("pi2mqtt/test/status", "online");
    const forbidden = await until(() => log.at("error").find(({ action }) => action === "publish"));
    expect(forbidden).toMatchObject({ message: "the broker forbids topics; allow them in its ACL" });
    await agent.stop();
    await observer.close();
    await broker.stop();
  });

  it("refuses a broker whose certificate a foreign CA has signed, and trusts the right one", async () => {
    const openssl = (...words: string[]) => {
      const { status, stderr } = spawnSync("openssl", words);
      if (status !== 0) throw new Error(String(stderr));
    };
    const authority = (folder: string, name: string) =>
      openssl(
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        `/CN=${name}`,
        "-keyout",
        join(folder, `${name}.key`),
        "-out",
        join(folder, `${name}.crt`),
      );
    const broker = await startMosquitto((folder) => {
      const file = (name: string) => join(folder, name);
      authority(folder, "ours");
      authority(folder, "foreign");
      openssl(
        "req",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=broker",
        "-keyout",
        file("broker.key"),
        "-out",
        file("broker.csr"),
      );
      writeFileSync(file("san"), "subjectAltName=IP:127.0.0.1\n");
      openssl(
        "x509",
        "-req",
        "-in",
        file("broker.csr"),
        "-CA",
        file("ours.crt"),
        "-CAkey",
        file("ours.key"),
        "-CAcreateserial",
        "-days",
        "2",
        "-extfile",
        file("san"),
        "-out",
        file("broker.crt"),
      );
      return [
        "allow_anonymous true",
        `cafile ${file("ours.crt")}`,
        `certfile ${file("broker.crt")}`,
        `keyfile ${file("broker.key")}`,
      ];
    });
    const url = `mqtts://127.0.0.1:${broker.port}`;
    const pem = (name: string) => readFileSync(join(broker.folder, `${name}.crt`), "utf8");

    const doubter = await startRealAgent(broker.port, { url, ca: pem("foreign") });
    expect(await until(() => doubter.log.at("warn")[0])).toMatchObject({
      reason: expect.stringMatching(
        /^its certificate is not signed by a CA that is trusted here; set MQTT_CA to the file of its CA/,
      ),
    });
    await doubter.agent.stop();
    expect(doubter.log.at("info")).toEqual([]);

    const believer = await startRealAgent(broker.port, { url, ca: pem("ours") });
    await until(() => believer.log.at("info").find(({ message }) => message === "connected to the broker"));
    await believer.agent.stop();

    const stray = await startRealAgent(broker.port, { url: `mqtts://localhost:${broker.port}`, ca: pem("ours") });
    expect(await until(() => stray.log.at("warn")[0])).toMatchObject({
      reason: expect.stringMatching(/^its certificate is for another host name; use the name that the certificate has/),
    });
    await stray.agent.stop();
    await broker.stop();
  });

  it("says offline for an agent that was killed", async () => {
    const broker = await startMosquitto();
    const observer = await Observer.connect(broker.port);
    const cwd = folderWith({
      "devices.yaml": "agent: {id: test}\ndevices:\n  lamp: {kind: relay, topic: home/lamp, pin: 17}\n",
    });
    const environment = { MQTT_URL: `mqtt://127.0.0.1:${broker.port}` };
    const { child, ended } = startProgram(["run", "--simulate"], { cwd, environment });
    await observer.until("pi2mqtt/test/status", "online");
    child.kill("SIGKILL");
    await ended;
    await observer.until("pi2mqtt/test/status", "offline");
    await observer.close();
    await broker.stop();
  });
});
