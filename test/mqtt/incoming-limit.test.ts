import { describe, expect, it } from "vitest";
import { IncomingLimit, largestIncoming, NotMqttError, TooLargeError } from "../../src/mqtt/incoming-limit.ts";
import { connack5Refused, connackAccepted5, isConnect, isSubscribe, suback5 } from "../fakes/scripted-broker.ts";
import { brokerThat, busBench, nextPause, until, untilAfterPauses } from "./bus-bench.ts";

/** The bytes of a remaining length (MQTT 5, section 1.5.5). */
function lengthBytes(value: number): number[] {
  const bytes: number[] = [];
  let left = value;
  do {
    bytes.push((left % 128) + (left >= 128 ? 128 : 0));
    left = Math.floor(left / 128);
  } while (left > 0);
  return bytes;
}

/** The beginning of a PUBLISH on the topic "home/lamp/set" that is announced as so long. */
const publishOf = (length: number) =>
  Buffer.from([0x30, ...lengthBytes(length), 0, 13, ...Buffer.from("home/lamp/set")]);

/** A whole packet of so many bytes. */
function packetOf(size: number): Buffer {
  const headerSize = [2, 3, 4, 5].find((header) => lengthBytes(size - header).length === header - 1) ?? 2;
  return Buffer.concat([Buffer.from([0x30, ...lengthBytes(size - headerSize)]), Buffer.alloc(size - headerSize)]);
}

/** Hands bytes over in chunks of that size, after a CONNACK, and tells what was thrown. */
function thrownBy(bytes: Buffer, chunkSize: number): unknown {
  const limit = new IncomingLimit();
  const all = Buffer.concat([connackAccepted5, bytes]);
  try {
    for (let at = 0; at < all.length; at += chunkSize) limit.check(all.subarray(at, at + chunkSize));
    return undefined;
  } catch (error) {
    return error;
  }
}

describe("the limit of what is received", () => {
  it.each([1, 2, 3, 5, 7, 64, 65_536, 2 ** 20])(
    "lets packets of every size pass, in chunks of %i bytes",
    (chunkSize) => {
      const sizes = [2, 3, 127, 128, 129, 130, 131, 16_383, 16_386, 16_388, 16_389, largestIncoming];
      expect(thrownBy(Buffer.concat(sizes.map(packetOf)), chunkSize)).toBeUndefined();
    },
  );

  it.each([1, 2, 3, 4, 5, 6, 17, 64, 65_536])(
    "ends at the header of a larger one, in chunks of %i bytes",
    (chunkSize) => {
      for (const length of [largestIncoming, 2 ** 21, 200 * 2 ** 20, 268_435_455]) {
        const bytes = Buffer.concat([packetOf(200), publishOf(length)]);
        expect(thrownBy(bytes, chunkSize), `length ${length}`).toBeInstanceOf(TooLargeError);
      }
    },
  );

  it("names the topic, where it has come", () => {
    expect(thrownBy(publishOf(2 ** 21), 65_536)).toMatchObject({
      message: `it sent a message of ${2 ** 21} bytes on "home/lamp/set", and ${largestIncoming} are the most that are received`,
    });
    expect(thrownBy(publishOf(2 ** 21), 1)).toMatchObject({ message: expect.not.stringContaining("home/lamp/set") });
  });

  it("takes a length of more than four bytes for what is not MQTT", () => {
    expect(thrownBy(Buffer.from([0x30, 0x80, 0x80, 0x80, 0x80, 1]), 2)).toBeInstanceOf(NotMqttError);
  });

  it.each([
    ["HTTP", Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n"), "what answers there does not speak MQTT"],
    ["SSH", Buffer.from("SSH-2.0-OpenSSH_9.2\r\n"), "what answers there does not speak MQTT"],
    ["zeros", Buffer.alloc(100), "what answers there does not speak MQTT"],
    ["a TLS alert", Buffer.from([0x15, 3, 3, 0, 2, 2, 70]), "the port wants TLS"],
  ])("says what answers with %s instead of a CONNACK", async (_what, bytes, message) => {
    const { port } = await brokerThat((_packet, socket) => socket.write(bytes));
    const { log } = busBench([{ port }]);
    await until(() => log.at("warn").length > 0);
    expect(log.at("warn")).toMatchObject([{ reason: expect.stringContaining(message) }]);
  });

  it.each([4, 5])("ends a connection over version %i, says so once, and keeps away for long", async (version) => {
    const { port, connects } = await brokerThat((packet, socket) => {
      if (isConnect(packet) && version === 4 && packet[8] === 5) return void socket.end(connack5Refused(132));
      if (isConnect(packet)) socket.write(version === 5 ? connackAccepted5 : Buffer.from([0x20, 2, 0, 0]));
      // What the broker has kept comes at each connect.
      if (isSubscribe(packet)) {
        const acknowledgement = version === 5 ? suback5(packet, 1) : Buffer.from([0x90, 3, 0, packet[3] ?? 0, 1]);
        socket.write(Buffer.concat([acknowledgement, publishOf(200 * 2 ** 20)]));
      }
    });
    const { clock, connected, log, messages } = busBench([{ port }]);
    const tooLarge = () => log.at("warn").filter(({ reason }) => String(reason).includes("209715200 bytes"));
    await untilAfterPauses(clock, () => tooLarge().length > 0);
    for (const more of [1, 2]) {
      const before = connects.length;
      expect(await nextPause(clock)).toBe(30_000);
      await untilAfterPauses(clock, () => connects.length >= before + (version === 4 ? 2 : 1));
      await until(() => clock.waits.includes(30_000));
      expect(tooLarge(), `time ${more}`).toHaveLength(1);
    }
    expect(messages).toEqual([]);
    expect(connected()).toBeLessThanOrEqual(3);
  });
});
