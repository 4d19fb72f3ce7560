import * as z from "zod";
import { defineDevice } from "../core/device.ts";
import { pin } from "../core/pin.ts";
import { duration } from "../core/time/duration.ts";
import { coverCommand } from "./cover/cover-command.ts";
import { CoverDrive, type CoverState } from "./cover/cover-drive.ts";
import { pretendedCover } from "./cover/pretended-cover.ts";
import { anywhere, type Span } from "./cover/span.ts";

/** Home Assistant's words for what a cover is (www.home-assistant.io/integrations/cover). */
const deviceClasses = [
  "awning",
  "blind",
  "curtain",
  "damper",
  "door",
  "garage",
  "gate",
  "shade",
  "shutter",
  "window",
] as const;

const percent = z.number().min(0).max(100);
const spanSchema: z.ZodType<Span> = z.tuple([percent, percent]);

const state: z.ZodType<CoverState> = z.strictObject({
  state: z.enum(["open", "opening", "closed", "closing"]).nullable(),
  position: z.int().min(0).max(100).nullable(),
});

/** A shutter, awning or screen whose motor two relays drive, one for each direction. */
export const cover = defineDevice({
  kind: "cover",
  summary:
    "A shutter, awning, screen or gate whose motor two relays drive, one to open and one to close; its position is computed from how long it ran.",
  options: {
    open_pin: pin("The pin of the relay that opens it, as a BCM number.", "output", {
      activeLow: "active_low",
      rest: "off",
    }),
    close_pin: pin("The pin of the relay that closes it, as a BCM number.", "output", {
      activeLow: "active_low",
      rest: "off",
    }),
    active_low: z
      .boolean()
      .default(false)
      .describe("True for a relay board that switches on when its input is pulled to ground. Default: false."),
    open_time: duration({ min: "1s", max: "10m" }).describe(
      "How long it takes from closed to open; measure it, since the position is computed from it.",
    ),
    close_time: duration({ min: "1s", max: "10m" })
      .optional()
      .describe("How long it takes from open to closed. Default: open_time."),
    overrun: duration({ min: "0ms", max: "1m" })
      .default(2_000)
      .describe(
        "How much longer it is driven where it is to be open or closed, so that it is there for sure; its motor has to stop at the end by itself, or write 0ms. Default: 2s.",
      ),
    dead_time: duration({ min: "100ms", max: "10s" })
      .default(500)
      .describe("How long both relays are off before the motor turns the other way. Default: 500ms."),
    device_class: z.enum(deviceClasses).optional().describe("What it is, in Home Assistant's words."),
  },
  example: { topic: "home/office/shutter", open_pin: 22, close_pin: 23, open_time: "25s", device_class: "shutter" },
  wiring: { part: "relay", supply: "5V" },
  pretend: { mechanism: ({ open_time: open, close_time: close = open }) => pretendedCover({ open, close }) },
  state,
  entities: ({ device_class }) => [
    {
      key: "cover",
      platform: "cover",
      value: "state",
      topics: { position_topic: "position", set_position_topic: "position/set" },
      ...(device_class && { settings: { device_class } }),
    },
  ],
  command: coverCommand,
  setters: ["position"],
  shown: ["position"],
  async setup(options, context) {
    const { open_pin: open, close_pin: close, open_time, close_time = open_time, overrun, dead_time } = options;
    const drive = new CoverDrive({
      times: { open: open_time, close: close_time },
      overrunMs: overrun,
      clock: context.clock,
      kept: context.keep("position", spanSchema, anywhere),
      report: context.report,
    });
    const onState = drive.onDriven.bind(drive);
    drive.begin(await context.gpio.selector({ open, close }, { deadTimeMs: dead_time, onState }));
    return {
      command(command) {
        if (command.position !== undefined) drive.go(command.position);
        else if (command.state === "stop") drive.stop();
        else drive.go(command.state === "open" ? 100 : 0);
      },
    };
  },
});
