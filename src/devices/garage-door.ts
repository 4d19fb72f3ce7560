import * as z from "zod";
import { problemEntity } from "../core/entity.ts";
import { defineDevice } from "../core/kind.ts";
import { Door } from "./garage-door/door.ts";
import { doorCommand } from "./garage-door/door-command.ts";
import { doorConflicts, doorOptions } from "./garage-door/door-options.ts";
import { doorProblems } from "./garage-door/door-problems.ts";
import { phases } from "./garage-door/phase.ts";
import { pretendedDoor } from "./garage-door/pretended-door.ts";
import { DoorPulses } from "./garage-door/pulses.ts";

/** A garage door or gate whose drive takes pulses of one button. */
export const garageDoor = defineDevice({
  kind: "garage_door",
  summary:
    "A garage door or gate whose drive has one button: a pulse starts it, stops it, and starts it the other way; one or two contacts say where it is.",
  usedFor: "a garage door or gate whose drive has one button",
  alsoCalled: ["gate"],
  options: doorOptions,
  example: {
    topic: "home/garage/door",
    button_pin: 22,
    closed_contact_pin: 5,
    open_contact_pin: 6,
    open_time: "15s",
  },
  conflicts: doorConflicts,
  wiring: { part: "relay", supply: "5V" },
  pretend: {
    mechanism: ({ open_time: open, close_time: close = open, reverses }) => pretendedDoor({ open, close }, reverses),
  },
  state: z.strictObject({
    state: z.enum(["open", "opening", "closed", "closing"]).nullable(),
    /** What is wrong; null: nothing, as far as the contacts see. */
    problem: z.enum(doorProblems).nullable(),
  }),
  entities: ({ device_class }) => [
    { key: "door", platform: "cover", value: "state", settings: { device_class } },
    problemEntity,
    // A pulse does whatever comes next, so whoever wants to give one without knowing enables this.
    {
      key: "pulse",
      platform: "button",
      name: "Pulse",
      settings: { payload_press: "pulse", enabled_by_default: false },
    },
  ],
  command: doorCommand,
  async setup(options, { clock, gpio, keep, log, report }) {
    const { open_time: open, close_time: close = open, margin: marginMs, reverses } = options;
    let told = "";
    const door: Door = new Door({
      times: { open, close },
      marginMs,
      reverses,
      clock,
      log,
      kept: keep("phase", z.enum(phases), "unknown"),
      onChange: () => {
        const state = { state: door.word, problem: door.problem ?? null };
        if (JSON.stringify(state) !== told) report(state);
        told = JSON.stringify(state);
        pulses.look();
      },
    });
    const pulses = new DoorPulses({ door, clock, log, pulseMs: options.pulse });
    const onState = pulses.onDriven.bind(pulses);
    const button = await gpio.selector({ button: options.button_pin }, { deadTimeMs: options.dead_time, onState });
    const contacts = { close: options.closed_contact_pin, open: options.open_contact_pin };
    for (const end of ["close", "open"] as const) {
      const contact = contacts[end];
      const onState = (isAt: boolean) => door.onContact(end, isAt);
      if (contact !== undefined) await gpio.input(contact, { debounceMs: options.debounce, onState });
    }
    pulses.begin(button);
    door.begin();
    return { command: ({ wanted }) => pulses.order(wanted) };
  },
});
