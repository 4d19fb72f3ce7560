import { describe, expect, it } from "vitest";
import { simulatedBank } from "../../src/gpio/simulated.ts";
import { settled } from "../fakes/clock.ts";
import { startHouse } from "../fakes/house.ts";
import { FakeStateFile } from "../fakes/state-file.ts";

const relay = (more = "") => `devices:\n  lamp: {kind: relay, topic: lamp, pin: 17${more}}\n`;

describe("a relay", () => {
  it.each([
    ["active high", "", 1],
    ["active low", ", active_low: true", 0],
  ] as const)("drives an %s board", async (_board, more, levelOn) => {
    const { pins, bus } = await startHouse(relay(more));
    expect([pins.level(17), bus.retained.get("lamp/state")]).toEqual([1 - levelOn, "OFF"]);
    bus.receive("lamp", "on");
    expect([pins.level(17), bus.retained.get("lamp/state")]).toEqual([levelOn, "ON"]);
  });

  it("does not flicker at start, whatever it starts with", async () => {
    for (const more of ["", ", active_low: true", ", initial: on", ", active_low: true, initial: on"]) {
      const { pins } = await startHouse(relay(more));
      expect(pins.history(17)).toHaveLength(1);
    }
  });

  it("rests as on_exit says, and says so", async () => {
    const level = async (more: string) => {
      const { agent, pins, bus } = await startHouse(relay(more));
      bus.receive("lamp", "on");
      await agent.stop();
      return [pins.level(17), bus.retained.get("lamp/state")];
    };
    expect(await level("")).toEqual([0, "OFF"]);
    expect(await level(", active_low: true")).toEqual([1, "OFF"]);
    expect(await level(", on_exit: keep")).toEqual([1, "ON"]);
    expect(await level(", on_exit: on")).toEqual([1, "ON"]);
  });

  it("takes up a driven pin without a click", async () => {
    const pins = simulatedBank();
    const yaml = relay(", initial: keep, on_exit: keep");
    const first = await startHouse(yaml, { pins });
    first.bus.receive("lamp", "on");
    await first.agent.stop();
    const before = pins.history(17).length;
    const { bus } = await startHouse(yaml, { pins });
    expect(pins.history(17)).toHaveLength(before);
    expect(bus.retained.get("lamp/state")).toBe("ON");
    bus.receive("lamp", "toggle");
    expect(bus.retained.get("lamp/state")).toBe("OFF");
  });

  it("says so when somebody else switched the pin", async () => {
    const { bus, clock, pins } = await startHouse(relay());
    const { write } = await pins.output(17, { initial: 0, keep: true });
    write(1);
    await clock.advance(2_100);
    expect(bus.retained.get("lamp/state")).toBe("ON");
    expect(pins.level(17)).toBe(1);
  });

  it("goes offline when its pin is taken away, also when nobody commands it, and comes back", async () => {
    const pins = simulatedBank();
    let isGone = false;
    const bank = {
      ...pins,
      output: async (pin: number, request: Parameters<typeof pins.output>[1]) => {
        if (isGone) throw new Error("there is no chip");
        const line = await pins.output(pin, request);
        const read = () => {
          if (isGone) throw new Error("pin 17 was taken away");
          return line.read();
        };
        return { ...line, read };
      },
    };
    const { bus, clock, log } = await startHouse(relay(), { bank });
    isGone = true;
    await clock.advance(2_100);
    expect(bus.retained.get("lamp/availability")).toBe("offline");
    expect(log.at("warn")[0]).toMatchObject({ device: "lamp", reason: "pin 17 was taken away" });
    isGone = false;
    await clock.advance(60_000);
    expect(bus.retained.get("lamp/availability")).toBe("online");
  });

  it("switches off again after on_time, unless another command came", async () => {
    const { bus, clock, pins } = await startHouse(relay());
    bus.receive("lamp", '{"state":"ON","on_time":300}');
    await clock.advance(299_000);
    expect(pins.level(17)).toBe(1);
    await clock.advance(1_000);
    expect([pins.level(17), bus.retained.get("lamp/state")]).toEqual([0, "OFF"]);
    bus.receive("lamp", '{"state":"ON","on_time":5}');
    bus.receive("lamp", "on");
    await clock.advance(60_000);
    expect(pins.level(17)).toBe(1);
  });

  it("goes offline when its pin fails as on_time runs out, then begins anew, off; the others go on", async () => {
    const pins = simulatedBank();
    let isBroken = false;
    const bank = {
      ...pins,
      output: async (pin: number, request: Parameters<typeof pins.output>[1]) => {
        const line = await pins.output(pin, request);
        const write = (level: 0 | 1) => {
          if (isBroken && pin === 17) throw new Error("pin 17 was taken away");
          line.write(level);
        };
        return { ...line, write };
      },
    };
    const { bus, clock, log } = await startHouse(`${relay()}  fan: {kind: relay, topic: fan, pin: 18}\n`, { bank });
    bus.receive("lamp", '{"state":"ON","on_time":5}');
    isBroken = true;
    await clock.advance(5_000);
    expect(bus.retained.get("lamp/availability")).toBe("offline");
    expect(log.at("warn")).toMatchObject([{ device: "lamp", reason: "pin 17 was taken away" }]);
    bus.receive("fan", "on");
    expect(bus.retained.get("fan/state")).toBe("ON");
    isBroken = false;
    await clock.advance(1_000);
    expect([bus.retained.get("lamp/availability"), bus.retained.get("lamp/state"), pins.level(17)]).toEqual([
      "online",
      "OFF",
      0,
    ]);
  });
});

