import { describe, expect, it } from "vitest";
import { checkConfig } from "../../src/config/check.ts";
import { FakeBus } from "../fakes/bus.ts";
import { settled } from "../fakes/clock.ts";
import { kinds } from "../fakes/kinds.ts";
import { FakeStateFile } from "../fakes/state-file.ts";
import { everyMs, heaterPin, staleMs, type Thermometer, type WarmFurniture, warmHouse } from "../fakes/warm-house.ts";

/** A house that heats to 20 °C, read once; at 19 °C it heats. */
async function heating(parts: WarmFurniture = {}) {
  const house = await warmHouse({ thermostat: "heater: heater, mode: heat", first: 19, ...parts });
  await house.clock.advance(1_000);
  return house;
}

describe("a thermostat", () => {
  it("heats from half a degree below the target to the target, and not again before", async () => {
    const { read, on, state } = await heating({ first: 20 });
    const seen: unknown[] = [];
    for (const temperature of [19.8, 19.6, 19.5, 19.7, 19.9, 20, 19.9, 19.6, 19.4]) {
      await read(temperature);
      seen.push([temperature, on(), state()["action"]]);
    }
    expect(seen).toEqual([
      [19.8, "nothing", "idle"],
      [19.6, "nothing", "idle"],
      [19.5, "heater", "heating"],
      [19.7, "heater", "heating"],
      [19.9, "heater", "heating"],
      [20, "nothing", "idle"],
      [19.9, "nothing", "idle"],
      [19.6, "nothing", "idle"],
      [19.4, "heater", "heating"],
    ]);
  });

  it("cools from above the target to the target", async () => {
    const { read, on, state } = await warmHouse({ thermostat: "cooler: cooler, mode: cool, hysteresis: 1" });
    const seen: unknown[] = [];
    for (const temperature of [20.9, 21, 20.1, 20, 15]) {
      await read(temperature);
      seen.push([on(), state()["action"]]);
    }
    expect(seen).toEqual([
      ["nothing", "idle"],
      ["cooler", "cooling"],
      ["cooler", "cooling"],
      ["nothing", "idle"],
      ["nothing", "idle"],
    ]);
  });

  it("heats or cools, whichever is needed, in heat_cool", async () => {
    const { read, on } = await warmHouse({ thermostat: "heater: heater, cooler: cooler, mode: heat_cool" });
    const seen: unknown[] = [];
    for (const temperature of [19, 21, 19, 20.2]) {
      await read(temperature);
      seen.push(on());
    }
    expect(seen).toEqual(["heater", "cooler", "heater", "nothing"]);
  });

  it("takes a band of a tenth of a degree for what it is", async () => {
    const { read, on } = await warmHouse({ thermostat: "heater: heater, mode: heat, target: 20.3, hysteresis: 0.1" });
    await read(20.2);
    expect(on()).toBe("heater");
  });

  it("does nothing until somebody wants it to, unless its owner has chosen a mode", async () => {
    const { bus, clock, on, state } = await warmHouse({ first: 10 });
    await clock.advance(60_000);
    expect([on(), state()]).toEqual([
      "nothing",
      { mode: "off", action: "off", target: 20, current: 10, sensor: "good" },
    ]);
    bus.receive("it", "heat");
    expect([on(), state()]).toEqual([
      "heater",
      { mode: "heat", action: "heating", target: 20, current: 10, sensor: "good" },
    ]);
  });

  it("works as well without a broker", async () => {
    const { bus, read, on } = await heating({ first: 20 });
    bus.disconnect({ forget: true });
    await read(19);
    expect(on()).toBe("heater");
    await read(20);
    expect(on()).toBe("nothing");
  });

  it("does not fill the log with readings: only what it does is told, after its first reading", async () => {
    const { read, log } = await heating({ first: 20 });
    for (const temperature of [20.1, 20.2, 20.3, 19, 19.1]) await read(temperature);
    const told = log.at("info").filter(({ device }) => device === "it");
    expect(told.map(({ payload }) => JSON.parse(String(payload)).action)).toEqual(["idle", "heating"]);
    expect(log.at("info").find(({ device }) => device === "heater")).toMatchObject({ cause: "device:it" });
  });
});

