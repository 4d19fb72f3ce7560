import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { publishSize } from "../../src/mqtt/broker-limits.ts";
import { connack5Refused, disconnect5, isConnect, isSubscribe, suback5 } from "../fakes/scripted-broker.ts";
import { brokerThat, busBench, nextPause, until, untilAfterPauses } from "./bus-bench.ts";
import { connackWith } from "./connack.ts";

const maximumQos = (qos: number) => [0x24, qos];
const retainAvailable = (isSo: boolean) => [0x25, isSo ? 1 : 0];
const maximumPacketSize = (bytes: number) => [0x27, 0, 0, Math.floor(bytes / 256), bytes % 256];

/** The whole packets in what has arrived together. */
function packetsIn(bytes: Buffer): Buffer[] {
  const packets: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    let size = 2 + ((bytes[at + 1] ?? 0) & 0x7f);
    if ((bytes[at + 1] ?? 0) >= 0x80) size += 1 + (bytes[at + 2] ?? 0) * 128;
    packets.push(bytes.subarray(at, at + size));
    at += size;
  }
  return packets;
}

/** A broker with these properties in its CONNACK that acknowledges all. `refuse` may give a code for a CONNECT or a PUBLISH. */
async function limited(
  properties: readonly number[] | (() => readonly number[]),
  { refuse = () => undefined }: { refuse?: (packet: Buffer) => number | undefined } = {},
) {
  const connects: Buffer[] = [];
  const sockets: Socket[] = [];
  const subscribes: Buffer[] = [];
  const publishes: Buffer[] = [];
  const { port } = await brokerThat((bytes, socket) => {
    for (const packet of packetsIn(bytes)) {
      const code = refuse(packet);
      if (isConnect(packet)) {
        connects.push(packet);
        sockets.push(socket);
        if (code === undefined)
          socket.write(connackWith(...(typeof properties === "function" ? properties() : properties)));
        else socket.end(connack5Refused(code));
      } else if (isSubscribe(packet)) {
        subscribes.push(packet);
        const topics = packet.toString("latin1").match(/home\/\d+/g)?.length ?? 1;
        // Its number follows the remaining length, of one byte or of two.
        const at = (packet[1] ?? 0) < 0x80 ? 0 : 1;
        socket.write(suback5(packet.subarray(at), ...Array.from({ length: topics }, () => 1)));
      } else if (((packet[0] ?? 0) & 0xf0) === 0x30) {
        publishes.push(packet);
        const topicLength = packet[3] ?? 0;
        const id = packet.subarray(4 + topicLength, 6 + topicLength);
        if (((packet[0] ?? 0) & 6) !== 0) socket.write(Buffer.from([0x40, 3, ...id, code ?? 0]));
      }
    }
  });
  return { port, connects, sockets, subscribes, publishes };
}

/** The flags of a CONNECT: last will retained, at QoS 1. */
const willFlags = (connect: Buffer | undefined) => ({
  retain: ((connect?.[9] ?? 0) & 0x20) !== 0,
  qos: ((connect?.[9] ?? 0) >> 3) & 3,
});

