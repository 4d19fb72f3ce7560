/** Which part of the program may import which. "npm run lint" checks it, and docs/architecture.md has a drawing of it. */

/** What a folder may import besides its own files. */
export interface ImportLaw {
  /** The folder below `src`; "" means the files directly in it, which join the parts. */
  readonly folder: string;
  /** What the folder is for, in a few words. */
  readonly job: string;
  /** The other folders that it may import. */
  readonly folders: readonly string[];
  /** Whether it may import modules of Node.js: in all files, in none, or only in these. */
  readonly node: boolean | readonly string[];
}

const parts = [
  "core",
  "devices",
  "gpio",
  "i2c",
  "serial",
  "yaml",
  "config",
  "scenario",
  "wiring",
  "simulation",
  "discover",
  "mqtt",
  "homeassistant",
  "runtime",
  "rules",
  "service",
  "log",
];

/** The folders, from the one that imports no other to those that join all. */
export const importLaws: readonly ImportLaw[] = [
  { folder: "core", job: "the words: device, sensor, pin, bus, topic, clock", folders: [], node: false },
  { folder: "devices", job: "one file for each kind of device", folders: ["core"], node: false },
  { folder: "gpio", job: "the ways to the pins", folders: ["core"], node: ["gpio/pigpiod/channel.ts"] },
  { folder: "i2c", job: "the I2C buses", folders: ["core"], node: false },
  { folder: "serial", job: "the serial lines, through the package serialport", folders: ["core"], node: false },
  { folder: "yaml", job: "a YAML text with places; knows no device", folders: ["core"], node: true },
  { folder: "config", job: "devices.yaml, checked, and what lies beside it", folders: ["core", "yaml"], node: true },
  { folder: "scenario", job: "the file of a scenario, checked", folders: ["core", "yaml"], node: true },
  { folder: "wiring", job: "drawings of the header and the wiring", folders: ["core"], node: false },
  { folder: "simulation", job: "pretended hardware", folders: ["core"], node: false },
  { folder: "discover", job: "what is connected, and the lines for it", folders: ["core"], node: false },
  { folder: "mqtt", job: "the connection to the broker", folders: ["core"], node: true },
  { folder: "homeassistant", job: "what Home Assistant is told", folders: ["core"], node: false },
  { folder: "runtime", job: "devices at work: runs, pins, orders, state", folders: ["core"], node: true },
  { folder: "rules", job: "rules at work: what sets them off, and what they do", folders: ["core"], node: false },
  { folder: "service", job: "systemd and its journal", folders: ["core"], node: true },
  { folder: "log", job: "log lines", folders: ["core"], node: true },
  { folder: "launch", job: "what is set before the program is loaded, and its loading", folders: [], node: true },
  { folder: "cli", job: "one file for each command", folders: [...parts, ""], node: true },
  { folder: "", job: "the program: joins the parts", folders: [...parts, "launch", "cli"], node: true },
];

/** The packages, and the files or folders that may import them. */
export const packageLaws: Readonly<Record<string, readonly string[]>> = {
  zod: ["core", "devices", "config", "scenario", "homeassistant", "runtime", "rules"],
  commander: ["cli"],
  croner: ["core/time/cron.ts"],
  dotenv: ["config/beside/environment.ts"],
  "js-yaml": ["yaml/quick.ts"],
  leven: ["yaml/suggest.ts"],
  mqtt: ["mqtt/client.ts", "mqtt/connect.ts"],
  "mqtt-packet": ["mqtt/packets.ts"],
  pino: ["log"],
  "pino-pretty": ["log/terminal.ts"],
  suncalc: ["rules/times/sun.ts"],
  "write-file-atomic": ["runtime/machine/machine-state.ts"],
  yaml: ["yaml"],
};
