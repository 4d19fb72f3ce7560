import { describe, expect, it } from "vitest";
import type { DeviceContext } from "../../src/core/device.ts";
import { UserError } from "../../src/core/errors.ts";
import { pin } from "../../src/core/pin.ts";
import { type SimulatedBank, simulatedBank } from "../../src/gpio/simulated.ts";
import { FakeBus } from "../fakes/bus.ts";
import { FakeClock, settled } from "../fakes/clock.ts";
import { startHouse } from "../fakes/house.ts";
import { probe } from "../fakes/probe.ts";

const yaml = "devices:\n  it: {kind: probe, topic: it}\n";

describe("what an earlier run does too late", () => {
  /** A device whose first run is given up at once; what it still has in its hands is handed out. */
  async function secondRun() {
    const contexts: DeviceContext<unknown>[] = [];
    let failLate: (error: Error) => void = () => {};
    const house = await startHouse(yaml, {
      kinds: [
        probe({
          setup: async (_options, context) => {
            contexts.push(context);
            context.report(`run ${contexts.length}`);
            return {
              command: () =>
                new Promise<void>((_resolve, reject) => {
                  failLate = reject;
                }),
            };
          },
        }),
      ],
    });
    house.bus.receive("it", "go");
    contexts[0]?.fail(new UserError("broken"));
    await house.clock.advance(1_000);
    expect(contexts).toHaveLength(2);
    return { ...house, first: contexts[0], failLate: (error: Error) => failLate(error) };
  }
  const isUp = ({ bus }: { bus: FakeBus }) => [bus.retained.get("it/availability"), bus.retained.get("it/state")];

  it("ignores failures that come after its end: of a command, a timer, the device itself", async () => {
    const house = await secondRun();
    house.failLate(new UserError("too late"));
    house.first?.fail(new UserError("too late"));
    await settled();
    expect(isUp(house)).toEqual(["online", "run 2"]);
    expect(house.log.at("warn").map(({ reason }) => reason)).toEqual(["broken"]);
  });

  it("is not published", async () => {
    const house = await secondRun();
    house.first?.report("too late");
    expect(isUp(house)).toEqual(["online", "run 2"]);
  });
});

describe("what a device has ordered of others", () => {
  const ordering = async () => {
    const taken: string[] = [];
    const contexts: DeviceContext<unknown>[] = [];
    const house = await startHouse(yaml, {
      kinds: [
        probe({
          setup: async (_options, context) => {
            contexts.push(context);
            context.onFailure(() => {
              throw new Error("this one cannot");
            });
            context.onFailure(() => taken.push(`run ${contexts.length}`));
            context.report("on");
            return {};
          },
        }),
      ],
    });
    return { ...house, taken, contexts };
  };

  it("is taken back when it fails, once for each run, though something of it cannot be", async () => {
    const { taken, contexts, clock, log } = await ordering();
    contexts[0]?.fail(new UserError("broken"));
    contexts[0]?.fail(new UserError("broken"));
    expect(taken).toEqual(["run 1"]);
    expect(log.at("error")).toMatchObject([{ reason: "this one cannot" }]);
    await clock.advance(1_000);
    contexts[1]?.fail(new UserError("broken"));
    contexts[0]?.fail(new UserError("too late"));
    expect(taken).toEqual(["run 1", "run 2"]);
  });

  it("is left to the others when the agent stops", async () => {
    const { taken, agent, contexts } = await ordering();
    await agent.stop();
    contexts[0]?.fail(new UserError("too late"));
    expect(taken).toEqual([]);
  });
});

