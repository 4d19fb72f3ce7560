import { expect, it } from "vitest";
import type { BusMessage } from "../../src/core/messages/bus.ts";
import { WatchedBus } from "../../src/simulation/watched-bus.ts";
import { FakeBus } from "../fakes/bus.ts";
import { FakeClock, settled } from "../fakes/clock.ts";

/** A bus between an agent that does nothing by itself and a broker. */
async function between() {
  const clock = new FakeClock();
  const watched = new WatchedBus(clock);
  const broker = new FakeBus();
  const got: BusMessage[] = [];
  const bus = watched.connect(
    { topics: [], connected: () => {}, message: (message) => got.push(message) },
    broker.listen.bind(broker),
  );
  await settled();
  const answer = (text: string) => {
    const { topic = "", correlation } = got.at(-1)?.answerTo ?? {};
    bus.publish(topic, text, { retain: false, correlation });
  };
  return { clock, watched, broker, bus, got, answer };
}

it("keeps the answer to the last message of each sender, and tells no broker of it", async () => {
  const { watched, broker, answer } = await between();
  watched.send("lamp/set", "on", "lamp");
  answer("first");
  watched.send("fan/set", "on", "fan");
  answer("second");
  expect([watched.answer("lamp"), watched.answer("fan"), watched.answer("pump")]).toEqual([
    "first",
    "second",
    undefined,
  ]);
  watched.send("lamp/set", "off", "lamp");
  expect([watched.answer("lamp"), watched.answer("fan")]).toEqual([undefined, "second"]);
  expect(broker.published).toEqual([]);
});

it("remembers messages with their time, and passes them on", async () => {
  const { clock, watched, broker, bus } = await between();
  bus.publish("bell/action", "early", { retain: false });
  await clock.advance(1_000);
  bus.publish("bell/action", "late", { retain: false });
  bus.publish("bell", "ON");
  expect(watched.heard("bell/action", 0)).toEqual(["early", "late"]);
  expect(watched.heard("bell/action", 1_000)).toEqual(["late"]);
  expect([watched.heard("bell", 0), watched.said("bell"), watched.said("bell/action")]).toEqual([
    ["ON"],
    "ON",
    undefined,
  ]);
  expect(broker.published).toHaveLength(3);
});
