import { describe, expect, it } from "vitest";
import { checked } from "../../config/checked.ts";
import { Lives } from "../../fakes/homes/lives.ts";

const pin = 6;
const tones = "tones: {alarm: [500ms, 300ms], steady: [], morse: [100ms, 100ms, 300ms, 100ms]}";
const yaml = (more = "") =>
  `devices:\n  siren: {kind: siren, topic: siren, pin: ${pin}, max_duration: 60s, ${tones}${more}}\n`;
const off = { state: "OFF", tone: null, duration: null, limited: false };

async function start(more = "") {
  const home = await Lives.begin(yaml(more));
  return {
    home,
    send: (payload: string) => home.bus.receive("siren", payload),
    state: () => home.stateOn("siren/state"),
    level: () => home.bank.level(pin),
    /** For how long it was on, off, on and so on, since it was first on. */
    parts: () => {
      const changes = home.driven.filter(({ value }, index, all) => index > 0 && value !== all[index - 1]?.value);
      return changes.slice(1).map(({ atMs }, index) => atMs - (changes[index]?.atMs ?? 0));
    },
  };
}

describe("a siren", () => {
  it("is silent at the start, and sounds its first tone again and again when it is on", async () => {
    const { home, send, state, parts } = await start();
    expect([home.bank.history(pin), state()]).toEqual([[0], off]);
    send("on");
    await home.pass(2_399);
    expect(parts()).toEqual([500, 300, 500, 300, 500]);
    expect(state()).toEqual({ state: "ON", tone: "alarm", duration: 60, limited: false });
  });

  it.each([
    ['{"state":"ON","tone":"morse"}', [100, 100, 300, 100, 100, 100, 300, 100]],
    ['{"state":"ON","tone":"alarm"}', [500, 300]],
    ['{"state":"ON","tone":"steady"}', []],
  ])("sounds what is asked for: %s", async (payload, expected) => {
    const { home, send, parts } = await start();
    send(payload);
    await home.pass(1_200);
    expect(parts()).toEqual(expected);
  });

  it("says nothing of the parts of a tone: it is on all the time", async () => {
    const { home, send } = await start();
    send("on");
    await home.pass(3_000);
    const before = home.said.length;
    await home.pass(10_000);
    expect(home.said.slice(before).filter(({ topic }) => topic.startsWith("siren"))).toEqual([]);
    send("toggle");
    expect(home.stateOn("siren/state")).toEqual(off);
  });

  it.each([
    ["between two sounds", 700],
    ["while it sounds", 900],
  ])("is silent at once and for good when it is switched off %s", async (_when, afterMs) => {
    const { home, send, state, level } = await start();
    send("on");
    await home.pass(afterMs);
    send("off");
    const before = home.driven.length;
    await home.pass(120_000);
    expect([level(), state(), home.driven.length]).toEqual([0, off, before]);
  });

  it("ends after the duration of the command, or else after its usual one", async () => {
    const { home, send, state } = await start(", duration: 20s, tone: steady");
    send('{"state":"ON","duration":5}');
    await home.pass(4_999);
    expect(state()).toMatchObject({ state: "ON", tone: "steady", duration: 5 });
    await home.pass(1);
    expect([state(), home.bank.level(pin)]).toEqual([off, 0]);
    send("on");
    await home.pass(19_999);
    expect(state()).toMatchObject({ state: "ON", duration: 20 });
    await home.pass(1);
    expect(state()).toEqual(off);
  });

  it("is on no longer than max_duration since it went on, whatever else is asked for, and says so", async () => {
    const { home, send, state, level } = await start();
    send('{"state":"ON","duration":3600,"tone":"steady"}');
    expect(state()).toEqual({ state: "ON", tone: "steady", duration: 60, limited: true });
    await home.pass(45_000);
    send('{"state":"ON","duration":10,"tone":"steady"}');
    expect(state()).toEqual({ state: "ON", tone: "steady", duration: 10, limited: false });
    await home.pass(5_000);
    send('{"state":"ON","duration":30,"tone":"steady","id":7}');
    expect(state()).toEqual({ state: "ON", tone: "steady", duration: 10, limited: true });
    expect(JSON.parse(home.bus.on("siren/result").at(-1) ?? "")).toMatchObject({
      id: 7,
      accepted: true,
      state: { duration: 10, limited: true },
    });
    await home.pass(9_999);
    expect(level()).toBe(1);
    await home.pass(1);
    expect([level(), state()]).toEqual([0, off]);
    send("on");
    expect(state()).toMatchObject({ duration: 60, limited: false });
  });

  it("ends at max_duration also where min_on is longer, and its tone is one time on for min_on", async () => {
    const { home, send, state } = await start(", min_on: 10m, duration: 10s");
    send("on");
    await home.pass(59_999);
    expect(state()).toMatchObject({ state: "ON" });
    await home.pass(1);
    expect(state()).toEqual(off);
  });

  it("counts from when it went on, where it waited for min_off", async () => {
    const { home, send, state } = await start(", min_off: 30s");
    send('{"state":"ON","tone":"steady","id":1}');
    expect(state()).toEqual(off);
    await home.pass(30_000);
    expect(state()).toEqual({ state: "ON", tone: "steady", duration: 60, limited: false });
    await home.pass(60_000);
    expect(state()).toEqual(off);
  });

  it("is limited also where somebody else switched its pin on", async () => {
    const { home, state, level } = await start();
    const { write } = await home.bank.output(pin, { initial: 0, keep: true });
    write(1);
    await home.pass(2_000);
    expect(state()).toMatchObject({ state: "ON", tone: "alarm", duration: 60 });
    await home.pass(60_000);
    expect([state(), level()]).toEqual([off, 0]);
  });

  it("is silent while the agent is stopped, and after it was killed", async () => {
    const { home, send, level } = await start();
    send("on");
    await home.house.agent.stop();
    expect(level()).toBe(0);
    await home.kill();
    send("on");
    await home.kill();
    expect([level(), home.stateOn("siren/state")]).toEqual([0, off]);
  });
});

