import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mosquittoMissing, startMosquitto, type TestBroker } from "../e2e/brokers.ts";
import { Observer } from "../e2e/observer.ts";
import { cannotRun } from "../e2e/required.ts";
import { persistOutputs, SimulatedChip } from "../kernel/gpio-sim.ts";
import { runProgram, until } from "../kernel/guest.ts";
import { plugInPwm, pulseTrain } from "../kernel/pwm-sim.ts";
import {
  addCompiledParts,
  changes,
  comesBack,
  configured,
  environmentFile,
  install,
  lamp,
  levels,
  movedToRest,
  restart,
  restarts,
  settings,
  settingsFile,
} from "./installed.ts";
import { itIsLetInByBrokers } from "./let-in.ts";
import { nextVersion } from "./packages.ts";
import { dropIn, journal, makeUdevRules, property, removeDropIn, traces, tryProgram } from "./service.ts";

describe("the installed service", () => {
  if (mosquittoMissing !== undefined) return cannotRun(mosquittoMissing);

  let broker: TestBroker;
  let observer: Observer;
  let chip: SimulatedChip;
  let before: readonly string[];

  const configure = (text: string) => expect(configured(chip, text)).toEqual({ status: 0, output: "" });
  /** Waits until the broker has what the agent says since it started last, and not what an earlier one said. */
  const switchAllOn = async () => {
    for (const device of ["lamp", "pump"]) await observer.until(`home/${device}/state`, "OFF");
    for (const device of ["lamp", "pump", "heater"]) {
      await observer.until(`home/${device}/availability`, "online");
      await observer.publish(`home/${device}`, "on");
      await observer.until(`home/${device}/state`, "ON");
    }
    expect(levels(chip)).toEqual([1, 0, 1]);
  };

  beforeAll(async () => {
    // As on Raspberry Pi OS, which has the group and keeps the levels of pins that nobody holds any more.
    runProgram("groupadd", "--system", "gpio");
    for (const group of ["i2c", "spi", "dialout"]) runProgram("groupadd", "--force", "--system", group);
    // Whatever this machine's own broker is told.
    rmSync("/etc/mosquitto/conf.d", { recursive: true, force: true });
    mkdirSync("/etc/mosquitto/conf.d");
    before = traces();
    makeUdevRules();
    persistOutputs(true);
    chip = new SimulatedChip({ label: "pinctrl-bcm2711" });
    broker = await startMosquitto();
  });

  afterAll(async () => {
    await broker.stop();
    chip.remove();
  });

  beforeEach(async () => {
    observer = await Observer.connect(broker.port);
    return () => observer.close();
  });

  it("is installed, starts, and says how it does", () => {
    const { status, output } = install("TEST_PACKAGE");
    expect(output).toMatch(/==> pi2mqtt \S+ runs\./);
    expect(status).toBe(0);
    expect(["ActiveState", "Type", "UnitFileState"].map(property)).toEqual(["active", "notify", "enabled"]);
    expect(property("StatusText")).toMatch(/^\d of 4 devices online/);
    expect(statSync(environmentFile).mode & 0o777).toBe(0o600);
    addCompiledParts();
    writeFileSync(environmentFile, `MQTT_URL=mqtt://127.0.0.1:${broker.port}\n`);
  });

  it("is exposed to 2.0 or less, as systemd counts", () => {
    const unit = "/etc/systemd/system/pi2mqtt.service";
    const { status, output } = tryProgram("systemd-analyze", "security", "--offline=true", "--threshold=20", unit);
    expect(output).toContain("Overall exposure level");
    expect(status).toBe(0);
  });

  describe.each(["gpiochip", "onoff"])("with the backend %s", (backend) => {
    it("has its outputs at their level when systemctl start returns", async () => {
      configure(settings(backend));
      expect(levels(chip).slice(0, 2)).toEqual([0, 1]);
      expect(property("StatusText")).toBe("3 of 3 devices online");
      await switchAllOn();
    });

    it("is at its safe levels a moment after a kill, and comes back", async () => {
      const [count, were] = [restarts(), changes(chip)];
      process.kill(Number(property("MainPID")), "SIGKILL");
      await comesBack(count);
      expect(levels(chip)).toEqual([0, 1, 1]);
      expect(changes(chip)).toEqual(movedToRest(were));
      await observer.until("home/lamp/state", "OFF");
    });
  });

  it("reaches pulse trains and a sensor's package from its sandbox", async () => {
    const unplug = plugInPwm();
    const light = "  glow: {kind: light, topic: home/glow, pin: 18}\n";
    const sensor = "  climate: {kind: dht, topic: home/climate, pin: 4, every: 3s}\n";
    configure(`${settings("auto")}${light}${sensor}`);
    await observer.until("home/glow/availability", "online");
    await observer.publish("home/glow", '{"state":"ON","brightness":51}');
    await until("the light", () => pulseTrain(0).dutyNs === 200_000);
    // The guest has no register of a Pi, which is what the package says once it is loaded in its own process.
    const reason = existsSync("node_modules/node-dht-sensor/build") ? "failed to initialize sensor" : "node-dht-sensor";
    await until("the sensor's package", () => journal("warning").some((line) => line.includes(reason)));
    configure(settings("gpiochip"));
    expect(pulseTrain(0).dutyNs).toBe(0);
    unplug();
  });

  it("moves each output once when it is asked to stop", async () => {
    await switchAllOn();
    const were = changes(chip);
    runProgram("systemctl", "stop", "pi2mqtt");
    expect(["ActiveState", "Result"].map(property)).toEqual(["inactive", "success"]);
    expect(levels(chip)).toEqual([0, 1, 1]);
    expect(changes(chip)).toEqual(movedToRest(were));
  });

  it("sends its watchdog messages, and is restarted when it hangs", async () => {
    dropIn("watchdog", "WatchdogSec=6", "TimeoutStopSec=8");
    expect(restart().status).toBe(0);
    await switchAllOn();
    const [count, main] = [restarts(), Number(property("MainPID"))];
    await new Promise((resolve) => setTimeout(resolve, 8_000));
    expect([restarts(), Number(property("MainPID"))]).toEqual([count, main]);
    process.kill(main, "SIGSTOP");
    await until("the watchdog to end the process", () => Number(property("MainPID")) !== main, 30_000);
    await comesBack(count);
    expect(levels(chip)).toEqual([0, 1, 1]);
    expect(runProgram("journalctl", "--unit=pi2mqtt", "--no-pager")).toContain("Watchdog timeout");
  });

  it("sends its watchdog messages without koffi too, as on a Pi Zero", async () => {
    const koffi = "/opt/pi2mqtt/node_modules/koffi";
    renameSync(koffi, `${koffi}.away`);
    configure(settings("onoff"));
    const [count, main] = [restarts(), Number(property("MainPID"))];
    await new Promise((resolve) => setTimeout(resolve, 8_000));
    expect([restarts(), Number(property("MainPID"))]).toEqual([count, main]);
    expect(property("StatusText")).toBe("3 of 3 devices online");
    renameSync(`${koffi}.away`, koffi);
    removeDropIn("watchdog");
    configure(settings("gpiochip"));
  });

  it("marks in the journal what a person should look at, and keeps each line as it is", () => {
    configure(`${settings("gpiochip")}  cpu: {kind: cpu_temperature, topic: home/cpu}\n`);
    expect(journal("info").filter((line) => line.includes('"msg":"pi2mqtt starts"'))).not.toEqual([]);
    const marked = journal("warning");
    expect(marked.filter((line) => line.includes('"msg":"pi2mqtt starts"'))).toEqual([]);
    const ofCpu = marked.map((line) => JSON.parse(line)).filter(({ device }) => device === "cpu");
    expect(ofCpu).toMatchObject([{ level: "warn", msg: "device is offline" }]);
  });

  itIsLetInByBrokers(() => chip);

  it("is not started again with a devices.yaml that is wrong, and says why", async () => {
    const count = restarts();
    writeFileSync(settingsFile, settings("gpiochip").replace("kind: relay", "kind: rely"));
    restart();
    await until("the service to fail", () => property("ActiveState") === "failed", 60_000);
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    expect(["ActiveState", "ExecMainStatus", "Result"].map(property)).toEqual(["failed", "78", "exit-code"]);
    expect(restarts()).toBe(count);
    expect(journal("err").at(-1)).toContain('there is no kind "rely"; did you mean "relay"?');
    expect(journal("err").filter((line) => line.includes("rely"))).toHaveLength(1);
  });

  it("is not upgraded to a version that finds its configuration wrong", () => {
    const refused = install("TEST_NEXT_PACKAGE");
    expect(refused.status).toBe(1);
    expect(refused.output).toContain("is as it was");
    expect(runProgram("pi2mqtt", "--version").trim()).not.toBe(nextVersion);
  });

  it("is upgraded with its configuration kept", () => {
    const kept = settings("gpiochip");
    writeFileSync(settingsFile, kept);
    const environment = readFileSync(environmentFile, "utf8");
    dropIn("owner", "Nice=3");
    const { status, output } = install("TEST_NEXT_PACKAGE");
    expect(output).toContain(`==> pi2mqtt ${nextVersion} runs.`);
    expect(status).toBe(0);
    expect([readFileSync(settingsFile, "utf8"), readFileSync(environmentFile, "utf8")]).toEqual([kept, environment]);
    expect(["Nice", "WatchdogUSec"].map(property)).toEqual(["3", "30s"]);
    expect([existsSync("/opt/pi2mqtt.old"), existsSync("/opt/pi2mqtt.new")]).toEqual([false, false]);
    expect(levels(chip).slice(0, 2)).toEqual([0, 1]);
  });

  it("is uninstalled without a trace", async () => {
    await observer.until("home/lamp/availability", "online");
    await observer.publish("home/lamp", "on");
    await until("the lamp", () => chip.level(lamp) === 1);
    const keeping = tryProgram(`${process.env["TEST_NEXT_PACKAGE"]}/scripts/uninstall.sh`);
    expect(keeping.status).toBe(0);
    expect(chip.level(lamp)).toBe(0);
    expect(existsSync(settingsFile)).toBe(true);
    const { status } = tryProgram(`${process.env["TEST_NEXT_PACKAGE"]}/scripts/uninstall.sh`, "--purge");
    expect(status).toBe(0);
    const after = traces();
    expect(after.filter((trace) => !before.includes(trace))).toEqual([]);
    expect(before.filter((trace) => !after.includes(trace))).toEqual([]);
    expect(property("LoadState")).toBe("not-found");
  });
});
