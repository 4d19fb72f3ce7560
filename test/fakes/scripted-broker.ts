import { createServer, type Socket } from "node:net";

/** What a client asked for in its CONNECT. */
export interface SeenConnect {
  readonly protocolVersion: number;
  readonly cleanStart: boolean;
}

/** A broker whose bytes a test writes. The test gets each packet that arrives, and may answer or close the connection. */
export async function scriptedBroker(answer: (packet: Buffer, socket: Socket) => void) {
  const connects: SeenConnect[] = [];
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", (packet) => {
      if (isConnect(packet))
        connects.push({ protocolVersion: packet[8] ?? 0, cleanStart: ((packet[9] ?? 0) & 2) !== 0 });
      answer(packet, socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return { connects, port, close: () => void server.close() };
}

/** CONNACK of MQTT 3.1.1 with a return code. */
export const connackRefused = (code: number) => Buffer.from([0x20, 2, 0, code]);
/** CONNACK of MQTT 5 with a reason code. */
export const connack5Refused = (code: number) => Buffer.from([0x20, 3, 0, code, 0]);
/** CONNACK of MQTT 5 that accepts the client. */
export const connackAccepted5 = Buffer.from([0x20, 3, 0, 0, 0]);
/** Whether this is a CONNECT. */
export const isConnect = (packet: Buffer) => packet[0] === 0x10;
/** Whether this is a SUBSCRIBE. */
export const isSubscribe = (packet: Buffer) => packet[0] === 0x82;
/** SUBACK of MQTT 5 for that SUBSCRIBE, a code for each topic. */
export const suback5 = (packet: Buffer, ...codes: number[]) =>
  Buffer.from([0x90, 3 + codes.length, packet[2] ?? 0, packet[3] ?? 0, 0, ...codes]);
/** SUBACK of MQTT 3.1.1 for that SUBSCRIBE, a code for each topic. */
export const suback = (packet: Buffer, ...codes: number[]) =>
  Buffer.from([0x90, 2 + codes.length, packet[2] ?? 0, packet[3] ?? 0, ...codes]);
/** DISCONNECT of MQTT 5, as a broker sends it. */
export const disconnect5 = (code: number) => Buffer.from([0xe0, 2, code, 0]);
