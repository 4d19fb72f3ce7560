import { chmodSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mosquittoMissing, startMosquitto, type TestBroker } from "../e2e/brokers.ts";
import { Observer } from "../e2e/observer.ts";
import { cannotRun } from "../e2e/required.ts";
import { type AgentProcess, type LogLine, startAgentProcess } from "./agent-process.ts";
import { SimulatedChip } from "./gpio-sim.ts";
import { onlyInTheGuest, runProgram } from "./guest.ts";
import { startUdev } from "./udev.ts";

/** The ways to the pins that this kernel has. */
const backends = ["onoff", "gpiochip"];

const lamp = 17;
const isWarningOfLamp = ({ level, device }: LogLine) => level === "warn" && device === "lamp";
const member = "gpio-member";
const stranger = "gpio-stranger";

/** A checkout in root's home is closed to others; the guest's files may be opened, they are only this boot's. */
function openToOthers(folder: string): void {
  onlyInTheGuest();
  chmodSync(folder, statSync(folder).mode | 0o055);
  if (dirname(folder) !== folder) openToOthers(dirname(folder));
}

/** Makes the group and both users, in this boot's /etc; returns the group's number. */
function makeUsers(): number {
  onlyInTheGuest();
  runProgram("groupadd", "--force", "--system", "gpio");
  runProgram("useradd", "--no-create-home", "--groups", "gpio", member);
  runProgram("useradd", "--no-create-home", stranger);
  return Number(runProgram("getent", "group", "gpio").split(":")[2]);
}

describe.each(backends)("the built agent without root, with the backend %s", (backend) => {
  if (mosquittoMissing !== undefined) return cannotRun(mosquittoMissing);

  let broker: TestBroker;
  let observer: Observer;
  let chip: SimulatedChip;
  let agent: AgentProcess;
  let groupId: number;
  let stopUdev: () => void = () => {};

  const start = (user: string) => {
    const devices = `devices:\n  lamp: {kind: relay, topic: home/lamp, pin: ${lamp}}\n`;
    agent = startAgentProcess(`gpio: {backend: ${backend}}\n${devices}`, broker.port, user);
  };

  beforeAll(async () => {
    openToOthers(fileURLToPath(new URL("../..", import.meta.url)));
    groupId = makeUsers();
  });

  beforeEach(async () => {
    broker = await startMosquitto();
    observer = await Observer.connect(broker.port);
    chip = new SimulatedChip({ label: "pinctrl-bcm2711" });
  });

  afterEach(async () => {
    stopUdev();
    await agent.kill();
    await observer.close();
    await broker.stop();
    chip.remove();
  });

  afterAll(() => {
    runProgram("userdel", member);
    runProgram("userdel", stranger);
  });

  it("drives a pin for a member of the group gpio, who gets each file a moment after it appeared", async () => {
    stopUdev = startUdev(groupId, 300);
    start(member);
    await observer.until("home/lamp/availability", "online");
    await observer.publish("home/lamp", "on");
    await observer.until("home/lamp/state", "ON");
    expect(chip.level(lamp)).toBe(1);
  });

  it("comes to its pins when the group gets them only after it has started", async () => {
    start(member);
    await agent.logged("a warning about the lamp", isWarningOfLamp);
    stopUdev = startUdev(groupId, 0);
    await observer.until("home/lamp/availability", "online");
    await observer.publish("home/lamp", "on");
    await observer.until("home/lamp/state", "ON");
    expect(chip.level(lamp)).toBe(1);
  });

  it("tells anybody else which command lets them in, and moves nothing", async () => {
    stopUdev = startUdev(groupId, 0);
    start(stranger);
    const line = await agent.logged("a warning about the lamp", isWarningOfLamp);
    expect(line["reason"]).toContain("sudo usermod -aG gpio");
    expect(chip.changes(lamp)).toBe(0);
  });
});