describe("a thermostat's commands", () => {
  const both = "heater: heater, cooler: cooler";
  it.each<[string, string, string, Record<string, unknown>]>([
    [both, "it/set", '{"mode":"heat"}', { mode: "heat" }],
    [both, "it/set", '{"mode":"COOL","target":"21.5"}', { mode: "cool", target: 21.5 }],
    [both, "it", '{"target":18}', { target: 18 }],
    [both, "it", " Heat_Cool ", { mode: "heat_cool" }],
    [both, "it", "cool", { mode: "cool" }],
    [both, "it", "on", { mode: "heat_cool" }],
    [both, "it", "auto", { mode: "heat_cool" }],
    ["heater: heater", "it", "ON", { mode: "heat" }],
    ["cooler: cooler", "it", "on", { mode: "cool" }],
    ["heater: heater, mode: heat", "it", "off", { mode: "off" }],
    [both, "it/mode/set", "heat", { mode: "heat" }],
    [both, "it/mode/set", '"off"', { mode: "off" }],
    [both, "it/target/set", "21.5", { target: 21.5 }],
    [both, "it/target/set", "21.26", { target: 21.3 }],
    [both, "it/target/set", "5", { target: 5 }],
    [`${both}, min_target: -30`, "it/target/set", "-18.0", { target: -18 }],
    [`${both}, min_target: -30`, "it/set", '{"target":-18}', { target: -18 }],
  ])("with %s on %s may be %s", async (thermostat, topic, payload, wanted) => {
    const { bus, state, log } = await warmHouse({ thermostat });
    bus.receive(topic, payload);
    expect(state()).toMatchObject(wanted);
    expect(log.at("warn")).toEqual([]);
  });

  it.each([
    [both, "it", "warm", "say off, heat, cool, heat_cool, or on for heat_cool"],
    ["heater: heater", "it", "cool", "say off, heat, or on for heat"],
    ["heater: heater", "it", "heat_cool", "say off, heat, or on for heat"],
    [both, "it", "21", "say off, heat, cool, heat_cool, or on for heat_cool"],
    [both, "it/set", "{}", 'say {"mode":"off"} or {"target":21}'],
    [both, "it/set", '{"mode":null}', "say off, heat, cool, heat_cool, or on for heat_cool"],
    [both, "it/set", '{"target":"warm"}', "target is a number in °C, such as 21.5"],
    [both, "it/set", '{"target":true}', "target is a number in °C, such as 21.5"],
    [both, "it/set", '{"target":1e999}', "target is from 5 to 30 °C"],
    [both, "it/target/set", "30.1", "target is from 5 to 30 °C"],
    [both, "it/target/set", "-5", "target is from 5 to 30 °C"],
    [both, "it/target/set", "2e1", "target is a number in °C, such as 21.5"],
    [both, "it/mode/set", "dry", "say off, heat, cool, heat_cool, or on for heat_cool"],
    [
      both,
      "it/set",
      '{"temperature":21}',
      'there is no "temperature" in a command to a thermostat; say {"mode":"off"} or {"target":21}',
    ],
    [
      both,
      "it/set",
      '{"mode":"dry","target":99}',
      "say off, heat, cool, heat_cool, or on for heat_cool; target is from 5 to 30 °C",
    ],
  ])("with %s on %s are refused: %s", async (thermostat, topic, payload, reason) => {
    const { bus, state, log } = await warmHouse({ thermostat });
    const before = state();
    bus.receive(topic, payload);
    expect(log.at("warn")).toMatchObject([{ reason }]);
    expect(state()).toEqual(before);
  });

  it.each([
    ["it/mode/set", "heat", { mode: "heat", target: 23 }],
    ["it/target/set", "25", { mode: "off", target: 25 }],
  ])("on %s are kept over a power cut that comes at once", async (topic, payload, kept) => {
    const stateFile = new FakeStateFile();
    const first = await warmHouse({ stateFile, thermostat: "heater: heater, target: 23" });
    first.bus.receive(topic, payload);
    await settled();
    const { clock, on, state } = await warmHouse({ stateFile, thermostat: "heater: heater, target: 23", first: 19 });
    await clock.advance(1_000);
    expect([on(), state()]).toMatchObject([kept.mode === "heat" ? "heater" : "nothing", kept]);
  });

  it("that its owner no longer allows are forgotten", async () => {
    const stateFile = new FakeStateFile();
    const first = await warmHouse({ stateFile });
    first.bus.receive("it", '{"mode":"cool","target":29}');
    await settled();
    const thermostat = "heater: heater, mode: heat, max_target: 25, target: 18";
    const { state, log } = await warmHouse({ stateFile, thermostat });
    expect(state()).toMatchObject({ mode: "heat", target: 18 });
    expect(log.at("warn").map(({ name }) => name)).toEqual(["mode", "target"]);
  });
});

