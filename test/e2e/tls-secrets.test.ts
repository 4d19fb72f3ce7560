import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { freePort, mosquittoMissing, startMosquitto } from "./brokers.ts";
import { Observer } from "./observer.ts";
import { folderWith, startProgram } from "./process.ts";
import { cannotRun } from "./required.ts";
import { authority, opensslMissing } from "./tls-authority.ts";

const missing =
  mosquittoMissing ??
  opensslMissing ??
  (spawnSync("mosquitto_passwd", ["--help"]).error === undefined
    ? undefined
    : "mosquitto_passwd is missing; it comes with Mosquitto");

const secret = "correct horse battery";
const lamp = "agent: {id: test}\ndevices:\n  lamp: {kind: relay, topic: home/lamp, pin: 17}\n";

describe("the program and its secrets", () => {
  if (missing !== undefined) return cannotRun(missing);

  it("takes password and certificates from systemd's credentials, and shows the password nowhere", async () => {
    const port = await freePort();
    const broker = await startMosquitto((folder) => {
      const passwords = join(folder, "passwords");
      writeFileSync(passwords, "", { mode: 0o600 });
      spawnSync("mosquitto_passwd", ["-b", passwords, "agent", secret]);
      spawnSync("mosquitto_passwd", ["-b", passwords, "observer", "seen"]);
      const ca = authority(folder, "ca");
      const { certFile, keyFile } = ca.sign("IP:127.0.0.1", "broker");
      return [
        "allow_anonymous false",
        `password_file ${passwords}`,
        `listener ${port} 127.0.0.1`,
        `cafile ${ca.certFile}`,
        `certfile ${certFile}`,
        `keyfile ${keyFile}`,
      ];
    });
    const observer = await Observer.connect(broker.port, { username: "observer", password: "seen" });
    const credentials = folderWith({
      MQTT_PASSWORD: `${secret}\n`,
      MQTT_CA: readFileSync(join(broker.folder, "ca.crt"), "utf8"),
    });
    const nobody = await freePort();
    const cwd = folderWith({
      "devices.yaml": lamp,
      ".env": `MQTT_URL=mqtt://127.0.0.1:${nobody}, mqtts://127.0.0.1:${port}\nMQTT_USERNAME=agent\nMQTT_PASSWORD=stale\n`,
    });
    chmodSync(join(cwd, ".env"), 0o600);
    const environment = { CREDENTIALS_DIRECTORY: credentials };
    const { child, ended } = startProgram(["run", "--simulate", "--debug"], { cwd, environment });
    await observer.until("pi2mqtt/test/status", "online");
    await observer.publish("home/lamp/set", "on");
    await observer.until("home/lamp/state", "ON");
    const process = ["cmdline", "environ"].map((name) => `/proc/${child.pid}/${name}`).filter(existsSync);
    const seenByPs = process.map((file) => readFileSync(file, "utf8"));
    child.kill("SIGTERM");
    const { stdout, stderr } = await ended;
    expect(stdout).toContain(`"broker":"mqtts://127.0.0.1:${port}"`);
    for (const text of [stdout, stderr, ...seenByPs, ...observer.seen.map(({ payload }) => payload)])
      expect(text).not.toContain(secret);
    await observer.close();
    await broker.stop();
  });

  it("checks certificates before anything else, ends with 78, and names the file and the setting", async () => {
    const cwd = folderWith({ "devices.yaml": lamp, "ca.crt": "no PEM", ".env": `MQTT_PASSWORD=${secret}\n` });
    const environment = { MQTT_URL: "mqtts://broker", MQTT_USERNAME: "me", MQTT_CA: "ca.crt" };
    for (const words of [["check"], ["run", "--simulate"]]) {
      const { exitCode, stdout, stderr } = await startProgram(words, { cwd, environment }).ended;
      expect([exitCode, stdout]).toEqual([78, ""]);
      expect(stderr).toContain(
        'broker.ca: "ca.crt" is not a PEM file with a certificate, which begins with -----BEGIN CERTIFICATE-----; name that file\n',
      );
      expect(stderr).not.toContain(secret);
    }
  });
});
