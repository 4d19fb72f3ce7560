import * as z from "zod";
import { type Entity, problemEntity } from "../core/entity.ts";
import { defineDevice } from "../core/kind.ts";
import { coverCommand } from "./cover/cover-command.ts";
import { CoverDrive } from "./cover/cover-drive.ts";
import { type CoverOptions, coverConflicts, coverOptions } from "./cover/cover-options.ts";
import { CoverTelling, coverState } from "./cover/cover-state.ts";
import { EndstopWatch } from "./cover/endstop-watch.ts";
import { Endstops } from "./cover/endstops.ts";
import { endOf } from "./cover/place.ts";
import { pretendedCover } from "./cover/pretended-cover.ts";
import { anywhere, type Span } from "./cover/span.ts";
import { wallButton } from "./cover/wall-buttons.ts";
import { Whereabouts } from "./cover/whereabouts.ts";

const percent = z.number().min(0).max(100);
const spanSchema: z.ZodType<Span> = z.tuple([percent, percent]);

/** A shutter, awning, screen or blind whose motor two relays drive, one for each direction. */
export const cover = defineDevice({
  kind: "cover",
  summary:
    "A shutter, awning, blind, screen or gate whose motor two relays drive, one to open and one to close; its position is computed from how long it ran.",
  usedFor: "a shutter, awning or blind with one relay up and one down",
  alsoCalled: ["blind", "shutter", "timebased"],
  options: coverOptions,
  example: { topic: "home/office/shutter", open_pin: 22, close_pin: 23, open_time: "25s", device_class: "shutter" },
  conflicts: coverConflicts,
  wiring: { part: "relay", supply: "5V" },
  pretend: { mechanism: ({ open_time: open, close_time: close = open }) => pretendedCover({ open, close }) },
  state: coverState,
  entities: entitiesOf,
  command: ({ tilt_time }) => coverCommand(tilt_time !== undefined),
  setters: ["position", "tilt"],
  shown: ["position", "tilt"],
  async setup(options, { clock, gpio, keep, log, report }) {
    const { open_time, close_time = open_time, tilt_time: tilt = 0, debounce: debounceMs } = options;
    const times = { open: open_time, close: close_time, tilt };
    const keptTilt = tilt > 0 ? keep("tilt", spanSchema, anywhere) : undefined;
    const where = new Whereabouts(times, clock, { position: keep("position", spanSchema, anywhere), tilt: keptTilt });
    const endstops = new Endstops();
    const telling = new CoverTelling({ clock, where, endstops, report });
    const drive = new CoverDrive({ times, overrunMs: options.overrun, clock, log, where, endstops, telling });
    const watch = new EndstopWatch({ drive, where, endstops, telling });

    const pins = { open: options.open_pin, close: options.close_pin };
    const onState = drive.onDriven.bind(drive);
    const outputs = await gpio.selector(pins, { deadTimeMs: options.dead_time, onState });
    for (const end of ["open", "close"] as const) {
      const onState = (isAt: boolean, atMs: number) => watch.onChange(end, isAt, atMs - debounceMs);
      const contact = options[`${end}_endstop_pin`];
      if (contact !== undefined) await gpio.input(contact, { debounceMs, onState });
    }
    drive.outputs = outputs;
    watch.begin();
    telling.tell();
    const buttons = { open: options.open_button_pin, close: options.close_button_pin, other_way: options.button_pin };
    for (const which of ["open", "close", "other_way"] as const) {
      const button = buttons[which];
      const onState = wallButton(which, { drive, where, log });
      if (button !== undefined) await gpio.input(button, { debounceMs, onState });
    }
    const { calibrate_at_start: end } = options;
    if (end !== "none" && !where.isKnown && endstops.fault === undefined)
      drive.go({ position: endOf[end] }, "calibrate_at_start");
    return {
      command({ state, position, tilt }) {
        if (state === "stop") drive.stop();
        else drive.go({ position: state === undefined ? position : endOf[state], tilt });
      },
    };
  },
});

function entitiesOf(options: CoverOptions): readonly Entity[] {
  const { device_class, tilt_time, open_endstop_pin, close_endstop_pin } = options;
  const tiltTopics = tilt_time !== undefined && { tilt_command_topic: "tilt/set", tilt_status_topic: "tilt" };
  return [
    {
      key: "cover",
      platform: "cover",
      value: "state",
      topics: { position_topic: "position", set_position_topic: "position/set", ...tiltTopics },
      ...(device_class && { settings: { device_class } }),
    },
    ...(open_endstop_pin === undefined && close_endstop_pin === undefined ? [] : [problemEntity]),
  ];
}
