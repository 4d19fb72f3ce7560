import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { startMosquitto } from "../e2e/brokers.ts";
import { Observer } from "../e2e/observer.ts";
import type { SimulatedChip } from "../kernel/gpio-sim.ts";
import { runProgram, until } from "../kernel/guest.ts";
import { environmentFile, lamp, restart } from "./installed.ts";
import { dropIn, journal, property, removeDropIn, tryProgram } from "./service.ts";

const secret = "open sesame";
const passwordFile = "/etc/pi2mqtt/mqtt-password";

/** Tests of the running service and brokers that ask for a password. Afterwards it has the broker that it had before. */
export function itIsLetInByBrokers(chip: () => SimulatedChip): void {
  it("takes the broker's password from systemd, which shows it to nobody else", async () => {
    const secured = await startMosquitto((at) => {
      writeFileSync(`${at}/passwords`, "");
      runProgram("mosquitto_passwd", "-b", `${at}/passwords`, "pi", secret);
      return ["allow_anonymous false", `password_file ${at}/passwords`];
    });
    const kept = readFileSync(environmentFile, "utf8");
    writeFileSync(environmentFile, `MQTT_URL=mqtt://127.0.0.1:${secured.port}\nMQTT_USERNAME=pi\n`);
    writeFileSync(passwordFile, `${secret}\n`, { mode: 0o600 });
    dropIn("password", `LoadCredential=MQTT_PASSWORD:${passwordFile}`);
    expect(restart().status).toBe(0);
    const insider = await Observer.connect(secured.port, { username: "pi", password: secret });
    await insider.until("pi2mqtt/test/status", "online");
    await insider.close();
    await secured.stop();
    const main = property("MainPID");
    expect(readFileSync(`/proc/${main}/environ`, "utf8") + readFileSync(`/proc/${main}/cmdline`, "utf8")).not.toContain(
      secret,
    );
    expect(journal().join("\n")).not.toContain(secret);
    rmSync(passwordFile);
    removeDropIn("password");
    writeFileSync(environmentFile, kept);
  });

  it("is let in by the broker that is set up on its machine, where its relay then switches", async () => {
    const kept = readFileSync(environmentFile, "utf8");
    writeFileSync(environmentFile, "");
    const setUp = `${process.env["TEST_PACKAGE"]}/scripts/setup-broker.sh`;
    const { status, output } = tryProgram(setUp, "--people", "anna");
    expect(output).toContain(
      'Proved: "on" of anna switches a (simulated) relay of an agent that comes as pi2mqtt-test.',
    );
    expect(status).toBe(0);
    expect(runProgram("systemctl", "is-enabled", "mosquitto").trim()).toBe("enabled");
    expect(restart().status).toBe(0);
    const [, password = ""] = /PASSWORD=(.*)/.exec(readFileSync("/etc/mosquitto/pi2mqtt/users/anna/env", "utf8")) ?? [];
    const anna = await Observer.connect(1883, { username: "anna", password });
    await anna.until("home/lamp/availability", "online");
    await anna.publish("home/lamp", "on");
    await until("the lamp", () => chip().level(lamp) === 1);
    await anna.close();
    expect(tryProgram(setUp, "--undo").status).toBe(0);
    runProgram("systemctl", "stop", "mosquitto");
    writeFileSync(environmentFile, kept);
    expect(restart().status).toBe(0);
  });
}
