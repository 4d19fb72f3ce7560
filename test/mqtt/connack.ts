/** CONNACK of MQTT 5: come in, with these properties. */
export const connackWith = (...properties: number[]) =>
  Buffer.from([0x20, 3 + properties.length, 0, 0, properties.length, ...properties]);
