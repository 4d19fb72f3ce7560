import { expect, it } from "vitest";
import { device, lamp } from "../config/bad-files/bad-file.ts";
import { checked } from "../config/checked.ts";

it.each([
  ["in a key", device('kind: relay, topic: a, pin: 17, "\\e]0;title\\a": 5')],
  ["in an id", 'devices:\n  "\\e[2J": {kind: relay, topic: a, pin: 17}\n'],
  ["in a section", `"\\x9b2J": 5\n${lamp}`],
  ["in a key that is written twice", device('kind: relay, topic: a, pin: 17, "\\b": 5, "\\b": 6')],
  ["as they are", device("kind: relay, topic: a, pin: \u001b[31m17\u007f\u009b")],
  ["in a comment that ends a value", device("kind: relay\u0007, topic: a, pin: 17")],
  ["in a name of two lines", device('kind: relay, topic: a, pin: 17, "one\\ntwo": 5')],
  ["in what a missing variable stands below", device('kind: relay, topic: a, pin: 17, "\\e": "${X}"')],
])("shows no escape sequence that stands %s", (_where, yaml) => {
  const { problems } = checked(yaml);
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.join("")).not.toMatch(/\p{Cc}/u);
});
