import { describe, expect, it } from "vitest";
import type { DeviceKind } from "../../src/core/kind.ts";
import { chosenLinks } from "../../src/core/link.ts";
import { chosenPins } from "../../src/core/pin.ts";
import { simulatedBank } from "../../src/gpio/simulated.ts";
import { simulatedRoom } from "../../src/simulation/room.ts";
import { FakeClock } from "../fakes/clock.ts";
import { breakablePins } from "../fakes/pins/breakable-pins.ts";
import { exampleSettings, kindsWithLinks, ofIt, startExample } from "./example-house.ts";

const minuteMs = 60_000;
/** Longer than min_off and min_on of any example, and than three readings of any sensor with some repeats. */
const patienceMs = 30 * minuteMs;

/** The other devices that the example's links name, by what they are for. */
function neighboursOf(kind: DeviceKind) {
  const links = chosenLinks(kind.options, ofIt(kind).options);
  const ids = (role: string) => [...new Set(links.filter((link) => link.role === role).map(({ device }) => device))];
  return { measuring: ids("measure"), steered: ids("on_off") };
}

/** The example, whose neighbours can lose their hardware and get it back. */
async function startWithNeighbours(kind: DeviceKind) {
  const clock = new FakeClock();
  const devices = exampleSettings(kind);
  const room = simulatedRoom(devices, clock);
  const pins = simulatedBank(clock);
  const own = new Set(
    devices
      .filter(({ id }) => id !== "it")
      .flatMap((one) => chosenPins(one.kind.options, one.options).map(({ pin }) => pin)),
  );
  let areGone = false;
  const bank = breakablePins(pins, (pin) => areGone && own.has(pin));
  const house = await startExample(kind, { clock, room, pins, bank });
  const { measuring, steered } = neighboursOf(kind);
  const lose = (isLost: boolean) => {
    areGone = isLost;
    for (const id of measuring) room.setFault(id, isLost ? "gone" : undefined);
  };
  const states = () =>
    steered.map((id) => house.bus.retained.get(`${devices.find((one) => one.id === id)?.topic}/state`));
  const measure = (value: number) => {
    for (const link of chosenLinks(kind.options, ofIt(kind).options))
      if (link.role === "measure") room.set(link.device, link.measure ?? "", value, 0);
  };
  /** Has it measure much too little and much too much, until it switches something on. */
  const putOn = async () => {
    for (const value of [-30, 95]) {
      measure(value);
      await clock.advance(patienceMs);
      if (states().some((state) => state?.includes("ON"))) return;
    }
    throw new Error(`the example of the kind ${kind.kind} switches nothing on, whatever is measured`);
  };
  return { ...house, clock, room, lose, states, putOn, measuring, steered };
}

describe.each(kindsWithLinks)("the kind $kind, which needs other devices", (kind) => {
  it("goes on when all of them vanish, and works again when they are back", async () => {
    const { bus, clock, topics, log, lose, agent } = await startWithNeighbours(kind);
    expect(bus.retained.get(topics.availability)).toBe("online");
    lose(true);
    await clock.advance(patienceMs);
    lose(false);
    await clock.advance(patienceMs);
    expect(bus.retained.get(topics.availability)).toBe("online");
    expect(kind.state.safeParse(stateIn(bus.retained.get(topics.state))).success).toBe(true);
    expect(log.at("error").filter(({ device }) => device === "it")).toEqual([]);
    expect(await agent.stop()).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it("is set up without any of them, and works when they come", async () => {
    const clock = new FakeClock();
    const room = simulatedRoom(exampleSettings(kind), clock);
    for (const id of neighboursOf(kind).measuring) room.setFault(id, "gone");
    const { bus, topics } = await startExample(kind, { clock, room });
    for (const id of neighboursOf(kind).measuring) room.setFault(id, undefined);
    await clock.advance(patienceMs);
    expect(bus.retained.get(topics.availability)).toBe("online");
  });
});

const steeringKinds = kindsWithLinks.filter((kind) => {
  const { measuring, steered } = neighboursOf(kind);
  return measuring.length > 0 && steered.length > 0;
});

describe.each(steeringKinds)("what the kind $kind steers by a measure", (kind) => {
  it("is let go when nothing is measured any more, and steered again when something is", async () => {
    const { clock, room, putOn, states, measuring } = await startWithNeighbours(kind);
    await putOn();
    for (const id of measuring) room.setFault(id, "gone");
    await clock.advance(patienceMs);
    for (const state of states()) expect(state).toContain("OFF");
    for (const id of measuring) room.setFault(id, undefined);
    await putOn();
  });

  it("is let go when this device fails", async () => {
    let fail = () => {};
    const failing: DeviceKind = {
      ...kind,
      setup(options, context) {
        fail = () => context.fail(new Error("something broke"));
        return kind.setup(options, context);
      },
    };
    const { bus, clock, putOn, states, topics } = await startWithNeighbours(failing);
    await putOn();
    fail();
    await clock.advance(0);
    expect(bus.retained.get(topics.availability)).toBe("offline");
    for (const state of states()) expect(state).toContain("OFF");
  });
});

function stateIn(payload: string | undefined): unknown {
  if (!payload?.startsWith("{")) return payload;
  const { ts: _ts, ...values } = JSON.parse(payload) as Record<string, unknown>;
  return values;
}
