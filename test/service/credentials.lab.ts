import { mkdtempSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cannotRun } from "../e2e/required.ts";
import { authority, opensslMissing } from "../e2e/tls-authority.ts";
import { persistOutputs, SimulatedChip } from "../kernel/gpio-sim.ts";
import { runProgram, until } from "../kernel/guest.ts";
import { nextVersion } from "./packages.ts";
import { dropIn, journal, makeUdevRules, property, tryProgram } from "./service.ts";

const lamp = 17;
const settingsFile = "/etc/pi2mqtt/devices.yaml";

/** No broker has to answer: what counts is that the lamp is on while the agent runs, and off when it cannot. */
const settings = `
broker: {url: "mqtts://127.0.0.1:1", username: "\${BROKER_USER}", password: "\${BROKER_PASSWORD}", ca: ca.crt, cert: agent.crt}
devices:
  lamp: {kind: relay, topic: home/lamp, pin: ${lamp}, initial: on, on_exit: off}
`;

describe("the service whose secrets systemd keeps", () => {
  if (opensslMissing !== undefined) return cannotRun(opensslMissing);

  let chip: SimulatedChip;
  let hadGroup: boolean;
  const install = (from: "TEST_PACKAGE" | "TEST_NEXT_PACKAGE") => tryProgram(`${process.env[from]}/scripts/install.sh`);

  beforeAll(() => {
    hadGroup = tryProgram("getent", "group", "gpio").status === 0;
    for (const group of ["gpio", "i2c", "spi", "dialout"]) runProgram("groupadd", "--system", "--force", group);
    makeUdevRules();
    persistOutputs(true);
    chip = new SimulatedChip({ label: "pinctrl-bcm2711" });
    expect(install("TEST_PACKAGE").status).toBe(0);

    const secrets = mkdtempSync(join(tmpdir(), "pi2mqtt-secrets-"));
    const ours = authority(secrets, "ca");
    const pair = ours.sign("DNS:agent", "agent");
    writeFileSync("/etc/pi2mqtt/ca.crt", ours.cert);
    writeFileSync("/etc/pi2mqtt/agent.crt", pair.cert);
    writeFileSync(join(secrets, "password"), "open sesame\n", { mode: 0o600 });
    writeFileSync("/etc/pi2mqtt/.env", "MQTT_URL=\n");
    writeFileSync(settingsFile, settings);
    dropIn(
      "secrets",
      `LoadCredential=BROKER_PASSWORD:${secrets}/password \\`,
      "",
      `LoadCredential=MQTT_KEY:${pair.keyFile}`,
      'Environment="BROKER_USER=the agent"',
    );
    expect(tryProgram("systemctl", "restart", "pi2mqtt")).toEqual({ status: 0, output: "" });
  });

  afterAll(() => {
    tryProgram(`${process.env["TEST_NEXT_PACKAGE"]}/scripts/uninstall.sh`, "--purge");
    chip.remove();
    if (!hadGroup) runProgram("groupdel", "gpio");
  });

  it("is upgraded, since the new version is checked with them", () => {
    const { status, output } = install("TEST_NEXT_PACKAGE");
    expect(output).toContain("with the credentials and variables of the service:\ndevices.yaml: 1 device, no problems");
    expect(output).toContain(`==> pi2mqtt ${nextVersion} runs.`);
    expect(status).toBe(0);
  });

  it("is not upgraded to a version that finds its configuration wrong", () => {
    writeFileSync(settingsFile, settings.replace("kind: relay", "kind: rely"));
    const { status, output } = install("TEST_NEXT_PACKAGE");
    expect(output).toContain('there is no kind "rely"; did you mean "relay"?');
    expect(output).toContain("is as it was");
    expect(output).not.toContain("open sesame");
    expect(status).toBe(1);
    expect(tryProgram("systemctl", "status", "pi2mqtt-check").output).toContain("could not be found");
    writeFileSync(settingsFile, settings);
  });

  it("is not upgraded when systemd cannot get a secret, and says which", () => {
    dropIn("lost", "LoadCredential=LOST:/etc/pi2mqtt/nowhere");
    const { status, output } = install("TEST_NEXT_PACKAGE");
    expect(output).toMatch(/credential/i);
    expect(output).toContain("is as it was");
    expect(status).toBe(1);
    writeFileSync("/etc/pi2mqtt/nowhere", "found\n");
  });

  it("is at its safe levels after a crash, though its CA file is gone and it cannot start again", async () => {
    expect(chip.level(lamp)).toBe(1);
    renameSync("/etc/pi2mqtt/ca.crt", "/etc/pi2mqtt/old-ca.crt");
    process.kill(Number(property("MainPID")), "SIGKILL");
    await until("the service to give up", () => property("ActiveState") === "failed");
    expect(property("ExecMainStatus")).toBe("78");
    expect(chip.level(lamp)).toBe(0);
    expect(journal("err").filter((line) => line.includes('"ca.crt" cannot be read'))).toHaveLength(1);
  });
});
