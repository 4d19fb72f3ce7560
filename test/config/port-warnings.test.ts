import { expect, it } from "vitest";
import { checked } from "./checked.ts";

const warningsFor = (port: string) =>
  checked(`devices:\n  dust:\n    kind: sds011\n    topic: dust\n    port: ${port}\n`).warnings;

it.each(["/dev/ttyUSB0", "/dev/ttyACM12"])("a port whose number may change is warned of: %s", (port) => {
  expect(warningsFor(port)).toEqual([
    `devices.yaml:5:11  devices.dust.port: the number of ${port} can change at each boot; write the adapter's name in /dev/serial/by-id, which "ls -l /dev/serial/by-id" shows`,
  ]);
});

it.each(["/dev/serial0", "/dev/ttyAMA0", "/dev/serial/by-id/usb-1a86_USB2.0-Serial-if00-port0", "/dev/p1-meter"])(
  "a port that stays is not warned of: %s",
  (port) => {
    expect(warningsFor(port)).toEqual([]);
  },
);