describe("a command that does not end", () => {
  it("is given up after 10 s, with all that wait; the device is set up anew and hears commands again", async () => {
    let setups = 0;
    const { bus, clock, log } = await startHouse(yaml, {
      kinds: [
        probe({
          setup: async (_options, context) => {
            setups += 1;
            return { command: (word) => (setups === 1 ? new Promise<void>(() => {}) : context.report(word)) };
          },
        }),
      ],
    });
    bus.receive("it", '{"word":"go","id":1}');
    bus.receive("it", '{"word":"wait","id":2}');
    await clock.advance(9_999);
    expect(bus.on("it/result")).toEqual([]);
    await clock.advance(1);
    expect(bus.on("it/result").map((text) => JSON.parse(text))).toMatchObject([
      { id: 1, accepted: false, reason: "failed", message: "the command did not end within 10 s" },
      { id: 2, accepted: false, reason: "offline" },
    ]);
    expect(log.at("warn").at(-1)).toMatchObject({ reason: "the command did not end within 10 s" });
    await clock.advance(1_000);
    bus.receive("it", "hello");
    expect(bus.retained.get("it/state")).toBe("hello");
  });
});

describe("a command that a command's own report sets off", () => {
  it("comes after it, and each says the state that it left", async () => {
    const order: string[] = [];
    /** A bus on which somebody answers each state with a command, before `publish` returns. */
    class EchoingBus extends FakeBus {
      override publish(...message: Parameters<FakeBus["publish"]>): void {
        super.publish(...message);
        if (message[0] === "it/state" && message[1] === "one") this.receive("it", "two");
      }
    }
    const { bus } = await startHouse(yaml, {
      bus: new EchoingBus(),
      kinds: [
        probe({
          setup: async (_options, context) => ({
            command: (word) => {
              order.push(`${word} begins`);
              context.report(word);
              order.push(`${word} ends`);
            },
          }),
        }),
      ],
    });
    bus.receive("it", "one");
    expect(order).toEqual(["one begins", "one ends", "two begins", "two ends"]);
    expect(bus.on("it/state")).toEqual(["one", "two"]);
  });
});

describe("what a device does at its end", () => {
  /** A device with an output, and with the tasks that a test gives it for its end. */
  async function ending(...tasks: ((context: DeviceContext<unknown>, pins: SimulatedBank) => Promise<void> | void)[]) {
    const contexts: DeviceContext<unknown>[] = [];
    const clock = new FakeClock();
    const pins = simulatedBank(clock);
    const ends = probe({
      options: { pin: pin("The pin.", "output") },
      setup: async (_options, context) => {
        contexts.push(context);
        for (const task of tasks) context.onStop(() => task(context, pins));
        const output = await context.gpio.output(17, { onState: () => {} });
        output.set(true);
        context.report("on");
        return {};
      },
    });
    const house = await startHouse("devices:\n  it: {kind: probe, topic: it, pin: 17}\n", {
      kinds: [ends],
      clock,
      pins,
    });
    const published = () =>
      house.bus.published.filter(({ topic }) => topic.startsWith("it/")).map(({ payload }) => payload);
    return { ...house, contexts, published };
  }

  it("is published before it is offline, when its outputs are at rest already", async () => {
    const { agent, published } = await ending(({ report }, pins) => report(`the pin is ${pins.level(17)}`));
    expect(await agent.stop()).toBe(true);
    expect(published().slice(-2)).toEqual(["the pin is 0", "offline"]);
  });

  it("may take a second and no longer, and may fail, without harm to the others", async () => {
    const { agent, clock, published, log } = await ending(
      () => new Promise(() => {}),
      () => Promise.reject(new Error("this one cannot")),
      () => {
        throw new Error("nor this one");
      },
      ({ report }) => report("the last word"),
    );
    let isAtRest: boolean | undefined;
    void agent.stop().then((rested) => {
      isAtRest = rested;
    });
    await clock.advance(999);
    expect(isAtRest).toBeUndefined();
    await clock.advance(1);
    expect([isAtRest, ...published().slice(-2)]).toEqual([true, "the last word", "offline"]);
    expect(log.at("error")).toEqual([]);
  });

  it("is done after a failure, too, once for each run", async () => {
    let count = 0;
    const { agent, clock, contexts } = await ending(() => {
      count += 1;
    });
    contexts[0]?.fail(new UserError("broken"));
    await clock.advance(1_000);
    expect([count, contexts.length]).toEqual([1, 2]);
    await agent.stop();
    expect(count).toBe(2);
  });
});
