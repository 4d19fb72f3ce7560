import { describe, expect, it } from "vitest";
import { z } from "zod";
import { MachineLives } from "../../fakes/homes/machine-lives.ts";
import { kinds } from "../../fakes/kinds.ts";
import { probe } from "../../fakes/probe.ts";
import { type Given, settableKinds } from "../../fakes/settable-sensor.ts";

const pin = 17;
const minute = 60_000;
/** The thermometer is read every 10 s. It is offline after three failures: at once, and two times 3 s later. */
const failedMs = 10_000 + 2 * 3_000;

/** An output with these options beside a thermometer, `room`. */
async function heated(options: string, { first = { temperature: 20 } as Given, more = "" } = {}) {
  let given: Given = first;
  const yaml = `devices:\n  room: {kind: thermometer, topic: room, every: 10s}\n  it: {topic: it, pin: ${pin}, ${options}}\n${more}`;
  const lives = new MachineLives(yaml, { kinds: [...kinds, ...settableKinds(() => given)] });
  await lives.start();
  await lives.advance(2_000);
  return {
    lives,
    set: (next: Given) => {
      given = next;
    },
    isOn: () => lives.level(pin) === 1,
    send: (payload: string) => lives.send("it", payload),
    ask: (payload: string) => {
      lives.send("it", `{${payload},"id":1}`);
      return JSON.parse(lives.bus.on("it/result").at(-1) ?? "{}") as Record<string, unknown>;
    },
  };
}

const relay = (failsafe: string, more = "") =>
  `kind: relay, failsafe: {stale_sensor: room.temperature${failsafe}}${more}`;

