import { describe, expect, it } from "vitest";
import { checked } from "../config/checked.ts";
import { startSensor, warnings } from "../fakes/sensor.ts";
import { FakeTree, systemError } from "../fakes/tree.ts";

const root = "/sys/class/hwmon";

/** Two drives and a fan. The numbers of their folders are those of one boot. */
function machine(): FakeTree {
  const tree = new FakeTree({
    [`${root}/hwmon0/name`]: "nvme\n",
    [`${root}/hwmon0/temp1_input`]: "41850\n",
    [`${root}/hwmon0/temp1_max`]: "81850\n",
    [`${root}/hwmon0/temp1_alarm`]: "0\n",
    [`${root}/hwmon2/name`]: "nvme\n",
    [`${root}/hwmon2/temp1_input`]: "55850\n",
    [`${root}/hwmon4/name`]: "pwmfan\n",
    [`${root}/hwmon4/fan1_input`]: "3127\n",
  });
  tree.links.set(
    `${root}/hwmon0`,
    "/sys/devices/platform/axi/1000110000.pcie/pci0000:00/0000:01:00.0/nvme/nvme0/hwmon0",
  );
  tree.links.set(
    `${root}/hwmon2`,
    "/sys/devices/platform/axi/1000120000.pcie/pci0001:00/0001:01:00.0/nvme/nvme1/hwmon2",
  );
  tree.links.set(`${root}/hwmon4`, "/sys/devices/platform/cooling_fan/hwmon/hwmon4");
  return tree;
}

const drive = "kind: hwmon, part: nvme, measures: {temperature: {file: temp1_input}}";

describe("hwmon", () => {
  it.each([
    ["nvme0", 41.9],
    ["nvme1", 55.9],
  ])("reads the one of two that is at %s", async (device, temperature) => {
    const house = await startSensor(`${drive}, device: ${device}`, { files: machine() });
    expect(house.reading()).toEqual({ temperature });
  });

  it("finds its part again where the kernel has numbered it anew", async () => {
    const files = machine();
    const house = await startSensor("kind: hwmon, part: pwmfan, every: 10s, measures: {speed: {file: fan1_input}}", {
      files,
    });
    for (const name of ["name", "fan1_input"]) files.files.delete(`${root}/hwmon4/${name}`);
    files.files.set(`${root}/hwmon7/name`, "pwmfan\n").set(`${root}/hwmon7/fan1_input`, "2500\n");
    await house.clock.advance(10_000);
    expect(house.reading()).toEqual({ speed: 2500 });
  });

  it("does not take the one that is left for the one that is gone", async () => {
    const files = machine();
    const house = await startSensor(`${drive}, device: nvme1, every: 10s`, { files });
    for (const name of ["name", "temp1_input"]) files.files.delete(`${root}/hwmon2/${name}`);
    await house.clock.advance(60_000);
    expect(house.bus.retained.get("it/availability")).toBe("offline");
    expect(house.reading()).toEqual({ temperature: 55.9 });
  });

  it.each([
    [drive, "there are several called nvme; choose one by device: nvme0, nvme1"],
    [`${drive}, device: nvme2`, "there is no nvme at nvme2; it is at nvme0, nvme1"],
    [
      "kind: hwmon, part: lm75, measures: {t: {file: temp1_input}}",
      "there is no lm75 in /sys/class/hwmon; there are nvme, pwmfan",
    ],
    [
      "kind: hwmon, part: nvme, device: nvme0, measures: {t: {file: temp2_input}}",
      "the driver shows no file temp2_input; it shows temp1_alarm, temp1_input",
    ],
  ])("says what there is instead of %s", async (options, reason) => {
    expect(warnings(await startSensor(options, { files: machine() }))).toEqual([reason]);
  });

  it("says where there is nothing", async () => {
    expect(warnings(await startSensor(drive, { files: new FakeTree() }))).toEqual([
      "there is no nvme in /sys/class/hwmon; the kernel shows nothing there",
    ]);
  });

  it("publishes what can be read where one file fails, and is offline where all do", async () => {
    const files = machine();
    const measures = "{temperature: {file: temp1_input}, hot: {file: temp1_alarm}}";
    const house = await startSensor(`kind: hwmon, part: nvme, device: nvme0, every: 10s, measures: ${measures}`, {
      files,
    });
    const fails = () => {
      throw systemError("EIO");
    };
    files.files.set(`${root}/hwmon0/temp1_alarm`, fails);
    await house.clock.advance(11_000);
    expect(house.reading()).toEqual({ temperature: 41.9, hot: null });
    files.files.set(`${root}/hwmon0/temp1_input`, fails);
    await house.clock.advance(60_000);
    expect(house.bus.retained.get("it/availability")).toBe("offline");
  });

  it.each([
    ["", ""],
    ["garbage\n", "the sensor gave no temperature"],
    ["-274000\n", "the sensor gave temperature -274, outside its range of -273 to 2000 °C"],
  ])("publishes nothing of a file with %j", async (text, reason) => {
    const files = machine();
    files.files.set(`${root}/hwmon0/temp1_input`, text);
    const house = await startSensor(`${drive}, device: nvme0, every: 10s`, { files });
    await house.clock.advance(60_000);
    expect(house.bus.on("it")).toEqual([]);
    expect(warnings(house)).toEqual([reason || "the sensor gave no temperature"]);
  });
});

describe("a measure of hwmon", () => {
  const read = async (measure: string, text: string, file: string) => {
    const files = new FakeTree({ [`${root}/hwmon1/name`]: "it\n", [`${root}/hwmon1/${file}`]: text });
    return (
      await startSensor(`kind: hwmon, part: it, measures: {it: {file: ${file}, ${measure}}}`, { files })
    ).reading();
  };

  it.each([
    ["temp1_input", "", "21437\n", 21.4],
    ["temp1_input", "digits: 3", "21437\n", 21.437],
    ["temp1_input", "unit: °F, multiply: 0.0018", "21437\n", 38.59],
    ["humidity1_input", "", "48123\n", 48.1],
    ["in0_input", "", "11873\n", 11.873],
    ["curr1_input", "", "-1284\n", -1.284],
    ["power1_average", "", "15250000\n", 15.25],
    // 1 kWh is 3.6 MJ, and hwmon counts in microjoules.
    ["energy1_input", "", "5400000000000\n", 1.5],
    ["fan2_input", "", "1204\n", 1204],
    ["pwm1", "", "128\n", 128],
    ["freq1_input", "unit: MHz, multiply: 0.000001", "2400000000\n", 2400],
    ["fan1_fault", "", "1\n", "ON"],
    ["intrusion0_alarm", "", "0\n", "OFF"],
  ])("is made of %s with %j", async (file, measure, text, value) => {
    expect(await read(measure, text, file)).toEqual({ it: value });
  });

  const problems = (measure: string) =>
    checked(`devices:\n  it: {kind: hwmon, topic: it, part: it, measures: {it: {${measure}}}}\n`).problems.map((line) =>
      line.replace(/^\S+ {2}/, ""),
    );

  it.each([
    [
      "file: temp1_input, unit: °F",
      "devices.it.measures: it: temp1_input is published in °C; remove unit, or write multiply, which makes °F of the file's number",
    ],
    ["file: in1_alarm, unit: V", "devices.it.measures: it: in1_alarm is yes or no and has no unit; remove unit"],
    [
      "file: ../../etc/passwd",
      'devices.it.measures.it.file: "../../etc/passwd" is no file of hwmon; write its name, such as temp1_input or fan1_input',
    ],
  ])("cannot be %s", (measure, problem) => {
    expect(problems(measure)).toEqual([problem]);
  });
});
