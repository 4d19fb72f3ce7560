import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/config/read.ts";
import { backends } from "../../src/gpio/index.ts";
import { readScenario } from "../../src/scenario/read.ts";
import { lamp } from "../config/bad-files/bad-file.ts";
import { folderWith } from "../e2e/process.ts";
import { kinds } from "../fakes/kinds.ts";

const known = { kinds, backends, environment: {}, hostname: "test" };

/** What cannot be a file of ours, and what is said of it. */
const noFiles: [what: string, reason: string, make: (file: string) => void][] = [
  ["a pipe", "it is a pipe, not a file", (file) => execFileSync("mkfifo", [file])],
  ["a device without an end", "it is a device, not a file", (file) => symlinkSync("/dev/zero", file)],
  ["a folder", "it is a folder, not a file", (file) => mkdirSync(file)],
  [
    "a file of more than 1 MiB",
    "it is larger than 1 MiB; is it the right one?",
    (file) => writeFileSync(file, "#".repeat(1024 * 1024 + 1)),
  ],
];

describe.skipIf(process.platform === "win32").each(noFiles)("%s", (_what, reason, make) => {
  it("is no devices.yaml", () => {
    const file = join(folderWith({}), "devices.yaml");
    make(file);
    expect(readConfig(file, known).problems).toEqual([`${file} cannot be read: ${reason}`]);
  });

  it("is no .env", () => {
    const folder = folderWith({ "devices.yaml": lamp });
    make(join(folder, ".env"));
    expect(readConfig(join(folder, "devices.yaml"), known).problems).toEqual([
      `${join(folder, ".env")} cannot be read (${reason}); put a file of NAME=value lines there, or none`,
    ]);
  });

  it("is no PEM file", () => {
    const folder = folderWith({ "devices.yaml": `broker: {url: mqtts://a, ca: ca.crt}\n${lamp}` });
    make(join(folder, "ca.crt"));
    expect(readConfig(join(folder, "devices.yaml"), known).problems).toEqual([
      `broker.ca: "ca.crt" cannot be read (${reason}); correct the path in broker.ca or MQTT_CA, or let this user read the file`,
    ]);
  });

  it("is no scenario", () => {
    const file = join(folderWith({}), "scenario.yaml");
    make(file);
    expect(readScenario(file, { devices: [] }, {}).problems).toEqual([`${file} cannot be read: ${reason}`]);
  });
});

it("reads a file of 1 MiB", () => {
  const text = lamp.padEnd(1024 * 1024, "#");
  const file = join(folderWith({ "devices.yaml": text }), "devices.yaml");
  expect(readConfig(file, known).config?.devices).toHaveLength(1);
});
