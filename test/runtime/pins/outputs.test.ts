import { describe, expect, it } from "vitest";
import { UserError } from "../../../src/core/errors.ts";
import { pin } from "../../../src/core/pin.ts";
import { simulatedBank } from "../../../src/gpio/simulated.ts";
import { checked } from "../../config/checked.ts";
import { FakeClock, settled } from "../../fakes/clock.ts";
import { startHouse } from "../../fakes/house.ts";
import { probe } from "../../fakes/probe.ts";

const yaml = "devices:\n  it: {kind: probe, topic: it}\n";
/** With an output of its own. */
const withPin = "devices:\n  it: {kind: probe, topic: it, pin: 17}\n";

describe("outputs", () => {
  const relays = (count: number) =>
    `devices:\n${Array.from({ length: count }, (_, index) => `  r${index}: {kind: relay, topic: r${index}, pin: ${index + 10}}\n`).join("")}`;
  const never = new Promise<never>(() => {});

  /** Relays that are on, of which the one on that pin has a line that does not close. */
  async function withStuckLine(stuck: number) {
    const pins = simulatedBank();
    const output: typeof pins.output = async (number, request) => {
      const line = await pins.output(number, request);
      return number === stuck ? { ...line, close: () => never } : line;
    };
    const house = await startHouse(relays(4), { pins, bank: { ...pins, output } });
    for (const index of [0, 1, 2, 3]) house.bus.receive(`r${index}`, "on");
    expect([10, 11, 12, 13].map((number) => pins.level(number))).toEqual([1, 1, 1, 1]);
    return { ...house, pins };
  }

  it("come to rest all at once, whichever of them hangs, and who is not at rest in 5 s is named", async () => {
    for (const stuck of [10, 12, 13]) {
      const { agent, pins, clock, bus, log } = await withStuckLine(stuck);
      const stopped = agent.stop();
      await settled();
      expect([10, 11, 12, 13].map((number) => pins.level(number))).toEqual([0, 0, 0, 0]);
      await clock.advance(5_000);
      expect(await stopped).toBe(false);
      const device = `r${stuck - 10}`;
      expect(log.at("error")).toMatchObject([
        { device, reason: "it was not at rest within 5 s" },
        { devices: [device], message: "stopped, but not every device is at rest" },
      ]);
      expect(bus.retained.get("pi2mqtt/test/status")).toBe("offline");
    }
  });

  it("of one device do not wait for each other either", async () => {
    const pins = simulatedBank();
    const output: typeof pins.output = async (number, request) => ({
      ...(await pins.output(number, request)),
      close: () => never,
    });
    const two = probe({
      options: { open_pin: pin("One.", "output"), close_pin: pin("Other.", "output") },
      setup: async ({ open_pin, close_pin }, { gpio }) => {
        for (const number of [open_pin, close_pin] as number[])
          (await gpio.output(number, { onState: () => {} })).set(true);
        return {};
      },
    });
    const house = "devices:\n  it: {kind: probe, topic: it, open_pin: 17, close_pin: 27}\n";
    const { agent } = await startHouse(house, { pins, bank: { ...pins, output }, kinds: [two] });
    void agent.stop();
    await settled();
    expect([pins.level(17), pins.level(27)]).toEqual([0, 0]);
  });

  it("that are at rest let the agent say so", async () => {
    const { agent } = await startHouse(relays(2));
    expect(await agent.stop()).toBe(true);
  });

  it("that hang at their set-up keep nobody waiting for more than 2 s", async () => {
    const clock = new FakeClock();
    const pins = simulatedBank();
    const output: typeof pins.output = (number, request) => (number === 10 ? never : pins.output(number, request));
    const house = startHouse(relays(2), { clock, pins, bank: { ...pins, output } });
    await clock.advance(2_000);
    const { agent, bus, log } = await house;
    expect(bus.retained.get("r1/availability")).toBe("online");
    expect(agent.status()).toBe("1 of 2 devices online; starting: r0");
    expect(log.at("warn")).toMatchObject([{ devices: ["r0"] }]);
  });

  it("can only be claimed where an option names them, as safe-state could not find them otherwise", async () => {
    const { log } = await startHouse(yaml, {
      kinds: [
        probe({ setup: async (_options, { gpio }) => void (await gpio.output(17, { onState: () => {} })) as never }),
      ],
    });
    expect(log.at("warn")).toMatchObject([{ reason: "no option that was made with pin() names pin 17" }]);
  });
});

