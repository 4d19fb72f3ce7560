import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Lives } from "../fakes/homes/lives.ts";
import { runs } from "../property-runs.ts";
import { device, holiday, number, select } from "./virtual-words.ts";

async function start(options: string) {
  const home = await Lives.begin(device(options));
  const send = (payload: string, topic = "it") => home.bus.receive(topic, payload);
  /** The state without its time. */
  const state = () => {
    const payload = home.bus.retained.get("it/state") ?? "";
    return payload.startsWith("{") ? home.stateOn("it/state") : payload;
  };
  return { home, send, state };
}

describe("a virtual device", () => {
  it.each([
    [holiday, "OFF"],
    [`${holiday}, initial_value: on`, "ON"],
    [number, { value: 19 }],
    ["type: number", { value: 0 }],
    ["type: number, min_value: -20.5, max_value: -3", { value: -20.5 }],
    [select, { value: "home" }],
    [`${select}, initial_value: away`, { value: "Away" }],
  ])("is online at once, and has its initial value: %s", async (options, expected) => {
    const { home, state } = await start(options);
    expect([home.bus.retained.get("it/availability"), state()]).toEqual(["online", expected]);
  });

  it.each([
    [holiday, "on", "ON"],
    [holiday, "Toggle", "ON"],
    [holiday, '{"state":"ON"}', "ON"],
    [holiday, '{"value":true}', "ON"],
    [`${holiday}, initial_value: on`, "toggle", "OFF"],
    [number, "21.5", { value: 21.5 }],
    [number, '{"value":21.5}', { value: 21.5 }],
    [number, '{"Value":" 21.5 "}', { value: 21.5 }],
    [number, "5", { value: 5 }],
    [number, "25", { value: 25 }],
    [number, "21.26", { value: 21.5 }],
    [number, "21.24", { value: 21 }],
    ["type: number, max_value: 1, step: 0.1", "0.3", { value: 0.3 }],
    ["type: number, max_value: 10, step: 4", "10", { value: 8 }],
    ["type: number, min_value: -10, max_value: 10", "-0.2", { value: 0 }],
    [select, "Away", { value: "Away" }],
    [select, " two WEEKS\n", { value: "two weeks" }],
    [select, '{"value":"away"}', { value: "Away" }],
    ['type: select, options: ["1", "2"]', "2", { value: "2" }],
    ['type: select, options: ["1", "2"]', '{"value":2}', { value: "2" }],
  ])("with %s takes %s", async (options, payload, expected) => {
    const { home, send, state } = await start(options);
    send(payload);
    expect([state(), home.house.log.at("warn")]).toEqual([expected, []]);
  });

  it("takes its value alone, and says it alone", async () => {
    const { home, send } = await start(number);
    expect(home.bus.retained.get("it/value")).toBe("19");
    send("20.5", "it/value/set");
    expect(home.bus.retained.get("it/value")).toBe("20.5");
  });

  const ofSwitch = "say on, off or toggle, 1 or 0, true or false";
  const ofNumber = "say a number from 5 to 25";
  const ofSelect = "say one of home, Away, two weeks";
  it.each([
    [holiday, "2", ofSwitch],
    [holiday, '{"state":"ON","value":"off"}', '"state" and "value" say different things'],
    [
      holiday,
      '{"state":"ON","on_time":5}',
      'there is no "on_time" in a command to a virtual switch; say {"state":"ON"}',
    ],
    [holiday, "{}", 'say {"state":"ON"}'],
    [number, "4.9", ofNumber],
    [number, "25.1", ofNumber],
    [number, "on", ofNumber],
    [number, "1e1", ofNumber],
    [number, '{"value":null}', ofNumber],
    [number, '{"value":true}', ofNumber],
    [number, '{"value":1e999}', ofNumber],
    [number, '{"target":20}', 'there is no "target" in a command to a virtual number; say {"value":…}'],
    [number, "[20]", 'say {"value":…}'],
    [select, "work", ofSelect],
    [select, "constructor", ofSelect],
    [select, '{"value":["home"]}', ofSelect],
  ])("with %s refuses %s, and stays as it is", async (options, payload, reason) => {
    const { home, send, state } = await start(options);
    const before = state();
    send(payload);
    expect(home.house.log.at("warn")).toMatchObject([{ message: "refused a command", reason }]);
    expect(state()).toEqual(before);
  });
});

describe("what a virtual device keeps", () => {
  it.each([
    [holiday, "on", "ON"],
    [number, "21.5", { value: 21.5 }],
    [select, "away", { value: "Away" }],
  ])("is there after a kill right behind the command: %s", async (options, payload, expected) => {
    const { home, send, state } = await start(options);
    send(payload);
    await home.kill();
    expect(state()).toEqual(expected);
  });

  it("is written once for each change, and not again for the same value", async () => {
    const { home, send } = await start(number);
    for (const payload of ["20", "20", "20.1"]) send(payload);
    await home.pass(60_000);
    expect(home.stateFile.writes).toBe(1);
  });

  it("is not used where restore_value is false", async () => {
    const { home, send, state } = await start(`${number}, restore_value: false`);
    send("21.5");
    await home.restart();
    expect(state()).toEqual({ value: 19 });
  });

  it.each([
    [number, "21.5", "type: number, min_value: 0, max_value: 20", { value: 0 }],
    [select, "away", "type: select, options: [home, school]", { value: "home" }],
    [number, "21.5", holiday, "OFF"],
    [select, "away", number, { value: 19 }],
  ])("is not used where it does not fit any more: %s, %s, then %s", async (options, payload, later, expected) => {
    const { home, send, state } = await start(options);
    send(payload);
    await home.restart(device(later));
    expect(state()).toEqual(expected);
    expect(home.house.log.at("warn")).toMatchObject([
      { message: "a stored value does not fit any more; uses the initial one" },
    ]);
  });
});

describe("whatever happens to a virtual number", () => {
  const step = fc.oneof(
    fc.integer({ min: 10, max: 50 }).map((half) => ({ send: half / 2 })),
    fc.constantFrom({ send: 4 }, { send: 26 }),
    fc.nat(20_000).map((pass) => ({ pass })),
    fc.constantFrom({ does: "kill" as const }, { does: "restart" as const }, { does: "lose" as const }),
  );

  it("its value is the last one that was accepted", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const { home, send, state } = await start(number);
        let expected = 19;
        for (const what of steps) {
          if ("send" in what) {
            send(String(what.send));
            if (what.send >= 5 && what.send <= 25) expected = what.send;
          } else if ("pass" in what) await home.pass(what.pass);
          else if (what.does === "kill") await home.kill();
          else if (what.does === "restart") await home.restart();
          else {
            home.bus.disconnect({ forget: true });
            home.bus.connect();
          }
          expect([state(), home.bus.retained.get("it/value")]).toEqual([{ value: expected }, String(expected)]);
        }
      }),
      { numRuns: runs(100) },
    );
  }, 60_000);
});
