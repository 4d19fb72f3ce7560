import type { DeviceKind } from "../core/device.ts";
import { contact } from "./contact.ts";
import { cpuTemperature } from "./cpu-temperature.ts";
import { dht } from "./dht.ts";
import { ds18b20 } from "./ds18b20.ts";
import { light } from "./light.ts";
import { relay } from "./relay.ts";

/** Every kind of device, in alphabetical order. A new kind is one file and one line here. */
export const kinds: readonly DeviceKind[] = [contact, cpuTemperature, dht, ds18b20, light, relay];
