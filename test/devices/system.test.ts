import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Programs } from "../../src/core/machine/programs.ts";
import type { SensorContext } from "../../src/core/sensor.ts";
import { processor } from "../../src/devices/system/processor.ts";
import { checked } from "../config/checked.ts";
import type { HouseParts } from "../fakes/house.ts";
import { startSensor, warnings } from "../fakes/sensor.ts";
import { FakeTree } from "../fakes/tree.ts";
import { runs } from "../property-runs.ts";

const start = (measures: string, files: FakeTree, parts: HouseParts = {}) =>
  startSensor(`kind: system, every: 10s, measures: [${measures}]`, { files, ...parts });

describe("the processor", () => {
  // user, nice, system, idle, iowait, irq, softirq, steal, guest, guest_nice, in ticks since the boot.
  const stat = (line: string) => `cpu  ${line}\ncpu0 1 1 1 1 1 1 1 1 1 1\nintr 5\n`;

  it("is used as much as it had to do since the reading before; waiting for disks is no work", async () => {
    const files = new FakeTree({ "/proc/stat": stat("9000 0 1000 90000 0 0 0 0 0 0") });
    const house = await start("processor_use", files);
    // 100 ticks: 20 user, 5 nice, 10 system, 40 idle, 20 waiting, 2 irq, 2 softirq, 1 steal.
    files.files.set("/proc/stat", stat("9020 5 1010 90040 20 2 2 1 15 0"));
    await house.clock.advance(10_000);
    expect(house.reading()).toEqual({ processor_use: 40 });
    files.files.set("/proc/stat", stat("9020 5 1010 90140 20 2 2 1 15 0"));
    await house.clock.advance(10_000);
    expect(house.reading()).toEqual({ processor_use: 0 });
  });

  it("is first told for the time since the start, not since the boot", async () => {
    let reads = 0;
    // From the start to the first reading it was busy for 30 of 100 ticks; since the boot it was idle.
    const lines = ["0 0 0 100000 0 0 0 0 0 0", "30 0 0 100070 0 0 0 0 0 0"];
    const files = new FakeTree({ "/proc/stat": () => stat(lines[Math.min(reads++, 1)] ?? "") });
    expect((await start("processor_use", files)).reading()).toEqual({ processor_use: 30 });
  });

  it.each(["", "garbage\n", "cpu  1 2\n", "cpu  a b c d\n"])("is not guessed from %j", async (text) => {
    const house = await start("processor_use", new FakeTree({ "/proc/stat": text }));
    await house.clock.advance(60_000);
    expect(house.bus.on("it")).toEqual([]);
    expect(warnings(house)).toEqual(["/proc/stat does not say what the processors do"]);
  });
});

describe("the disk", () => {
  it("is as full as df says: what is kept for root is neither used nor free", async () => {
    const files = new FakeTree();
    files.spaces.set("/mnt/data", { total: 100 * 2 ** 30, free: 30 * 2 ** 30, available: 25 * 2 ** 30 });
    const options = "kind: system, disk: /mnt/data, measures: [disk_use_percent, disk_free]";
    // 70 used of 70 + 25.
    expect((await startSensor(options, { files })).reading()).toEqual({ disk_use_percent: 73.7, disk_free: 25 });
  });

  it("is told of where it is not there", async () => {
    const house = await startSensor("kind: system, disk: /mnt/data, measures: [disk_free]", { files: new FakeTree() });
    await house.clock.advance(200_000);
    expect(warnings(house)).toEqual(["the room on /mnt/data cannot be seen"]);
  });
});

describe("throttling", () => {
  const all =
    "frequency_capped, throttled, temperature_limited, under_voltage_since_boot, frequency_capped_since_boot, throttled_since_boot, temperature_limited_since_boot";
  const saying = (stdout: string, status = 0): Programs => ({
    run: async () => ({ status, signal: undefined, stdout, stderr: "" }),
  });

  it("is what vcgencmd says, now and since the boot", async () => {
    // 0x50005: under-voltage (bit 0) and throttled (bit 2) now, and both since the boot (bits 16 and 18).
    expect((await start(all, new FakeTree(), { programs: saying("throttled=0x50005\n") })).reading()).toEqual({
      frequency_capped: "OFF",
      throttled: "ON",
      temperature_limited: "OFF",
      under_voltage_since_boot: "ON",
      frequency_capped_since_boot: "OFF",
      throttled_since_boot: "ON",
      temperature_limited_since_boot: "OFF",
    });
  });

  it.each([
    ["fails", saying("throttled=0x0\n", 255)],
    ["says something else", saying("VCHI initialization failed\n")],
    ["is missing", undefined],
  ])("is what the kernel's file says where the program %s, but not since the boot", async (_what, programs) => {
    const files = new FakeTree({
      "/sys/bus/platform/drivers/raspberrypi-firmware/soc@107c000000:firmware/get_throttled": "40004\n",
    });
    const house = await start("throttled, throttled_since_boot", files, programs && { programs });
    expect(house.reading()).toEqual({ throttled: "ON", throttled_since_boot: null });
    expect(warnings(house)).toEqual([
      "the sensor gave no throttled_since_boot: only the program vcgencmd knows what was since the boot",
    ]);
  });

  it("is not known on another machine", async () => {
    const house = await start("throttled", new FakeTree());
    await house.clock.advance(60_000);
    expect(warnings(house)).toEqual([
      'the firmware cannot be asked; install its program with "sudo apt install raspi-utils"',
    ]);
  });
});

