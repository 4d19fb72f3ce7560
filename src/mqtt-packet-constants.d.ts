declare module "mqtt-packet/constants.js" {
  /** Reason codes by number, as MQTT 5 lists them for each packet. */
  type Codes = Record<number, string>;
  const constants: {
    readonly MQTT5_PUBACK_PUBREC_CODES: Codes;
    readonly MQTT5_SUBACK_CODES: Codes;
    readonly MQTT5_DISCONNECT_CODES: Codes;
  };
  export default constants;
}
