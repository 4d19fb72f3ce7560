import { describe, expect, it } from "vitest";
import { UserError } from "../../src/core/errors.ts";
import { checked } from "../config/checked.ts";
import { startHouse } from "../fakes/house.ts";
import { type FakeProgram, FakePrograms } from "../fakes/programs.ts";
import { startFailing, startSensor } from "../fakes/sensor.ts";

/** A sensor whose program does this. */
const read = (does: FakeProgram, options = "") =>
  startSensor(`kind: command, command: [probe]${options}`, { programs: new FakePrograms({ probe: does }) });

const fail = (does: FakeProgram, options = "") =>
  startFailing(`kind: command, command: [probe]${options}`, { programs: new FakePrograms({ probe: does }) });

const temperature = ", measures: {temperature: {unit: °C, device_class: temperature, digits: 1, range: [-40, 85]";

describe("a command", () => {
  it.each([
    ["21.456\n", "", { value: 21.46 }],
    ['"21.5"', "", { value: 21.5 }],
    ["-3e2", "", { value: -300 }],
    ["temp=47.2'C\n", `${temperature}, after: temp=}}`, { temperature: 47.2 }],
    ["throttled=0x50000\n", ", measures: {bits: {after: throttled=, digits: 0}}", { bits: 327_680 }],
    ["load: 0.5, 0.25\n", ", measures: {load: {after: 'load:'}}", { load: 0.5 }],
    ['{"temperature": 21.44}', `${temperature}}}`, { temperature: 21.4 }],
    ['{"rooms": [{"t": "21.44"}, {"t": 7}]}', `${temperature}, json: "rooms[1].t"}}`, { temperature: 7 }],
    ["[5, 6]", ", measures: {a: {json: '[0]'}, b: {json: '[1]'}}", { a: 5, b: 6 }],
  ])("that prints %j is read to what is published", async (printed, options, reading) => {
    const { reading: published, log } = await read(printed, options);
    expect(published()).toEqual(reading);
    expect(log.at("warn")).toEqual([]);
  });

  it.each([
    ["", "probe printed nothing"],
    [
      "hello there\n",
      'probe printed "hello there", which is no number and no JSON; say below "measures" where each number stands, with json or after',
    ],
    ["NaN", expect.stringContaining('probe printed "NaN", which is no number and no JSON')],
    ["21,5", expect.stringContaining("which is no number and no JSON")],
    ["1e999", expect.stringContaining("which is no number")],
    ["5 errors", expect.stringContaining("which is no number and no JSON")],
    ['{"a": 1}', expect.stringContaining('in which there is no "value"')],
    ['{"value": null}', expect.stringContaining('in which "value" is no number')],
    ['{"value": {"__proto__": 1}}', expect.stringContaining('in which "value" is no number')],
    ["x".repeat(1_000), expect.stringContaining(`printed "${"x".repeat(40)}…"`)],
  ])("that prints %j has no value, and says why", async (printed, sentence) => {
    const sensor = await fail(printed);
    expect(sensor.warnings).toEqual([sentence]);
    expect(sensor.isKnown).toBe(false);
  });

  it.each(["temp=47,2", "temp=1.2.3", "temp=", "temp=x5", "nothing"])(
    "takes no part of a number: %s",
    async (printed) => {
      const sensor = await fail(printed, ", measures: {t: {after: temp=}}");
      expect(sensor.warnings).toEqual([
        expect.stringMatching(/^probe printed ".*", in which (no number comes after|there is no) "temp="/),
      ]);
    },
  );

  it.each([
    [{ status: 3 }, "probe ended with status 3"],
    [{ status: 1, stdout: "21.5", stderr: "a\nno such device\n" }, "probe ended with status 1: no such device"],
    [{ status: undefined, signal: "SIGSEGV" }, "probe ended with SIGSEGV"],
    [new UserError("probe did not end within 5 s"), "probe did not end within 5 s"],
  ])("whose program fails is a sentence", async (does, sentence) => {
    const sensor = await fail(does);
    expect(sensor.warnings).toEqual([sentence]);
    expect(sensor.isKnown).toBe(false);
  });

  it.each([
    [["-uhome", "--password=Ter2x"], "unknown option --password=Ter2x", "unknown option …"],
    [["--password=Ter2x"], "the password Ter2x is wrong", "the password … is wrong"],
    [["-pTer2x"], "no option -pTer2x", "no option …"],
    [["--token", "Ter2x"], "no token Ter2x", "no token …"],
    [["-H", "Authorization: Bearer Ter2x"], "Ter2x has expired", "… has expired"],
    [["http://me:Ter2x@meter/api"], "http://me:Ter2x@meter/api gives 404", "… gives 404"],
    [["http://me:Ter2x@meter/api"], "me and Ter2x are unknown", "me and … are unknown"],
    [["-c", "fetch --token Ter2x | jq .level"], "Ter2x refused", "… refused"],
    [["/run/level", "-x"], "/run/level: No such file, -x", "/run/level: No such file, -x"],
    [["/x?token=Ter2x"], "/x?token=Ter2x and Ter2x", "… and …"],
    [["-x", "Ter2x"], `${"a".repeat(117)} Ter2x`, `${"a".repeat(117)} …`],
  ])("does not repeat what may be a password among its words: %j", async (words, said, shown) => {
    const settings = `kind: command, command: ${JSON.stringify(["probe", ...words])}`;
    const programs = (does: FakeProgram) => new FakePrograms({ [["probe", ...words].join(" ")]: does });
    const failing = await startFailing(settings, { programs: programs({ status: 1, stderr: said }) });
    expect(failing.warnings).toEqual([`probe ended with status 1: ${shown}`]);
    const wrong = await startFailing(settings, { programs: programs(said) });
    expect(wrong.warnings[0]).toContain("probe printed");
    expect(wrong.warnings[0]).not.toContain("Ter2");
  });

  it("publishes null for a measure that is not there or not plausible, and the others", async () => {
    const options = `${temperature}}, level: {}, height: {}}`;
    const { reading } = await read('{"temperature": 900, "level": 5}', options);
    expect(reading()).toEqual({ temperature: null, level: 5, height: null });
  });

  it("gives its program the time that was chosen, and takes 64 KiB", async () => {
    const programs = new FakePrograms({ "probe -x": "1" });
    await startSensor("kind: command, command: [probe, -x], timeout: 1500ms", { programs });
    expect(programs.runs).toEqual([{ timeoutMs: 1_500, mostBytes: 65_536 }]);
  });

  it("that hangs disturbs nobody: others are read, and commands are carried out", async () => {
    const programs = new FakePrograms({ hangs: new Promise(() => {}), works: "5" });
    const { bus, clock } = await startHouse(
      `devices:
  a: {kind: command, topic: a, command: [hangs], every: 10s}
  b: {kind: command, topic: b, command: [works], every: 10s}
  lamp: {kind: relay, topic: lamp, pin: 17}
`,
      { programs },
    );
    await clock.advance(60_000);
    expect(bus.retained.get("b/availability")).toBe("online");
    expect(bus.retained.get("a/availability")).toBe("offline");
    bus.receive("lamp/set", "on");
    expect(bus.retained.get("lamp/state")).toBe("ON");
  });
});

