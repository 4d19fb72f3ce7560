import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { connackAccepted5, disconnect5, isConnect, isSubscribe, suback5 } from "../fakes/scripted-broker.ts";
import { aWhile, brokerThat, busBench, nextPause, until } from "./bus-bench.ts";

/** PUBLISH of MQTT 5 on the topic `a` with the payload `on`, at QoS 0, with these properties. */
const publish5 = (...properties: number[]) =>
  Buffer.from([0x30, 6 + properties.length, 0, 1, 0x61, properties.length, ...properties, 0x6f, 0x6e]);

/** A broker that lets everybody in and hands out its connections. */
async function plainBroker() {
  const sockets: Socket[] = [];
  const { port } = await brokerThat((packet, socket) => {
    if (isConnect(packet)) socket.write(connackAccepted5);
    if (!isSubscribe(packet)) return;
    sockets.push(socket);
    socket.write(suback5(packet, 1));
  });
  return { port, sockets };
}

describe("a message", () => {
  it("says what is left of its expiry, if it has one", async () => {
    const { port, sockets } = await plainBroker();
    const { connected, heard } = busBench([{ port }]);
    await until(() => connected() === 1);
    // Message Expiry Interval (0x02): 7 s, and 0 s.
    sockets[0]?.write(Buffer.concat([publish5(0x02, 0, 0, 0, 7), publish5(0x02, 0, 0, 0, 0), publish5()]));
    await until(() => heard.length === 3);
    expect(heard.map(({ expiresInMs }) => expiresInMs)).toEqual([7_000, 0, undefined]);
  });
});

describe("the end of a connection", () => {
  it("is told once, before the next one begins, and not where the agent ends it", async () => {
    const { port, sockets } = await plainBroker();
    const told: string[] = [];
    const { connected, clock, close } = busBench([{ port }], {
      connected: () => void told.push("connected"),
      lost: () => void told.push("lost"),
    });
    await until(() => connected() === 1);
    sockets[0]?.end(disconnect5(0x8b));
    await until(() => told.length === 2);
    await nextPause(clock);
    await until(() => connected() === 2);
    await close();
    await aWhile();
    expect(told).toEqual(["connected", "lost", "connected"]);
  });
});
