import { expect, it } from "vitest";
import { kindPage, referencePage } from "../../src/config/reference.ts";
import { kinds } from "../fakes/kinds.ts";

it("names all that a kind publishes, with its unit where it has one", () => {
  const page = referencePage(kinds);
  expect(page).toContain("Publishes `state` and `brightness`, with `ts`, as JSON on `home/office/strip/state`.");
  expect(page).toContain("Publishes `temperature` in °C and `humidity` in %, with `ts`, as JSON on");
});

it.each(kinds.map((kind) => [kind.kind, kind] as const))("says for a terminal what a %s publishes", (_name, kind) => {
  expect(kindPage(kind)).toMatch(/^Publishes \w/m);
});
