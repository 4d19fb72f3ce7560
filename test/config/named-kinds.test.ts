import { describe, expect, it } from "vitest";
import { checkConfig } from "../../src/config/check.ts";
import { mayHaveRules, namedKinds } from "../../src/config/named-kinds.ts";
import { kinds } from "../fakes/kinds.ts";

const all = ["contact", "dht", "relay"];

describe("the kinds that a file may mean", () => {
  it.each([
    ["devices:\n  lamp:\n    kind: relay\n    pin: 17\n  door: {kind: contact, pin: 5}\n", ["relay", "contact"]],
    ['lamp: {"kind": "relay", pin: 17}\n', ["relay"]],
    ["lamp: {kind: 'relay'}\r\nfan: {kind: relay }\n", ["relay"]],
    ["lamp:\n  kind: relay # a lamp\n", ["relay"]],
    ["lamp: {kind: rely}\n", ["relay"]],
    ["lamp: {kind: RELAY}\n", ["relay"]],
    ["lamp: {kind: submarine}\n", []],
    ["lamp: {pin: 17}\n", []],
    ["", []],
    ["lamp: {kind: ${KIND}}\n", all],
    ["lamp: {kind: &it relay}\nfan: {kind: *it}\n", all],
    ["lamp: {kind: !!str relay}\n", all],
    ["lamp:\n  kind:\n    relay\n", ["relay"]],
  ])("are found in its text: %j", (text, expected) => {
    expect(namedKinds(text, all)).toEqual(expected);
  });

  it("are all kinds for a word that names none, where it is asked thoroughly", () => {
    expect(namedKinds("lamp: {kind: rely}\n", all, true)).toEqual(all);
    expect(namedKinds("lamp: {kind: relay}\n", all, true)).toEqual(["relay"]);
  });
});

describe("whether a file may have rules", () => {
  it.each(["devices: {}\nrules:\n  a: {}\n", '{"devices": {}, "rules": {}}', 'devices: {}\n"r\\u0075les": {}\n'])(
    "may: %j",
    (text) => {
      expect(mayHaveRules(text)).toBe(true);
    },
  );

  it("has none where no key can be that word, and then the check of the rules need not be loaded", () => {
    const text = "devices:\n  lamp: {kind: relay, topic: lamp, pin: 17}\nbroker: {url: mqtt://localhost}\n";
    expect(mayHaveRules(text)).toBe(false);
    const known = { kinds, backends: [], environment: {}, hostname: "test" };
    const { config, problems } = checkConfig("devices.yaml", new TextEncoder().encode(text), known);
    expect({ problems, rules: config?.rules }).toEqual({ problems: [], rules: [] });
  });
});
