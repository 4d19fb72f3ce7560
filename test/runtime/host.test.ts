import { describe, expect, it } from "vitest";
import { UserError } from "../../src/core/errors.ts";
import { pin } from "../../src/core/pin.ts";
import { FakeClock, settled } from "../fakes/clock.ts";
import { startHouse } from "../fakes/house.ts";
import { probe } from "../fakes/probe.ts";

const yaml = "devices:\n  it: {kind: probe, topic: it}\n";
/** With an output of its own. */
const withPin = "devices:\n  it: {kind: probe, topic: it, pin: 17}\n";

describe("a device that cannot be set up", () => {
  it("is tried again with growing pauses, and says why only when the reason changes", async () => {
    const times: number[] = [];
    let reason = "no hardware";
    const house = startHouse(yaml, {
      kinds: [
        probe({
          setup: async (_options, context) => {
            times.push(context.clock.monotonicMs());
            throw new UserError(reason);
          },
        }),
      ],
    });
    const { clock, log, bus } = await house;
    await clock.advance(200_000);
    expect(times.slice(0, 7)).toEqual([0, 1_000, 3_000, 7_000, 15_000, 31_000, 63_000]);
    expect(bus.retained.get("it/availability")).toBe("offline");
    expect(log.at("warn").map((line) => line["reason"])).toEqual(["no hardware"]);
    reason = "other hardware";
    await clock.advance(200_000);
    expect(log.at("warn").map((line) => line["reason"])).toEqual(["no hardware", "other hardware"]);
  });

  it("is online once it can", async () => {
    let isThere = false;
    const { clock, bus, log } = await startHouse(yaml, {
      kinds: [
        probe({
          setup: async (_options, context) => {
            if (!isThere) throw new UserError("no hardware");
            context.report("here");
            return {};
          },
        }),
      ],
    });
    isThere = true;
    await clock.advance(1_000);
    expect(bus.retained.get("it/availability")).toBe("online");
    expect(bus.retained.get("it/state")).toBe("here");
    expect(log.at("info")).toMatchObject([{ message: "device is online again" }]);
  });

  it("is given up after half a minute and tried again; what it gets too late is given back", async () => {
    let setups = 0;
    let arrive = () => {};
    const clock = new FakeClock();
    const house = startHouse(withPin, {
      clock,
      kinds: [
        probe({
          options: { pin: pin("The pin.", "output", { rest: "on" }) },
          setup: async (_options, { gpio, report }) => {
            setups += 1;
            if (setups === 1) {
              await new Promise<void>((resolve) => {
                arrive = resolve;
              });
              await gpio.output(17, { onState: () => {} });
            } else report("here");
            return {};
          },
        }),
      ],
    });
    await clock.advance(30_000);
    const { bus, log, pins } = await house;
    expect(log.at("warn").at(-1)).toMatchObject({ reason: "it was not set up within 30 s" });
    await clock.advance(1_000);
    arrive();
    await settled();
    expect([setups, bus.retained.get("it/state"), bus.retained.get("it/availability")]).toEqual([2, "here", "online"]);
    expect(pins.history(17)).toEqual([0, 1]);
  });

  it("refuses commands meanwhile", async () => {
    const { bus, log } = await startHouse(yaml, {
      kinds: [probe({ setup: () => Promise.reject(new UserError("no hardware")) })],
    });
    bus.receive("it", "go");
    expect(log.at("warn").at(-1)).toMatchObject({ message: "refused a command", reason: "the device is offline" });
  });
});

describe("commands", () => {
  it("are carried out one at a time, in order", async () => {
    const order: string[] = [];
    const { bus, clock } = await startHouse(yaml, {
      kinds: [
        probe({
          setup: async (_options, context) => ({
            command: (word) =>
              new Promise<void>((resolve) => {
                order.push(`${word} begins`);
                context.clock.after(100, () => {
                  order.push(`${word} ends`);
                  resolve();
                });
              }),
          }),
        }),
      ],
    });
    bus.receive("it", "a");
    bus.receive("it/set", "b");
    await clock.advance(1_000);
    expect(order).toEqual(["a begins", "a ends", "b begins", "b ends"]);
  });

  it("are refused when too many wait", async () => {
    const { bus, log } = await startHouse(yaml, {
      kinds: [probe({ setup: async () => ({ command: () => new Promise<void>(() => {}) }) })],
    });
    for (let count = 0; count < 102; count += 1) bus.receive("it", "go");
    expect(log.at("warn")).toMatchObject([{ reason: "too many commands are waiting" }]);
  });

  it("that fail bring the device to rest and offline, and it is set up anew", async () => {
    let setups = 0;
    let rests = 0;
    const { bus, clock, log } = await startHouse(yaml, {
      kinds: [
        probe({
          setup: async (_options, context) => {
            setups += 1;
            context.report("here");
            context.poll({ everyMs: 1e9, read: async () => "here" });
            return {
              command: (word) => {
                rests += 1;
                throw new UserError(`cannot ${word}`);
              },
            };
          },
        }),
      ],
    });
    bus.receive("it", "fly");
    expect(bus.retained.get("it/availability")).toBe("offline");
    expect(log.at("warn")).toMatchObject([{ reason: "cannot fly", message: "device is offline" }]);
    expect(rests).toBe(1);
    await clock.advance(1_000);
    expect(setups).toBe(2);
    expect(bus.retained.get("it/availability")).toBe("online");
  });

  it("of one device do not wait for another device", async () => {
    const { bus } = await startHouse(
      "devices:\n  it: {kind: probe, topic: it}\n  other: {kind: probe, topic: other}\n",
      {
        kinds: [
          probe({
            setup: async (_options, context) => ({
              command: (word) => (word === "hang" ? new Promise<void>(() => {}) : context.report(word)),
            }),
          }),
        ],
      },
    );
    bus.receive("it", "hang");
    bus.receive("other", "go");
    expect(bus.retained.get("other/state")).toBe("go");
  });
});

describe("a device that is stopped while it is still being set up", () => {
  it("gives back what it gets afterwards", async () => {
    let letGo: () => void = () => {};
    const claimed = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const { agent, clock } = await startHouse("devices:\n  it: {kind: probe, topic: it}\n", {
      kinds: [
        {
          ...probe({}),
          command: undefined as never,
          setup: async (_options, context) => {
            await claimed;
            context.poll({ everyMs: 1_000, read: async () => "late" });
            return {};
          },
        },
      ],
    });
    await agent.stop();
    letGo();
    await settled();
    await clock.advance(5_000);
    expect(clock.pending).toBe(0);
  });
});
