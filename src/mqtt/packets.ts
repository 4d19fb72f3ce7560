import { writeToStream } from "mqtt-packet";
import constants from "mqtt-packet/constants.js";
import { connectionCodes } from "./reason-codes.ts";

/**
 * Changes settings of the library that reads and writes packets. By default it treats a packet as malformed if MQTT 5 does not list its
 * reason code for that kind of packet, and then the request is never answered. Brokers send such codes: Mosquitto sends 149 (packet too
 * large) in a PUBACK.
 */
export function preparePackets(): void {
  // Otherwise a buffer is made for each number from 0 to 65,535 at the first packet. On a Pi Zero that takes noticeable time and memory.
  writeToStream.cacheNumbers = false;
  const { MQTT5_PUBACK_PUBREC_CODES, MQTT5_SUBACK_CODES, MQTT5_DISCONNECT_CODES } = constants;
  for (const [code, words] of Object.entries(connectionCodes)) {
    if (Number(code) < 0x80) continue;
    for (const codes of [MQTT5_PUBACK_PUBREC_CODES, MQTT5_SUBACK_CODES, MQTT5_DISCONNECT_CODES])
      codes[Number(code)] ??= words;
  }
}