describe("a machine without something that was chosen", () => {
  const meminfo = "MemTotal: 1000 kB\nMemAvailable: 600 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n";

  it("publishes the rest, and says once what is missing", async () => {
    const files = new FakeTree({ "/proc/meminfo": meminfo });
    const house = await start("memory_use_percent, swap_use_percent, fan_speed, wifi_signal, under_voltage", files);
    await house.clock.advance(60_000);
    expect(house.reading()).toEqual({
      memory_use_percent: 40,
      swap_use_percent: null,
      fan_speed: null,
      wifi_signal: null,
      under_voltage: null,
    });
    expect(warnings(house)).toEqual([
      "the sensor gave no swap_use_percent: this machine has no swap",
      "the sensor gave no fan_speed: the kernel shows no fan with a speed",
      "the sensor gave no wifi_signal: the kernel shows no Wi-Fi",
      "the sensor gave no under_voltage: the kernel does not show the supply, as it does on a Raspberry Pi",
    ]);
  });

  it("publishes no signal while Wi-Fi is not connected: the kernel shows 0 then", async () => {
    const wireless = "Inter-| sta-|\n face | tus | link level\n wlan0: 0000    0     0     0        0      0\n";
    const files = new FakeTree({ "/proc/net/wireless": wireless, "/proc/uptime": "86400.00 1.00\n" });
    expect((await start("wifi_signal, uptime", files)).reading()).toEqual({ wifi_signal: null, uptime: 1 });
  });

  it("publishes no wear of a memory that does not tell it", async () => {
    const files = new FakeTree({
      "/sys/bus/mmc/devices/mmc0:0001/life_time": "0x00 0x00\n",
      "/proc/uptime": "86400.00 1.00\n",
    });
    expect((await start("storage_wear, uptime", files)).reading()).toEqual({ storage_wear: null, uptime: 1 });
  });
});

describe("the options of system", () => {
  const problems = (options: string) =>
    checked(`devices:\n  it: {kind: system, topic: it, ${options}}\n`).problems.map((line) =>
      line.replace(/^\S+ {2}/, ""),
    );

  it.each([
    [
      "measures: [uptime, network_in]",
      "devices.it.measures: network_in needs the network interface; add interface: eth0, or what ip link calls it",
    ],
    [
      "measures: [uptime, uptime]",
      'devices.it.measures: "[uptime, uptime]" names a measure twice; write each of them once',
    ],
    ["disk: data", 'devices.it.disk: "data" is no path; write a folder on the disk from / on, such as /mnt/data'],
  ])("refuse %s", (options, problem) => {
    expect(problems(options)).toEqual([problem]);
  });

  it("guess a measure that is misspelt", () => {
    expect(problems("measures: [procesor_use]")[0]).toMatch(/did you mean "processor_use"/);
  });
});

describe("what the kernel says of the processor", () => {
  const ticks = fc.array(fc.nat(1_000_000), { minLength: 4, maxLength: 10 });

  it("never gives a use that cannot be, whatever its counters do", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(ticks, { minLength: 2, maxLength: 5 }), async (lines) => {
        let line = 0;
        const files = new FakeTree({ "/proc/stat": () => `cpu  ${(lines[line] ?? []).join(" ")}\n` });
        const context = { files, clock: { monotonicMs: () => line * 10_000, after: () => () => {} } };
        // This source asks for nothing else of a context.
        const read = processor.open(context as unknown as SensorContext, { disk: "/" });
        for (line = 1; line < lines.length; line += 1) {
          const { processor_use: use } = await read();
          expect(use === 0 || (Number(use) > 0 && Number(use) <= 100) || Number.isNaN(use)).toBe(true);
        }
      }),
      { numRuns: runs(100) },
    );
  });
});
