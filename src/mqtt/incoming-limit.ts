import { errorCode, UserError } from "../core/errors.ts";
import { cleanText } from "../core/text/clean-text.ts";

/**
 * The largest packet that is accepted, in bytes. A command has 4,096 bytes at most. The list of what was announced to Home Assistant, which
 * the broker keeps, has about 50 bytes for each component, so this is enough for thousands of devices.
 */
export const largestIncoming = 256 * 1024;

/** The first byte of a CONNACK, and the first four bits of a PUBLISH. */
const connack = 0x20;
const publish = 0x30;
/** The first byte of the alert that a TLS server sends to a client without TLS. */
const tlsAlert = 0x15;
/** The field "remaining length" has four bytes at most (MQTT 5, section 1.5.5). */
const longestLength = 4;
/** How many bytes of a topic are shown. */
const longestShown = 100;

/** The broker began to send a packet that is too large. */
export class TooLargeError extends UserError {}

/** The code of the package ws for a frame that is too large. It checks frames by itself. */
export const frameTooLarge = "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH";

/** Whether a connection ended because the broker sent too large a packet. */
export function isTooLarge(error: unknown): boolean {
  return error instanceof TooLargeError || errorCode(error) === frameTooLarge;
}

/** What answers is not a broker, or one that cannot be understood. */
export class NotMqttError extends UserError {}

/**
 * Watches the bytes from a broker and throws before a wrong packet is collected: one that is too large, or a first packet that is not a
 * CONNACK. It stores no bytes, only its position in the packet.
 */
export class IncomingLimit {
  #isFirst = true;
  /** The first byte of the packet whose length is being read. Undefined between packets and inside of one. */
  #header: number | undefined;
  #length = 0;
  #lengthBytes = 0;
  /** How many bytes of the packet are still to come. */
  #left = 0;

  /** Checks the next bytes. Throws {@link TooLargeError} or {@link NotMqttError}. */
  check(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; ) {
      if (this.#left > 0) {
        const taken = Math.min(this.#left, chunk.length - at);
        this.#left -= taken;
        at += taken;
      } else {
        this.#take(chunk, at);
        at += 1;
      }
    }
  }

  /** Reads one byte of a fixed header. */
  #take(chunk: Uint8Array, at: number): void {
    const byte = chunk[at] ?? 0;
    if (this.#header === undefined) {
      if (this.#isFirst && byte !== connack) throw notMqtt(byte);
      this.#isFirst = false;
      this.#header = byte;
      this.#length = 0;
      this.#lengthBytes = 0;
      return;
    }
    this.#length += (byte & 0x7f) * 2 ** (7 * this.#lengthBytes);
    this.#lengthBytes += 1;
    if (byte >= 0x80 && this.#lengthBytes < longestLength) return;
    if (byte >= 0x80) throw new NotMqttError("it sent bytes that are not MQTT", { hint: "check the broker" });
    if (1 + this.#lengthBytes + this.#length > largestIncoming)
      throw tooLarge(this.#header, this.#length, chunk.subarray(at + 1));
    this.#left = this.#length;
    this.#header = undefined;
  }
}

function notMqtt(byte: number): NotMqttError {
  return byte === tlsAlert
    ? new NotMqttError("the port wants TLS", {
        hint: "write mqtts:// instead of mqtt://, or use the port without TLS (1883)",
      })
    : new NotMqttError("what answers there does not speak MQTT", {
        hint: "check the host and the port of the address (1883, with TLS 8883)",
      });
}

/** The error for a packet that is too large. It names the topic if that has been received together with the length. */
function tooLarge(header: number, length: number, rest: Uint8Array): TooLargeError {
  const topicLength = (rest[0] ?? 0) * 256 + (rest[1] ?? 0);
  const isNamed = (header & 0xf0) === publish && topicLength > 0 && rest.length >= 2 + topicLength;
  const topic = isNamed
    ? ` on ${JSON.stringify(cleanText(new TextDecoder().decode(rest.subarray(2, 2 + Math.min(topicLength, longestShown)))))}`
    : "";
  return new TooLargeError(
    `it sent a message of ${length} bytes${topic}, and ${largestIncoming} are the most that are received`,
    {
      hint: "find out who sends it, and take it away there and from the broker if it is kept",
    },
  );
}
