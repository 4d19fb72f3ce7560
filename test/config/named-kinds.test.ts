import { describe, expect, it } from "vitest";
import { namedKinds } from "../../src/config/named-kinds.ts";

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
