import { writeToStream } from "mqtt-packet";
import constants from "mqtt-packet/constants.js";
import { connectionCodes } from "./reason-codes.ts";

/**
 * Makes the library that reads and writes packets fit for use. It takes a packet with a reason code for malformed where MQTT 5 does not
 * list the code for that packet, and then the request stays open for ever; brokers are not so strict: Mosquitto says 149 (packet too
 * large) in a PUBACK.
 */
export function preparePackets(): void {
  // Else every number from 0 to 65,535 is made a buffer at the first packet, which on a Pi Zero is felt, in time and in memory.
  writeToStream.cacheNumbers = false;
  const { MQTT5_PUBACK_PUBREC_CODES, MQTT5_SUBACK_CODES, MQTT5_DISCONNECT_CODES } = constants;
  for (const [code, words] of Object.entries(connectionCodes)) {
    if (Number(code) < 0x80) continue;
    for (const codes of [MQTT5_PUBACK_PUBREC_CODES, MQTT5_SUBACK_CODES, MQTT5_DISCONNECT_CODES])
      codes[Number(code)] ??= words;
  }
}