describe("a thermostat without a good reading", () => {
  it("goes on while one reading is suspect, and off once the sensor is offline; then it comes back", async () => {
    const { read, on, state, log } = await heating();
    await read("fails");
    expect([on(), state()]).toMatchObject(["heater", { sensor: "good", action: "heating", current: 19 }]);
    await read("fails");
    expect([on(), state()]).toMatchObject(["nothing", { sensor: "missing", action: "idle", current: null }]);
    const ownWarnings = () => log.at("warn").filter(({ device }) => device === "it");
    expect(ownWarnings()).toMatchObject([{ sensor: "room.temperature", reading: "missing" }]);
    for (let count = 0; count < 10; count += 1) await read("fails");
    expect(ownWarnings()).toHaveLength(1);
    for (let count = 0; count < 8; count += 1) await read(19);
    expect([on(), state()]).toMatchObject(["heater", { sensor: "good", action: "heating", current: 19 }]);
    expect(log.lines.at(-1)?.level).not.toBe("warn");
    expect(log.lines.filter(({ message }) => message === "there are good readings again")).toHaveLength(1);
  });

  it.each<[string, Thermometer]>([
    ["heat", 10],
    ["cool", 30],
  ])("does not begin to %s by a suspect one", async (mode, temperature) => {
    const { bus, clock, read, on, state } = await warmHouse({ first: temperature });
    await clock.advance(1_000);
    await read("fails");
    expect(state()).toMatchObject({ sensor: "good", current: temperature });
    bus.receive("it", mode);
    expect([on(), state()]).toMatchObject(["nothing", { mode, action: "idle" }]);
    await read(temperature);
    expect(on()).not.toBe("nothing");
  });

  it("does not begin by a suspect one either where the beginning waited for min_off", async () => {
    const { read, on, set, clock } = await heating({ heater: "min_off: 12s" });
    expect(on()).toBe("nothing");
    await read("fails");
    await clock.advance(2_000);
    expect(on()).toBe("nothing");
    set(19);
    await clock.advance(1_000);
    expect(on()).toBe("heater");
  });

  it("goes off by itself, at most ten seconds after its last reading has become stale", async () => {
    const { on, state, set, clock, log } = await heating({ others: 8 });
    set("slow");
    await clock.advance(20_000);
    expect(state()).toMatchObject({ sensor: "good", action: "heating" });
    // Nine slow ones on one bus: the next reading comes more than a minute later, and nobody has failed.
    await clock.advance(staleMs + 10_000);
    expect([on(), state()]).toMatchObject(["nothing", { sensor: "stale", action: "idle", current: null }]);
    expect(log.at("warn")).toMatchObject([{ device: "it", reading: "stale" }]);
    set(19);
    await clock.advance(100_000);
    expect([on(), state()]).toMatchObject(["heater", { sensor: "good", action: "heating", current: 19 }]);
  });

  it("goes off when its sensor hangs", async () => {
    const { on, set, clock } = await heating();
    set("hangs");
    await clock.advance(everyMs + staleMs);
    expect(on()).toBe("nothing");
  });

  it("is off where the sensor gives no temperature, and heats again with the next one", async () => {
    const { read, on, state } = await heating();
    await read("null");
    expect([on(), state()]).toMatchObject(["nothing", { sensor: "missing", current: null }]);
    await read(19);
    expect(on()).toBe("heater");
  });

  it("says so once where the sensor has been silent since the start, but not before it could speak", async () => {
    const { clock, log, state } = await warmHouse({ first: "hangs", thermostat: "heater: heater, mode: heat" });
    const told = () => log.at("warn").filter(({ device }) => device === "it");
    await clock.advance(9_000);
    expect([told(), state()]).toMatchObject([[], { sensor: "missing", action: "idle" }]);
    await clock.advance(600_000);
    expect(told()).toHaveLength(1);
  });
});

