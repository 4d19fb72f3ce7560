import { didYouMeanAny } from "../../yaml/suggest.ts";

/**
 * Words for options that other programs have, mostly ESPHome, Home Assistant, Zigbee2MQTT and manuals of Modbus, and the words that are
 * used here. Only those count that the group in question has.
 */
const others: Readonly<Record<string, readonly string[]>> = {
  accuracy_decimals: ["digits", "accuracy_decimals"],
  address: ["register"],
  altitude_compensation: ["altitude"],
  baud: ["baud_rate"],
  beta: ["b_constant"],
  channel: ["input", "file"],
  command_line: ["command"],
  count: ["value"],
  cs_pin: ["device"],
  data_pin: ["pin"],
  data_type: ["value"],
  decimal_places: ["digits"],
  decimals: ["digits"],
  device_address: ["unit", "address"],
  device_id: ["address", "unit", "device", "part"],
  factor: ["multiply"],
  file: ["path", "channel"],
  filename: ["path"],
  filter: ["filters"],
  friendly_name: ["name"],
  function: ["type"],
  function_code: ["type"],
  gain: ["multiply"],
  gpio: ["pin"],
  gpio_pin: ["pin"],
  height: ["altitude"],
  i2c_addr: ["address"],
  i2c_address: ["address"],
  i2c_bus: ["bus"],
  i2c_id: ["bus"],
  input_type: ["type"],
  interval: ["every"],
  json_path: ["json"],
  location: ["area"],
  max_cycles: ["rated_cycles"],
  mqtt_topic: ["topic"],
  multiplier: ["multiply"],
  nominal_power: ["power"],
  one_wire_id: ["address"],
  operations: ["rated_cycles"],
  period: ["every"],
  pin: ["input"],
  pin_number: ["pin"],
  platform: ["kind"],
  poll_interval: ["every"],
  polling_interval: ["every"],
  precision: ["digits"],
  refresh: ["every"],
  register_type: ["type"],
  response_size: ["value"],
  room: ["area"],
  scale: ["multiply"],
  scan_interval: ["every"],
  sensor_id: ["address"],
  serial_port: ["port"],
  shell: ["command"],
  slave: ["unit"],
  slave_id: ["unit"],
  state_topic: ["topic"],
  suggested_area: ["area"],
  suggested_display_precision: ["digits"],
  spi_device: ["device"],
  swap: ["word_order"],
  tty: ["port"],
  type: ["model", "kind"],
  uart_id: ["port"],
  unit_id: ["unit"],
  unit_of_measurement: ["unit"],
  update_interval: ["every"],
  update_rate: ["every"],
  value_json: ["json"],
  value_template: ["json", "after"],
  value_type: ["value"],
  wattage: ["power"],
  watts: ["power"],
  window: ["window_size"],
};

/** Options of other programs for which there is none here, and what to do. */
const without: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ["bytesize", "data_bits", "databits"].map((word) => [word, "; it is always 8: remove this line"]),
  ),
  ...Object.fromEntries(
    ["unique_id", "object_id"].map((word) => [word, "; the agent makes it of the ids: remove this line"]),
  ),
  ...Object.fromEntries(["qos", "retain"].map((word) => [word, "; the agent decides it itself: remove this line"])),
  ...Object.fromEntries(
    ["iir_filter", "oversampling"].map((word) => [word, "; the driver decides it: remove this line"]),
  ),
  internal: "; write discovery: false below home_assistant to hide the device",
};

/** Home Assistant's options that belong below `home_assistant`. */
const ofHomeAssistant = [
  "enabled_by_default",
  "entity_category",
  "entity_picture",
  "expire_after",
  "force_update",
  "icon",
  "object_id",
];

/** What a word of another program is called here, as a clause after a sentence; "" if it is not known, or has no meaning there. */
export function otherWord(written: string, known: readonly string[]): string {
  const word = written
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .replace(/[-\s]+/g, "_")
    .toLowerCase();
  const meant = (others[word] ?? []).filter((one) => known.includes(one));
  if (meant.length > 0) return didYouMeanAny(meant.slice(0, 1));
  if (Object.hasOwn(without, word)) return without[word] ?? "";
  return ofHomeAssistant.includes(word) && known.includes("home_assistant")
    ? "; it is Home Assistant's: write it below home_assistant"
    : "";
}