describe("a broker's limits", () => {
  it("are heeded by SUBSCRIBE packets that fit, each topic in one of them", async () => {
    const topics = Array.from({ length: 300 }, (_one, index) => `home/${1_000 + index}`);
    const { port, subscribes } = await limited(maximumPacketSize(200));
    const { connected, log } = busBench([{ port }], { topics });
    await until(() => connected() === 1);
    expect(subscribes.length).toBeGreaterThan(1);
    expect(Math.max(...subscribes.map(({ length }) => length))).toBeLessThanOrEqual(200);
    const heard = subscribes.flatMap((packet) => packet.toString("latin1").match(/home\/\d+/g) ?? []);
    expect(heard).toEqual(topics);
    expect(log.at("warn")).toEqual([]);
  });

  it("leave out a topic that fits into no packet, which is said once, however often it connects", async () => {
    const { port } = await limited(maximumPacketSize(60));
    const { clock, connected, log } = busBench([{ port }], {
      topics: ["home/1", `home/${"9".repeat(80)}`],
      connected: (bus, times) => times < 3 && bus.publish("a", "1"),
    });
    await until(() => connected() === 1);
    expect(log.at("error")).toMatchObject([
      { action: "subscribe", reason: "the packet is too large for it; raise max_packet_size at the broker" },
    ]);
    expect(clock.pending).toBe(0);
  });

  it("leave out a message that does not fit: who said it is told each time, the log once", async () => {
    const { port, publishes } = await limited(maximumPacketSize(100));
    const { bus, connected, log } = busBench([{ port }]);
    await until(() => connected() === 1);
    let told = 0;
    const tooLarge = () => {
      told += 1;
    };
    for (let time = 0; time < 3; time += 1) bus.publish("discovery", "x".repeat(200), { tooLarge });
    bus.publish("lamp", "ON", { tooLarge });
    await until(() => publishes.length === 1);
    expect(publishes[0]?.includes("lamp")).toBe(true);
    expect(told).toBe(3);
    const bytes = publishSize({ topic: "discovery", payload: "x".repeat(200) }, 5);
    expect(log.at("warn")).toMatchObject([
      {
        topic: "discovery",
        bytes,
        message: "a message is too large for the broker; raise max_packet_size or message_size_limit there",
      },
    ]);
  });

  it("may only be told when a message comes: code 149 in a PUBACK", async () => {
    const { port } = await limited([], { refuse: (packet) => (packet.includes("discovery") ? 149 : undefined) });
    let told = 0;
    const { bus, connected, log } = busBench([{ port }]);
    await until(() => connected() === 1);
    bus.publish("discovery", "large", { tooLarge: () => (told += 1) });
    await until(() => told === 1);
    expect([...log.at("warn"), ...log.at("error")]).toMatchObject([
      {
        topic: "discovery",
        bytes: 21,
        message: expect.stringMatching(/^a message is too large for the broker; raise/),
      },
    ]);
  });

  it.each([
    [135, { message: "the broker forbids topics; allow them in its ACL" }],
    [144, { message: "the broker does not take topics", reason: "it does not take this topic; choose another" }],
    [151, { reason: "a quota of this user is used up; raise it at the broker" }],
  ])("are named where a PUBACK has code %i, once for each topic", async (code, expected) => {
    const { port, publishes } = await limited([], { refuse: (packet) => (isConnect(packet) ? undefined : code) });
    const { bus, connected, log } = busBench([{ port }]);
    await until(() => connected() === 1);
    for (const topic of ["one", "one", "two"]) bus.publish(topic, "x");
    await until(() => publishes.length === 3 && log.at("error").length === 2);
    expect(log.at("error")).toMatchObject(
      ["one", "two"].map((topic) => ({ action: "publish", topics: [topic], ...expected })),
    );
  });

  it("are kept where it keeps no messages or takes no QoS 1, and each is said once", async () => {
    const { port, publishes } = await limited([...maximumQos(0), ...retainAvailable(false)]);
    const { bus, connected, log } = busBench([{ port }]);
    await until(() => connected() === 1);
    for (const payload of ["ON", "OFF"]) bus.publish("lamp", payload);
    await until(() => publishes.length === 2);
    // Neither QoS nor retain.
    expect(publishes.map((packet) => packet[0])).toEqual([0x30, 0x30]);
    expect(log.at("warn").map(({ message }) => message)).toEqual([
      "the broker keeps no retained messages, so a client that connects later sees no state; allow retained messages there",
      "the broker does not accept QoS 1, so a state may get lost; allow QoS 1 there",
    ]);
  });

  it("count for the last will too: it is made smaller where the broker refuses it, and whole again where it may", async () => {
    let properties = [...maximumQos(0), ...retainAvailable(false)];
    const { port, connects, sockets } = await limited(() => properties, {
      refuse: (packet) => {
        if (!isConnect(packet) || properties.length === 0) return undefined;
        const { retain, qos } = willFlags(packet);
        return retain ? 154 : qos > 0 ? 155 : undefined;
      },
    });
    const { clock, connected } = busBench([{ port }]);
    await untilAfterPauses(clock, () => connected() === 1);
    properties = [];
    for (const times of [2, 3]) {
      sockets.at(-1)?.destroy();
      await untilAfterPauses(clock, () => connected() === times);
    }
    expect(connects.map(willFlags)).toEqual([
      { retain: true, qos: 1 },
      { retain: false, qos: 1 },
      { retain: false, qos: 0 },
      // It does not know yet that it may.
      { retain: false, qos: 0 },
      { retain: true, qos: 1 },
    ]);
  });

  it("are asked for ever more seldom where nothing fits, and said once", async () => {
    const { port, connects } = await brokerThat((packet, socket) => {
      if (isConnect(packet)) socket.write(connackWith());
      if (isSubscribe(packet)) {
        socket.write(suback5(packet, 1));
        setImmediate(() => socket.end(disconnect5(149)));
      }
    });
    const { clock, log } = busBench([{ port }]);
    const pauses: number[] = [];
    for (let time = 1; time <= 4; time += 1) {
      pauses.push(await nextPause(clock));
      await until(() => connects.length > time);
    }
    for (const [index, pauseMs] of pauses.slice(1).entries()) expect(pauseMs).toBe((pauses[index] ?? 0) * 2);
    expect(log.at("warn")).toMatchObject([
      { reason: "a packet of ours is too large for it; raise max_packet_size or message_size_limit at the broker" },
    ]);
  });

  it("are told before the subscriptions are acknowledged, or never: it says so", async () => {
    const silent = await brokerThat((packet, socket) => {
      if (isConnect(packet)) socket.write(connackWith());
    });
    const { clock, log } = busBench([silent]);
    await until(() => clock.waits.includes(10_000));
    await clock.advance(10_000);
    await until(() => log.at("warn").length === 1);
    const rude = await brokerThat((packet, socket) => {
      if (isConnect(packet)) socket.write(connackWith());
      if (isSubscribe(packet)) socket.end();
    });
    const other = busBench([rude]);
    await until(() => other.log.at("warn").length === 1);
    expect([...log.at("warn"), ...other.log.at("warn")].map(({ reason }) => reason)).toEqual([
      "it let us in, and does not acknowledge the subscriptions; the broker's log may tell more",
      "it let us in, and hung up instead of acknowledging the subscriptions; the broker's log may tell more",
    ]);
  });
});
