import { serialPortOptions } from "../../core/readers/serial/serial-options.ts";
import type { SourceDocument } from "../../yaml/document.ts";
import type { Problem } from "../../yaml/problem.ts";
import type { KnownDevice } from "../checks/checked-device.ts";

/** The kernel gives these numbers in the order in which it finds adapters. */
const numbered = /^\/dev\/tty(USB|ACM)\d+$/;

/** Warns of serial ports whose name may be that of another adapter after the next boot. */
export function portWarnings(devices: readonly KnownDevice[], source: SourceDocument): Problem[] {
  return devices.flatMap(({ id, kind, options }) =>
    serialPortOptions(kind.options).flatMap((option) => {
      const port = options[option];
      if (typeof port !== "string" || !numbered.test(port)) return [];
      const path = ["devices", id, option];
      const sentence = `the number of ${port} can change at each boot; write the adapter's name in /dev/serial/by-id, which "ls -l /dev/serial/by-id" shows`;
      return [{ path: path.join("."), place: source.placeOfValue(path), sentence }];
    }),
  );
}
