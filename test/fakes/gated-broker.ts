import type { Socket } from "node:net";
import { onTestFinished } from "vitest";
import {
  connack5Refused,
  connackAccepted5,
  isConnect,
  isSubscribe,
  scriptedBroker,
  suback5,
} from "./scripted-broker.ts";

/** A broker for MQTT 5 that accepts all clients or none, as the test says, and remembers what it received. It ends with the test. */
export async function gatedBroker({ isOpen = true } = {}) {
  const broker = {
    isOpen,
    /** Whether the next subscriptions wait for {@link release} before they are acknowledged. */
    holdsSubscriptions: false,
    /** Acknowledges the subscriptions that wait. */
    release: () => {},
    /** The connections whose subscriptions were acknowledged, also those that are over. */
    sockets: [] as Socket[],
    /** The payloads that were published at QoS 1, and "goodbye" for each DISCONNECT. */
    said: [] as string[],
    /** Each SUBSCRIBE, byte by byte. */
    subscriptions: [] as Buffer[],
    /** How many connections are over. */
    closed: 0,
  };
  const { port, connects, close } = await scriptedBroker((packet, socket) => {
    if (isConnect(packet)) {
      socket.once("close", () => {
        broker.closed += 1;
      });
      socket.write(broker.isOpen ? connackAccepted5 : connack5Refused(136));
    } else if (isSubscribe(packet)) {
      broker.subscriptions.push(packet);
      const acknowledge = () => {
        broker.sockets.push(socket);
        socket.write(suback5(packet, 1));
      };
      if (broker.holdsSubscriptions) broker.release = acknowledge;
      else acknowledge();
    } else if (packet[0] === 0xe0) broker.said.push("goodbye");
    else if (packet[0] === 0x33) {
      const [high = 0, low = 0] = packet.subarray(5, 7);
      socket.write(Buffer.from([0x40, 2, high, low]));
      broker.said.push(packet.subarray(8).toString());
    }
  });
  onTestFinished(() => {
    for (const socket of broker.sockets) socket.destroy();
    close();
  });
  return Object.assign(broker, { port, connects });
}