describe("the options of a command", () => {
  const problems = (options: string) =>
    checked(`devices:\n  it: {kind: command, topic: t, ${options}}\n`).problems.map((line) =>
      line.replace(/^devices\.yaml:\d+:\d+ {2}/, ""),
    );

  it.each([
    [
      "command: vcgencmd measure_temp",
      'devices.it.command: "vcgencmd …" is not a list; write each word by itself, as in [vcgencmd, measure_temp]',
    ],
    ["command: []", expect.stringContaining("has no word; write the program")],
    [
      "command: [./level.sh]",
      expect.stringContaining("does not begin with a program; write its name, or its whole path"),
    ],
    ["command: ['']", expect.stringContaining("does not begin with a program")],
    ["command: [echo, 5]", "devices.it.command.1: this value is not text; put it in quotes"],
    ["command: [a], timeout: 10s", expect.stringContaining("write a duration from 100ms to 9s")],
    ["command: [a], measures: {t: {json: a..b}}", expect.stringContaining("is no place in JSON")],
    [
      "command: [a], measures: {t: {json: a, after: b}}",
      "devices.it.measures: has both json and after, and a text is either JSON or not; use one of them",
    ],
    ["command: [a], measures: {t: {after: b}, u: {}}", expect.stringContaining("write after for each")],
  ])("are refused with what to do: %s", (options, sentence) => {
    expect(problems(options)).toEqual([sentence]);
  });

  it("allow a path, and words that look like options", () => {
    expect(problems('command: [/usr/local/bin/level, --cm, "5"]')).toEqual([]);
  });
});
