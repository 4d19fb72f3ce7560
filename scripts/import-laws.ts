/** Which part of the program may import which: said here once, held by "npm run lint", and drawn in docs/architecture.md. */

/** What a folder may import besides its own files. */
export interface ImportLaw {
  /** Below `src`; "" is the files at its top, which join the parts. */
  readonly folder: string;
  /** What it is there for, in a few words. */
  readonly job: string;
  /** Other folders. */
  readonly folders: readonly string[];
  /** Whether it may use Node.js itself: all of it, none of it, or only in these files. */
  readonly node: boolean | readonly string[];
}

const parts = [
  "core",
  "devices",
  "gpio",
  "yaml",
  "config",
  "scenario",
  "wiring",
  "simulation",
  "mqtt",
  "homeassistant",
  "runtime",
  "service",
  "log",
];

/** The folders, from the one that knows nobody to those that join all. */
export const importLaws: readonly ImportLaw[] = [
  { folder: "core", job: "the words: device, sensor, pin, bus, topic, clock", folders: [], node: false },
  { folder: "devices", job: "one file for each kind of device", folders: ["core"], node: false },
  { folder: "gpio", job: "the ways to the pins", folders: ["core"], node: ["gpio/pigpiod/channel.ts"] },
  { folder: "yaml", job: "a YAML text with places; knows no device", folders: ["core"], node: true },
  { folder: "config", job: "devices.yaml, checked, and what lies beside it", folders: ["core", "yaml"], node: true },
  { folder: "scenario", job: "the file of a scenario, checked", folders: ["core", "yaml"], node: true },
  { folder: "wiring", job: "drawings of the header and the wiring", folders: ["core"], node: false },
  { folder: "simulation", job: "pretended hardware", folders: ["core"], node: false },
  { folder: "mqtt", job: "the connection to the broker", folders: ["core"], node: true },
  { folder: "homeassistant", job: "what Home Assistant is told", folders: ["core"], node: false },
  { folder: "runtime", job: "devices at work: runs, pins, orders, state", folders: ["core"], node: true },
  { folder: "service", job: "systemd and its journal", folders: ["core"], node: true },
  { folder: "log", job: "log lines", folders: ["core"], node: true },
  { folder: "cli", job: "one file for each command", folders: [...parts, ""], node: true },
  { folder: "", job: "the program: joins the parts", folders: [...parts, "cli"], node: true },
];

/** Packages, and the files or folders that know them; `zod` is the language of schemas. */
export const packageLaws: Readonly<Record<string, readonly string[]>> = {
  zod: ["core", "devices", "config", "scenario", "homeassistant", "runtime"],
  commander: ["cli"],
  dotenv: ["config/beside/environment.ts"],
  "js-yaml": ["yaml/quick.ts"],
  leven: ["yaml/suggest.ts"],
  mqtt: ["mqtt/client.ts"],
  "mqtt-packet": ["mqtt/packets.ts"],
  pino: ["log"],
  "pino-pretty": ["log/terminal.ts"],
  "write-file-atomic": ["runtime/machine/machine-state.ts"],
  yaml: ["yaml", "config/reference.ts"],
};