describe("a thermostat's outputs", () => {
  it("are switched back a second after somebody else switched them", async () => {
    const { bus, clock, on, read } = await heating();
    bus.receive("heater", "off");
    expect(on()).toBe("nothing");
    await clock.advance(1_000);
    expect(on()).toBe("heater");
    await read(21);
    bus.receive("heater", "on");
    await clock.advance(1_000);
    expect(on()).toBe("nothing");
  });

  it("are switched back however often somebody else switches them", async () => {
    const { bus, clock, pins } = await heating({ first: 21 });
    await clock.advance(20_000);
    const before = pins.history(heaterPin).length;
    for (let count = 0; count < 40; count += 1) {
      bus.receive("heater", "on");
      await clock.advance(500);
    }
    // Half of the forty commands find it off again.
    expect(pins.history(heaterPin).length - before).toBeGreaterThanOrEqual(38);
  });

  it("are not both on though somebody switches the other one on: a second later neither is", async () => {
    const { bus, clock, on, state } = await warmHouse({ first: 19, cooler: "min_on: 1m" });
    bus.receive("it", "heat");
    await clock.advance(5_000);
    expect(on()).toBe("heater");
    bus.receive("cooler", "on");
    await clock.advance(1_000);
    // The cooler may not go off yet, so the heater has to.
    expect([on(), state()["action"]]).toEqual(["cooler", "cooling"]);
    await clock.advance(62_000);
    expect([on(), state()["action"]]).toEqual(["heater", "heating"]);
  });

  it("say what is done: heating that waits for min_off is idle, and goes on that waits for min_on", async () => {
    const { clock, read, on, state, bus } = await heating({ heater: "min_off: 1m, min_on: 2m" });
    expect([on(), state()["action"]]).toEqual(["nothing", "idle"]);
    await clock.advance(59_000);
    expect([on(), state()["action"]]).toEqual(["heater", "heating"]);
    await read(25);
    expect([on(), state()["action"]]).toEqual(["heater", "heating"]);
    bus.receive("it", "off");
    expect(state()).toMatchObject({ mode: "off", action: "heating" });
    await clock.advance(120_000);
    expect([on(), state()["action"]]).toEqual(["nothing", "off"]);
  });

  it("do not go on for a wish that is over while it waited", async () => {
    const { clock, read, on, pins } = await heating({ heater: "min_off: 1m" });
    await read(21);
    await clock.advance(120_000);
    expect([on(), pins.history(heaterPin)]).toEqual(["nothing", [0]]);
  });

  it("wait for each other where the one may not go off yet", async () => {
    const thermostat = "heater: heater, cooler: cooler, mode: heat_cool";
    const { clock, read, on } = await warmHouse({ thermostat, heater: "min_on: 1m" });
    await read(19);
    await read(22);
    expect(on()).toBe("heater");
    const seen = new Set<string>();
    for (let second = 0; second < 60; second += 1) {
      await clock.advance(1_000);
      seen.add(on());
    }
    expect(seen).not.toContain("both");
    expect(on()).toBe("cooler");
  });

  it("that are on when the agent starts go off where there is no reason for it", async () => {
    const { on, clock } = await warmHouse({ first: "hangs", heater: "initial: on" });
    expect(on()).toBe("heater");
    await clock.advance(1_000);
    expect(on()).toBe("nothing");
  });

  it("rest as their owner wants when the agent stops", async () => {
    const off = await heating();
    await off.agent.stop();
    expect(off.on()).toBe("nothing");
    const keep = await heating({ heater: "on_exit: keep" });
    await keep.agent.stop();
    expect(keep.on()).toBe("heater");
  });

  it("go off when the thermostat alone fails, and on again with its next run", async () => {
    const stateFile = new FakeStateFile();
    const bus = new FakeBus();
    const { clock, on, log } = await heating({ stateFile, bus });
    expect(on()).toBe("heater");
    const publish = bus.publish.bind(bus);
    bus.publish = (...message) => {
      if (message[0] === "it/state") throw new Error("broken");
      publish(...message);
    };
    bus.receive("it/target/set", "25");
    expect(on()).toBe("nothing");
    await settled();
    bus.publish = publish;
    expect(log.at("warn")).toMatchObject([{ device: "it", reason: "broken" }]);
    await clock.advance(2_000);
    expect(on()).toBe("heater");
  });
});

describe("a thermostat in devices.yaml", () => {
  const problems = (options: string) => {
    const text = `devices:
  room: {kind: dht, topic: room, pin: 4}
  heater: {kind: relay, topic: heater, pin: 17}
  cooler: {kind: relay, topic: cooler, pin: 27}
  it: {kind: thermostat, topic: it, sensor: room.temperature${options}}
`;
    const known = { kinds, backends: [], environment: {}, hostname: "test" };
    return checkConfig("devices.yaml", new TextEncoder().encode(text), known).problems;
  };

  it.each([
    [", heater: heater", []],
    [", cooler: cooler, mode: cool, target: 5, min_target: 5, max_target: 5", []],
    ["", ["heater: is missing, and so is cooler; name the output that heats or cools"]],
    [", heater: heater, cooler: heater", ["cooler: is the heater too; name another output"]],
    [", heater: heater, mode: cool", ["mode: needs other outputs; write one of off, heat"]],
    [", heater: heater, target: 31", ["target: is not from 5 to 30; change it, or the limits"]],
    [", heater: heater, max_target: 18", ["target: is not from 5 to 18; change it, or the limits"]],
    [
      ", heater: heater, min_target: 25, max_target: 18",
      ["min_target: is above max_target, which is 18; exchange them"],
    ],
    [", heater: heater, cooler: heater, mode: auto", ['mode: "auto" is none of off, heat, cool, heat_cool']],
    [", heater: room", ['heater: "room" is a dht, which cannot be switched on and off; name an output']],
  ])("with the options %s has these problems: %j", (options, expected) => {
    const sentences = problems(options).map((line) => line.replace(/^devices\.yaml:5:\d+ {2}devices\.it\./, ""));
    expect(sentences).toEqual(expected);
  });
});
