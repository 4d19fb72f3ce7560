import { describe, expect, it } from "vitest";
import { publishSize, subscribeSize } from "../../src/mqtt/broker-limits.ts";
import { isConnect, isSubscribe, suback5 } from "../fakes/scripted-broker.ts";
import { brokerThat, busBench, until } from "./bus-bench.ts";
import { connackWith } from "./connack.ts";

describe("the size of a packet", () => {
  it.each([0, 1, 90, 110, 120, 127, 128, 16_000, 16_370, 16_384, 2_097_152])(
    "is what is sent, with a payload of %i bytes",
    async (length) => {
      const received: Buffer[] = [];
      const { port } = await brokerThat((bytes, socket) => {
        if (isConnect(bytes)) socket.write(connackWith());
        else if (isSubscribe(bytes)) socket.write(suback5(bytes, 1));
        else received.push(bytes);
      });
      const { bus, connected } = busBench([{ port }]);
      await until(() => connected() === 1);
      const message = { topic: "höme", payload: "x".repeat(length), correlation: new Uint8Array(3) };
      bus.publish(message.topic, message.payload, message);
      const expected = publishSize(message, 5);
      await until(() => received.reduce((sum, bytes) => sum + bytes.length, 0) >= expected);
      expect(Buffer.concat(received)).toHaveLength(expected);
    },
  );

  it("is that of a SUBSCRIBE too", async () => {
    const subscribes: Buffer[] = [];
    const { port } = await brokerThat((bytes, socket) => {
      if (isConnect(bytes)) socket.write(connackWith());
      else if (isSubscribe(bytes)) subscribes.push(bytes);
    });
    const topics = ["home/1", `home/${"1".repeat(200)}`];
    busBench([{ port }], { topics });
    await until(() => subscribes.length === 1);
    expect(subscribes[0]).toHaveLength(subscribeSize(topics));
  });
});