describe("a command to a siren", () => {
  const words = "say on, off or toggle, 1 or 0, true or false";
  const example = 'say {"state":"ON"}, with "tone" and "duration" if wanted';
  it.each([
    ["alarm", words],
    ['{"state":"ON","tone":"bell"}', "tone is one of alarm, steady, morse"],
    ['{"state":"ON","tone":1}', "tone is one of alarm, steady, morse"],
    ['{"state":"ON","duration":0}', "duration is more than 0 seconds; to silence the siren, say off"],
    ['{"state":"ON","duration":-1}', "duration is more than 0 seconds; to silence the siren, say off"],
    ['{"state":"ON","duration":1e999}', "duration is a number of seconds"],
    ['{"state":"ON","duration":"5s"}', "duration is a number of seconds"],
    ['{"state":"OFF","tone":"alarm"}', '"tone" and "duration" go with "state":"ON"'],
    ['{"state":"OFF","duration":5}', '"tone" and "duration" go with "state":"ON"'],
    ['{"tone":"alarm"}', example],
    ["[1]", example],
    ['{"state":"ON","volume_level":1}', `there is no "volume_level" in a command to a siren; ${example}`],
  ])("is refused where it is %s", async (payload, reason) => {
    const { home, send, level } = await start();
    send(payload);
    expect(home.house.log.at("warn")).toMatchObject([{ message: "refused a command", reason }]);
    expect(level()).toBe(0);
  });

  it.each(['{"State":"on","Tone":" MORSE ","duration":"5"}', '{"on":true,"tone":"morse","duration":5.0}'])(
    "is taken in any case, and with numbers as texts: %s",
    async (payload) => {
      const { send, state } = await start();
      send(payload);
      expect(state()).toEqual({ state: "ON", tone: "morse", duration: 5, limited: false });
    },
  );
});

describe("the options of a siren", () => {
  const problems = (options: string) =>
    checked(`devices:\n  it: {kind: siren, topic: it, pin: 6, ${options}}\n`).problems.map((line) =>
      line.replace(/^devices\.yaml:2:\d+ {2}devices\.it\./, ""),
    );

  it.each([
    [
      "tones: {a: [1s]}",
      'tones.a: "[1s]" has an odd number of durations; write them in pairs of on and off, as in [500ms, 500ms]',
    ],
    ["tones: {a: 1s}", 'tones.a: "1s" is not a list; write on, off, on, off, as in [500ms, 500ms]'],
    ["tones: {a: [1s, 10ms]}", 'tones.a.1: "10ms" is out of range; write a duration from 20ms to 1m'],
    ["tones: {}", 'tones: "{}" has no tone; write one or remove the line'],
    [
      "tones: {Two Tone: []}",
      'tones.Two Tone: "Two Tone" is not a name of a tone; begin with a small letter, and go on with small letters, digits, _ and -, as in two_tone',
    ],
    ["tone: bell", "tone: is none of the tones, which are steady, slow, fast"],
    ["duration: 10m", "duration: is longer than max_duration; make it shorter, or max_duration longer"],
    ["max_duration: 0s", 'max_duration: "0s" is out of range; write a duration from 1s to 1d'],
    ["duration: 10ms", 'duration: "10ms" is out of range; write a duration from 100ms to 1d'],
  ])("%s is refused", (options, sentence) => {
    expect(problems(options)).toEqual([sentence]);
  });
});