describe("the limits of outputs in devices.yaml", () => {
  it("hold for a relay, and an answer says what waits and for how many seconds", async () => {
    const { bus, clock, pins, log } = await startHouse(
      "devices:\n  pump: {kind: relay, topic: pump, pin: 17, min_off: 3m, max_on: 10m}\n",
    );
    bus.receive("pump", '{"state":"ON","id":1}');
    expect([pins.level(17), ...bus.on("pump/result").map((text) => JSON.parse(text))]).toEqual([
      0,
      { id: 1, accepted: true, waits_for: "min_off", wait: 180, state: "OFF", cause: "initial" },
    ]);
    await clock.advance(180_000);
    expect([pins.level(17), bus.retained.get("pump/state")]).toEqual([1, "ON"]);
    await clock.advance(300_000);
    bus.receive("pump", '{"state":"ON","id":2}');
    await clock.advance(300_000);
    expect([pins.level(17), bus.retained.get("pump/state")]).toEqual([0, "OFF"]);
    expect(log.at("info").filter(({ message }) => message === "state")).toMatchObject([
      { payload: "ON", cause: "min_off" },
      { payload: "OFF", cause: "max_on" },
    ]);
  });

  it("hold for a light", async () => {
    const { bus, clock, pins } = await startHouse(
      "devices:\n  strip: {kind: light, topic: strip, pin: 18, max_on: 1m}\n",
    );
    bus.receive("strip", "50%");
    await clock.advance(59_000);
    bus.receive("strip", "80%");
    expect(pins.duty(18)).toBeCloseTo(0.8, 2);
    await clock.advance(1_000);
    expect(pins.duty(18)).toBe(0);
  });

  it("are refused for what has no output, and out of their range", () => {
    const problems = (options: string) => checked(`devices:\n  it: {topic: it, ${options}}\n`).problems.join();
    expect(problems("kind: contact, pin: 5, min_on: 5s")).toContain('there is no option "min_on" for the kind contact');
    expect(problems("kind: relay, pin: 5, min_on: 2d")).toContain("is out of range; write a duration from 1s to 1d");
  });
});

describe("the log of an output", () => {
  const lamp = "devices:\n  lamp: {kind: relay, topic: lamp, pin: 17}\n";
  const states = (log: Awaited<ReturnType<typeof startHouse>>["log"], level: string) =>
    log.at(level).filter(({ message }) => message === "state");

  it("says at info what nobody asked for by MQTT: a timer, the end of the agent, somebody else", async () => {
    const { agent, bus, clock, log, pins } = await startHouse(lamp);
    bus.receive("lamp", '{"state":"ON","on_time":5}');
    await clock.advance(5_000);
    const { write } = await pins.output(17, { initial: 0, keep: true });
    write(1);
    await clock.advance(2_000);
    await agent.stop();
    expect(states(log, "info")).toMatchObject([
      { device: "lamp", payload: "OFF", cause: "on_time" },
      { payload: "ON", cause: "outside" },
      { payload: "OFF", cause: "on_exit" },
    ]);
  });

  it("says at debug what the start and commands did, with the cause too", async () => {
    const { agent, bus, log } = await startHouse(lamp);
    bus.receive("lamp", "on");
    bus.receive("lamp", "off");
    await agent.stop();
    expect(states(log, "debug")).toMatchObject([
      { payload: "OFF", cause: "initial" },
      { payload: "ON", cause: "mqtt" },
      { payload: "OFF", cause: "mqtt" },
      { payload: "OFF", cause: "on_exit" },
    ]);
    expect(states(log, "info")).toEqual([]);
  });

  it("says at info what a failure and the start after it did to the output", async () => {
    const pins = simulatedBank();
    let isBroken = false;
    const output: typeof pins.output = async (number, request) => {
      const line = await pins.output(number, request);
      const read = () => {
        if (!isBroken) return line.read();
        isBroken = false;
        throw new UserError("pin 17 failed");
      };
      return { ...line, read };
    };
    const yaml = "devices:\n  lamp: {kind: relay, topic: lamp, pin: 17, initial: on}\n";
    const { clock, log } = await startHouse(yaml, { pins, bank: { ...pins, output } });
    isBroken = true;
    await clock.advance(10_000);
    expect(states(log, "info")).toMatchObject([
      { payload: "OFF", cause: "on_exit" },
      { payload: "ON", cause: "initial" },
    ]);
  });
});

describe("a device that cannot be brought to rest", () => {
  it("is told of, also when it gets its hardware too late, and nothing else suffers", async () => {
    const bank = {
      description: "a bank that is slow and cannot close",
      output: async () => {
        await claimed;
        const close = () => Promise.reject(new UserError("cannot let go"));
        return { write: () => {}, read: () => 0 as const, close };
      },
      input: () => Promise.reject(new Error("no inputs here")),
      close: async () => {},
    };
    let letGo: () => void = () => {};
    const claimed = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const kinds = [
      probe({
        options: { pin: pin("The pin.", "output") },
        setup: async (_options, context) => {
          void context.gpio.output(17, { onState: () => {} });
          return {};
        },
      }),
    ];
    const { agent, log } = await startHouse(withPin, { kinds, bank });
    await agent.stop();
    letGo();
    await settled();
    expect(log.at("error")).toMatchObject([{ device: "it", reason: "cannot let go" }]);
  });
});
