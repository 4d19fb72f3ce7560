import { expect, it } from "vitest";
import { checkConfig } from "../../src/config/check.ts";
import { kindPage, referencePage } from "../../src/config/reference.ts";
import { kinds } from "../fakes/kinds.ts";

it("names all that a kind publishes, with its unit where it has one", () => {
  const page = referencePage(kinds);
  expect(page).toContain(
    "Publishes `state` and `position`, with `ts`, as JSON on `home/office/shutter/state`, and `position` alone",
  );
  expect(page).toContain(
    "Publishes `state`, with `ts`, as JSON, and with some options `brightness`, `color_mode`, `color`, `color_temp`, `effect`,",
  );
  expect(page).toContain("Publishes `temperature` in °C and `humidity` in %, with `ts`, as JSON on");
});

it.each(kinds.map((kind) => [kind.kind, kind] as const))("says for a terminal what a %s publishes", (_name, kind) => {
  expect(kindPage(kind)).toMatch(/^Publishes \w/m);
});

it.each(kinds)("prints an example of a $kind that can be taken as it is, in the terminal and on the page", (kind) => {
  const onPage = /```yaml\n(.*?)```/s.exec(referencePage([kind]))?.[1] ?? "";
  const inTerminal = kindPage(kind).split("Example:\n\n")[1] ?? "";
  const known = { kinds, backends: [], environment: {}, hostname: "test" };
  for (const text of [onPage, inTerminal]) {
    expect(text).toContain(`kind: ${kind.kind}\n`);
    expect(checkConfig("devices.yaml", new TextEncoder().encode(text), known)).toMatchObject({
      problems: [],
      warnings: [],
    });
  }
});
