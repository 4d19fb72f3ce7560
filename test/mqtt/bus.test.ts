import { describe, expect, it } from "vitest";
import { settled } from "../fakes/clock.ts";
import { connack5Refused, connackAccepted5, isConnect, isSubscribe, suback5 } from "../fakes/scripted-broker.ts";
import { aWhile, brokerThat, busBench, nextPause, until } from "./bus-bench.ts";

/** A bus to the broker at this port, which hears two topics. */
const busTo = (port: number) => busBench([{ port }], { topics: ["a", "a/set"] });

describe("the connection to the broker", () => {
  it("speaks MQTT 5 with a clean start, and subscribes to exact topics without their retained messages", async () => {
    const subscriptions: Buffer[] = [];
    const asked: Buffer[] = [];
    const { port, connects } = await brokerThat((packet, socket) => {
      if (isConnect(packet)) {
        asked.push(packet);
        socket.write(connackAccepted5);
      }
      if (isSubscribe(packet)) {
        subscriptions.push(packet);
        socket.write(suback5(packet, 1, 1));
      }
    });
    const { connected, log } = busTo(port);
    await until(() => connected() === 1);
    // Maximum Packet Size (0x27): 256 KiB.
    expect(asked[0]?.includes(Buffer.from([0x27, 0, 4, 0, 0]))).toBe(true);
    expect(connects).toEqual([{ protocolVersion: 5, cleanStart: true }]);
    // After each topic: retain handling 2 (0x20), retain as published (0x08) and QoS 1.
    expect(subscriptions[0]?.subarray(5)).toEqual(Buffer.from([0, 1, 0x61, 0x29, 0, 5, ...Buffer.from("a/set"), 0x29]));
    expect(log.at("info")).toMatchObject([{ message: "connected to the broker", protocol: "MQTT 5" }]);
  });

  it("waits longer from refusal to refusal, up to 30 s, and warns once", async () => {
    const { port, connects } = await brokerThat((_packet, socket) => socket.end(connack5Refused(134)));
    const { clock, log } = busTo(port);
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 9; attempt += 1) {
      pauses.push(await nextPause(clock));
      await until(() => connects.length > attempt);
    }
    expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
    expect(log.at("warn")).toMatchObject([
      { reason: "it refused the user name or password; check MQTT_USERNAME and MQTT_PASSWORD" },
    ]);
  });

  it("gives way for long to another client with its id", async () => {
    const { port, connects } = await brokerThat((packet, socket) => {
      if (isConnect(packet)) socket.write(connackAccepted5);
      if (isSubscribe(packet)) {
        socket.write(suback5(packet, 1, 1));
        setImmediate(() => socket.end(Buffer.from([0xe0, 2, 142, 0])));
      }
    });
    const { clock, log } = busTo(port);
    await until(() => log.at("warn").length === 1);
    expect(log.at("warn")).toMatchObject([
      { reason: "another client came with the same client id; give each Pi an agent.id of its own" },
    ]);
    await clock.advance(29_900);
    expect(connects).toHaveLength(1);
    await clock.advance(100);
    await until(() => connects.length === 2);
  });

  it("says which topics it may not hear, and is connected all the same", async () => {
    const { port } = await brokerThat((packet, socket) => {
      if (isConnect(packet)) socket.write(connackAccepted5);
      if (isSubscribe(packet)) socket.write(suback5(packet, 1, 0x87));
    });
    const { connected, log } = busTo(port);
    await until(() => connected() === 1);
    expect(log.at("error")).toMatchObject([{ action: "subscribe", topics: ["a/set"] }]);
  });

  it("has no more messages under way than the broker allows", async () => {
    const received: string[] = [];
    const waiting: (() => void)[] = [];
    const { port } = await brokerThat((packet, socket) => {
      // Receive Maximum (0x21) is 2.
      if (isConnect(packet)) return void socket.write(Buffer.from([0x20, 6, 0, 0, 3, 0x21, 0, 2]));
      if (isSubscribe(packet)) return void socket.write(suback5(packet, 1, 1));
      for (
        let at = 0;
        packet[at] !== undefined && ((packet[at] ?? 0) & 0xf0) === 0x30;
        at += 2 + (packet[at + 1] ?? 0)
      ) {
        const size = 2 + (packet[at + 1] ?? 0);
        const [high = 0, low = 0] = packet.subarray(at + 5, at + 7);
        received.push(packet.subarray(at + 8, at + size).toString());
        waiting.push(() => void socket.write(Buffer.from([0x40, 2, high, low])));
      }
    });
    const { bus, connected } = busTo(port);
    await until(() => connected() === 1);
    for (const payload of ["1", "2", "3", "4", "5"]) bus.publish(payload, payload);
    await until(() => received.length === 2);
    await aWhile();
    expect(received).toEqual(["1", "2"]);
    while (received.length < 5) {
      waiting.shift()?.();
      await settled();
    }
    expect(received).toEqual(["1", "2", "3", "4", "5"]);
    for (const acknowledge of waiting) acknowledge();
  });

  it("counts the answers that it gives up because too many wait, and nothing else", async () => {
    const { port } = await brokerThat((packet, socket) => {
      // Receive Maximum (0x21) is 2, and nothing is ever acknowledged.
      if (isConnect(packet)) socket.write(Buffer.from([0x20, 6, 0, 0, 3, 0x21, 0, 2]));
      if (isSubscribe(packet)) socket.write(suback5(packet, 1, 1));
    });
    const { bus, connected } = busTo(port);
    await until(() => connected() === 1);
    for (let count = 0; count < 1_000; count += 1) bus.publish(`state/${count}`, "x".repeat(2_000));
    expect([bus.waiting, bus.dropped]).toEqual([1_000, 0]);
    for (let count = 0; count < 1_000; count += 1) bus.publish("answer", "x".repeat(2_000), { retain: false });
    expect(bus.dropped).toBeGreaterThan(400);
    expect(bus.waiting + bus.dropped).toBe(2_000);
  });

  it("drops what is said while there is no connection", async () => {
    const received: Buffer[] = [];
    const { port } = await brokerThat((packet, socket) => {
      received.push(packet);
      if (isConnect(packet)) socket.write(connackAccepted5);
      if (isSubscribe(packet)) socket.write(suback5(packet, 1, 1));
    });
    const { bus, connected } = busTo(port);
    bus.publish("a", "too early");
    await until(() => connected() === 1);
    bus.publish("a", "now");
    await until(() => received.some((packet) => packet.includes("now")));
    expect(Buffer.concat(received).includes("too early")).toBe(false);
  });

  it("does not wait for ever when it disconnects", async () => {
    const { port } = await brokerThat((packet, socket) => {
      if (isConnect(packet)) socket.write(connackAccepted5);
      if (isSubscribe(packet)) socket.write(suback5(packet, 1, 1));
    });
    const { bus, clock, connected } = busTo(port);
    await until(() => connected() === 1);
    bus.publish("a", "never acknowledged");
    const closed = bus.close();
    await clock.advance(1_000);
    await expect(closed).resolves.toBeUndefined();
  });
});
