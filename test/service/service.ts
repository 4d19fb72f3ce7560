import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "../kernel/guest.ts";

/** How a program ended, and all that it printed. */
export interface Ended {
  readonly status: number | null;
  readonly output: string;
}

/** Runs a program of the guest to its end, whatever that is. */
export function tryProgram(program: string, ...words: readonly string[]): Ended {
  const { status, stdout, stderr } = spawnSync(program, words, { encoding: "utf8" });
  return { status, output: `${stdout}${stderr}` };
}

/** What systemd knows of the service: `ActiveState`, `NRestarts`, `StatusText`, `Result` and so on (systemctl show). */
export function property(name: string): string {
  return runProgram("systemctl", "show", "pi2mqtt", `--property=${name}`, "--value").trim();
}

/** The lines of the service in the journal, from a priority up (`err`, `warning`, `info`), without what systemd adds. */
export function journal(priority = "debug"): readonly string[] {
  runProgram("journalctl", "--sync");
  const words = ["--unit=pi2mqtt", "--identifier=pi2mqtt", `--priority=${priority}`, "--output=cat", "--no-pager"];
  return runProgram("journalctl", ...words)
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("-- "));
}

const dropIns = "/etc/systemd/system/pi2mqtt.service.d";

/** Writes what "systemctl edit" would. */
export function dropIn(name: string, ...settings: readonly string[]): void {
  mkdirSync(dropIns, { recursive: true });
  writeFileSync(`${dropIns}/${name}.conf`, ["[Service]", ...settings, ""].join("\n"));
  runProgram("systemctl", "daemon-reload");
}

/** Takes back what {@link dropIn} wrote. */
export function removeDropIn(name: string): void {
  rmSync(`${dropIns}/${name}.conf`);
  runProgram("systemctl", "daemon-reload");
}

/** What Mosquitto leaves wherever it ran, and Debian for it. */
const mosquittosOwn = /^\/var\/lib\/mosquitto\/|^\/etc\/(?:rc\d\.d\/...mosquitto|systemd\/.*\/mosquitto\.service)$/;

/** Every file and folder where an installation could leave something, and every user and group. */
export function traces(): readonly string[] {
  const places = ["/etc", "/opt", "/usr/local", "/usr/lib/systemd", "/var/lib", "/run/systemd/system"];
  // The databases of users keep a copy of what they were before.
  const kept = (path: string) =>
    !/^\/etc\/(?:g?shadow|passwd|group|subuid|subgid)-$/.test(path) && !mosquittosOwn.test(path);
  const files = places.flatMap((place) =>
    readdirSync(place, { recursive: true, encoding: "utf8" }).map((path) => join(place, path)),
  );
  const accounts = ["passwd", "group"].flatMap((database) => runProgram("getent", database).trim().split("\n"));
  return [...files.filter(kept), ...accounts];
}

/** The rules by which Raspberry Pi OS gives pins to the group gpio (raspberrypi-sys-mods, 99-com.rules). */
const udevRules = [
  'SUBSYSTEM=="gpio", GROUP="gpio", MODE="0660"',
  `SUBSYSTEM=="gpio", KERNEL=="gpiochip*", ACTION=="add", PROGRAM="/bin/sh -c 'chgrp -R gpio /sys/class/gpio && chmod -R g=u /sys/class/gpio'"`,
  `SUBSYSTEM=="pwm", ACTION=="add|change", PROGRAM="/bin/sh -c 'chgrp -R gpio /sys%p && chmod -R g=u /sys%p'"`,
  `SUBSYSTEM=="gpio", ACTION=="add", PROGRAM="/bin/sh -c 'chgrp -R gpio /sys%p && chmod -R g=u /sys%p'"`,
];

/** Makes udev do with pins what it does on Raspberry Pi OS, until the guest ends. */
export function makeUdevRules(): void {
  mkdirSync("/run/udev/rules.d", { recursive: true });
  writeFileSync("/run/udev/rules.d/99-com.rules", `${udevRules.join("\n")}\n`);
  runProgram("udevadm", "control", "--reload");
}