describe("a relay that gives pulses", () => {
  const strike = relay(", pulse: 500ms");

  it("is on for its pulse at each command, and refuses another one during that time", async () => {
    const { bus, pins, clock } = await startHouse(strike);
    for (const word of ["on", "toggle", "1"]) {
      bus.receive("lamp", word);
      expect(pins.level(17)).toBe(1);
      await clock.advance(499);
      bus.receive("lamp", '{"state":"ON","id":1}');
      expect(JSON.parse(bus.on("lamp/result").at(-1) ?? "")).toEqual({
        id: 1,
        accepted: false,
        reason: "busy",
        message: "the last pulse is not over",
        state: "ON",
        cause: "mqtt",
      });
      await clock.advance(1);
      expect([pins.level(17), bus.retained.get("lamp/state")]).toEqual([0, "OFF"]);
    }
  });

  it("gives none at its start, and ends one by a command", async () => {
    const { bus, pins, clock } = await startHouse(strike);
    await clock.advance(10_000);
    expect(pins.history(17)).toEqual([0]);
    bus.receive("lamp", "on");
    bus.receive("lamp", "off");
    expect(pins.level(17)).toBe(0);
    bus.receive("lamp", "on");
    await clock.advance(499);
    expect(pins.level(17)).toBe(1);
  });

  it("gives its whole pulse after it had to wait", async () => {
    const { bus, pins, clock } = await startHouse(relay(", pulse: 500ms, min_off: 2s"));
    bus.receive("lamp", "on");
    await clock.advance(1_999);
    expect(pins.level(17)).toBe(0);
    await clock.advance(1 + 499);
    expect(pins.level(17)).toBe(1);
    await clock.advance(1);
    expect(pins.level(17)).toBe(0);
  });

  it("refuses on_time, which would be something else than its pulse", async () => {
    const { bus, pins } = await startHouse(strike);
    bus.receive("lamp", '{"state":"ON","on_time":5,"id":2}');
    expect(JSON.parse(bus.on("lamp/result").at(-1) ?? "")).toMatchObject({ accepted: false, reason: "invalid" });
    expect(pins.history(17)).toEqual([0]);
  });
});

describe("a relay with initial: last", () => {
  const last = (more = "") => relay(`, initial: last${more}`);

  it.each(["on", "off"])("that was %s is so again after a stop and after a crash, without a flicker", async (word) => {
    for (const ends of ["stop", "crash"]) {
      const stateFile = new FakeStateFile();
      const first = await startHouse(last(), { stateFile });
      first.bus.receive("lamp", "on");
      first.bus.receive("lamp", word);
      await settled();
      if (ends === "stop") await first.agent.stop();
      const { pins, bus } = await startHouse(last(), { stateFile });
      expect([pins.history(17), bus.retained.get("lamp/state")]).toEqual(word === "on" ? [[1], "ON"] : [[0], "OFF"]);
    }
  });

  it("that went off by a limit or a timer stays off", async () => {
    for (const more of [", auto_off: 5s", ", max_on: 5s", ""]) {
      const stateFile = new FakeStateFile();
      const first = await startHouse(last(more), { stateFile });
      first.bus.receive("lamp", '{"state":"ON","on_time":5}');
      await first.clock.advance(5_000);
      expect(first.pins.level(17)).toBe(0);
      await settled();
      const { pins } = await startHouse(last(more), { stateFile });
      expect(pins.history(17)).toEqual([0]);
    }
  });

  it("begins off where nothing is known, and waits for min_off", async () => {
    expect((await startHouse(last())).pins.history(17)).toEqual([0]);
    const stateFile = new FakeStateFile();
    const first = await startHouse(last(), { stateFile });
    first.bus.receive("lamp", "on");
    await settled();
    const { pins, clock } = await startHouse(last(", min_off: 3s"), { stateFile });
    expect(pins.history(17)).toEqual([0]);
    await clock.advance(3_000);
    expect(pins.history(17)).toEqual([0, 1]);
  });
});
