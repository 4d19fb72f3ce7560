import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cannotRun } from "../e2e/required.ts";
import { publish } from "./clients.ts";
import { Machine, machineMissing } from "./machine.ts";

const missing = machineMissing();
const standIn = fileURLToPath(new URL("lab/systemctl", import.meta.url));

describe("setup-broker.sh where systemd runs Mosquitto", () => {
  if (missing !== undefined) return cannotRun(missing);

  let machine: Machine;
  beforeAll(async () => {
    machine = await Machine.start();
    machine.must(`mkdir -p /run/systemd/system /run/bin && cp ${standIn} /run/bin/systemctl
      printf '#!/bin/sh\\ncat /run/mosquitto.said\\n' >/run/bin/journalctl && chmod 755 /run/bin/journalctl`);
  });
  afterAll(() => machine.stop());

  const run = (options = "") => {
    machine.must(": >/run/systemctl.log");
    const { status, text } = machine.shell(`PATH=/run/bin:$PATH ${machine.script} ${options}`);
    const asked = machine.must("grep -v is-active /run/systemctl.log || true").split("\n");
    return { status, text, asked };
  };

  it("starts it and has it start at every boot, and leaves it alone the next time", () => {
    expect(run()).toMatchObject({
      status: 0,
      asked: ["--quiet enable mosquitto", "reset-failed mosquitto", "restart mosquitto"],
    });
    expect(publish(machine, { user: "people" }).status).toBe(0);
    expect(run()).toMatchObject({ status: 0, asked: [""] });
  });

  it("lets it read new users without a restart", () => {
    expect(run("--agent cellar-pi")).toMatchObject({ status: 0, asked: ["reload mosquitto"] });
  });

  it("brings the old one back when the new one does not start, and tells its last words", async () => {
    machine.must("mosquitto -p 1993 >/dev/null 2>&1 &");
    await machine.until("mosquitto_pub -p 1993 -t trial -m on");
    const before = machine.snapshot("/etc");
    const { status, text } = run("--port 1993");
    expect(status).toBe(1);
    expect(text).toMatch(/Mosquitto does not start.*Address already in use/s);
    expect(machine.snapshot("/etc")).toBe(before);
    expect(publish(machine, { user: "people" }).status).toBe(0);
  });

  it("restarts it with --undo", () => {
    expect(run("--undo").asked).toContain("restart mosquitto");
    expect(publish(machine, {}).status).toBe(0);
  });
});