describe("stale_sensor", () => {
  it("switches off when the sensor has failed, and refuses to switch on until it is back", async () => {
    const { lives, set, isOn, send, ask } = await heated(relay(""));
    send("on");
    set("fails");
    await lives.advance(failedMs);
    expect(isOn()).toBe(false);
    expect(ask('"state":"ON"')).toEqual({
      id: 1,
      accepted: false,
      reason: "failsafe",
      message: "there is no good reading of room.temperature; until there is one, the output stays off",
      state: "OFF",
      cause: "failsafe:stale_sensor",
    });
    expect(ask('"state":"TOGGLE"')).toMatchObject({ accepted: false, reason: "failsafe" });
    expect(ask('"state":"OFF"')).toMatchObject({ accepted: true });
    expect(isOn()).toBe(false);
    set({ temperature: 20 });
    await lives.advance(minute);
    expect(isOn()).toBe(false);
    expect(ask('"state":"ON"')).toMatchObject({ accepted: true });
    expect(isOn()).toBe(true);
  });

  it("switches off when the last reading is too old, although nothing has failed", async () => {
    let reading: Promise<unknown> | unknown = { temperature: 20 };
    const slow = probe({
      kind: "slow",
      command: undefined as never,
      measures: { temperature: { digits: 1, range: [-40, 80] } },
      state: z.unknown(),
      setup: async (_options, context) => {
        context.poll({ everyMs: 10_000, timeoutMs: 60 * minute, read: async () => reading });
        return {};
      },
    });
    const yaml = `devices:\n  room: {kind: slow, topic: room}\n  it: {topic: it, pin: ${pin}, ${relay("")}}\n`;
    const lives = new MachineLives(yaml, { kinds: [...kinds, slow] });
    await lives.start();
    // Read 0.5 s after the start and then every 10 s, the last time at 60.5 s; stale 35 s after that, seen 5 s later at most.
    await lives.advance(minute + 2_000);
    lives.send("it", "on");
    reading = new Promise(() => {});
    await lives.advance(33_000);
    expect(lives.level(pin)).toBe(1);
    await lives.advance(6_000);
    expect(lives.level(pin)).toBe(0);
  });

  it("is not troubled by one failed reading", async () => {
    const { lives, set, isOn, send } = await heated(relay(""));
    send("on");
    set("fails");
    await lives.advance(8_000);
    set({ temperature: 20 });
    await lives.advance(minute);
    expect(isOn()).toBe(true);
  });

  it("gives a sensor a minute for its first reading", async () => {
    const { lives, isOn } = await heated(relay("", ", initial: on"), { first: "fails" });
    await lives.advance(57_999);
    expect(isOn()).toBe(true);
    await lives.advance(1);
    expect(isOn()).toBe(false);
  });

  it("gives that minute once, however often the agent crashes", async () => {
    const { lives, isOn } = await heated(relay("", ", initial: on"), { first: "fails" });
    for (let round = 0; round < 2; round += 1) {
      await lives.advance(10_000);
      await lives.kill(10_000);
      expect(isOn()).toBe(true);
    }
    await lives.advance(10_000);
    await lives.kill(10_000);
    expect(isOn()).toBe(false);
    expect(lives.drivenHigh(pin).filter((atMs) => atMs > minute)).toEqual([]);
  });

  it("keeps what must be on on, and refuses to switch it off", async () => {
    const { lives, set, isOn, ask } = await heated(relay(", state: on"));
    set("fails");
    await lives.advance(failedMs);
    expect(isOn()).toBe(true);
    expect(ask('"state":"OFF"')).toMatchObject({ accepted: false, reason: "failsafe" });
    expect(isOn()).toBe(true);
    await lives.kill(0);
    expect(isOn()).toBe(true);
    expect(ask('"state":"ON","on_time":60')).toMatchObject({ accepted: true });
    await lives.advance(2 * minute);
    expect(isOn()).toBe(true);
  });

  it("ends the time of the command before", async () => {
    const { lives, set, isOn, send } = await heated(relay(", state: on"));
    send('{"state":"ON","on_time":60}');
    set("fails");
    await lives.advance(failedMs);
    set({ temperature: 20 });
    await lives.advance(2 * minute);
    expect(isOn()).toBe(true);
  });

  it("switches off again what another program switches on", async () => {
    const { lives, set, isOn } = await heated(relay(""));
    set("fails");
    await lives.advance(failedMs);
    lives.drive(pin, 1);
    expect(isOn()).toBe(true);
    await lives.advance(2_000);
    expect(isOn()).toBe(false);
  });

  it.each([
    ["a fan with pulses", "kind: fan, initial: last", '"percentage":60'],
    ["a fan that is on at the start", "kind: fan, initial: on", '"percentage":60'],
    ["a light that is on at the start", "kind: light, initial: on", '"state":"ON"'],
    ["a light", "kind: light, initial: last, default_transition: 5s", '"state":"ON"'],
    ["a siren", "kind: siren, tones: {alarm: [500ms, 500ms]}", '"state":"ON"'],
  ])("holds for %s, whatever it does by itself, also over restarts", async (_what, options, command) => {
    const { lives, set, ask } = await heated(`${options}, failsafe: {stale_sensor: room.temperature}`);
    ask(command);
    await lives.advance(1_000);
    const state = () => JSON.parse(lives.bus.retained.get("it/state") ?? "{}").state;
    expect(state()).toBe("ON");
    set("fails");
    await lives.advance(failedMs);
    expect(state()).toBe("OFF");
    expect(ask(command)).toMatchObject({ accepted: false, reason: "failsafe" });
    for (let round = 0; round < 3; round += 1) {
      await lives.advance(20_000);
      expect(state()).toBe("OFF");
      await lives.kill(0);
      expect(state()).toBe("OFF");
      // Not even for an instant.
      expect(lives.log.lines.filter(({ payload }) => String(payload).includes('"state":"ON"'))).toEqual([]);
    }
    set({ temperature: 20 });
    await lives.advance(2 * minute);
    expect(state()).toBe("OFF");
    await lives.stop(0);
    await lives.advance(10_000);
    expect(state()).toBe(options.includes("initial: on") ? "ON" : "OFF");
  });
});
