import { z } from "zod";
import type { DeviceSettings } from "../../src/core/device-settings.ts";
import { type DeviceKind, defineDevice } from "../../src/core/kind.ts";
import { pin } from "../../src/core/pin.ts";
import { onOff } from "../../src/core/switching.ts";
import { kinds } from "../fakes/kinds.ts";

/** A device as devices.yaml would give it: options as a user writes them, checked and with their defaults. */
export function device(
  id: string,
  kindName: string | DeviceKind,
  options: Record<string, unknown> = {},
): DeviceSettings {
  const kind = typeof kindName === "string" ? kinds.find((candidate) => candidate.kind === kindName) : kindName;
  if (kind === undefined) throw new Error(`there is no kind ${String(kindName)}`);
  return { id, kind, topic: `home/${id}`, options: z.object(kind.options).parse(options) };
}

/** A kind with two relays and an end switch, as a blind has them. */
export const blind = defineDevice({
  kind: "blind",
  summary: "A blind.",
  usedFor: "tests",
  options: {
    up_pin: pin("Up.", "output"),
    down_pin: pin("Down.", "output"),
    end_pin: pin("The end switch.", "input"),
    active_low: z.boolean().default(false),
  },
  example: { up_pin: 17, down_pin: 27, end_pin: 22 },
  wiring: { part: "relay", supply: "5V" },
  state: onOff,
  entities: () => [],
  setup: async () => ({}),
});

/** A kind that says nothing about its wiring. */
export const dimmer = defineDevice({
  kind: "dimmer",
  summary: "A dimmer.",
  usedFor: "tests",
  options: { pin: pin("The pin.", "pwm") },
  example: { pin: 18 },
  state: onOff,
  entities: () => [],
  setup: async () => ({}),
});

/** The house of the README: a lamp, a sensor, a door, and the Pi itself. */
export const office = [
  device("office-lamp", "relay", { pin: 17 }),
  device("office-climate", "dht", { pin: 4 }),
  device("office-door", "contact", { pin: 5, device_class: "door" }),
  device("pi", "cpu_temperature"),
];
