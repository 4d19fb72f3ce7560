import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { blocksIn, readPages, root } from "./pages.ts";
import { environmentWithoutBroker, folderWith, startProgram } from "./process.ts";

const pages = readPages();
/** A block with a title is another file, which its page names. */
const blocks = (language: string) => [
  ...new Set(
    pages
      .flatMap(({ text }) => blocksIn(text, language))
      .filter(({ title }) => title === "")
      .map(({ block }) => block),
  ),
];

describe("each devices.yaml that is shown to readers", () => {
  const examples = blocks("yaml").map((yaml) =>
    /^devices:/m.test(yaml) ? yaml : `devices:\n${yaml.replace(/^/gm, "  ")}`,
  );

  it("is found", () => expect(examples.length).toBeGreaterThan(3));

  it.each(examples)("is right: %j", async (yaml) => {
    const { ended } = startProgram(["check"], {
      cwd: folderWith({ "devices.yaml": yaml }),
      environment: yaml.includes("{MQTT_USER}") ? { MQTT_USER: "office" } : {},
    });
    expect(await ended).toMatchObject({ exitCode: 0, stderr: "" });
  });
});

describe("each command of the pages that ends by itself", () => {
  const lines = blocks("sh").flatMap((block) => block.split("\n"));
  const commands = [...new Set(lines)].filter(
    (line) => line.startsWith("node dist/main.js") && !line.includes("--debug"),
  );

  it("is found", () => expect(commands.length).toBeGreaterThan(3));

  it.each(commands)("works as printed: %s", (command) => {
    const said = execFileSync("sh", ["-c", command], { cwd: root, encoding: "utf8", env: environmentWithoutBroker() });
    expect(said).not.toBe("");
  });
});
