import { type BadFile, lamp } from "./bad-file.ts";

/** Files whose text is wrong, whatever they are about. */
export const badTexts: readonly BadFile[] = [
  [
    "a text with a colon",
    "devices:\n  it:\n    name: Climate: cellar\n",
    'devices.yaml:3:11  a line has one key only; put a text with ": " in quotes, or the second key on a line of its own',
  ],
  ["an empty file", "", 'devices.yaml:1:1  the file is empty; begin with "devices:" and one device below it'],
  [
    "only comments",
    "# hello\n\n",
    'devices.yaml:1:1  the file is empty; begin with "devices:" and one device below it',
  ],
  [
    "a list",
    "- lamp\n",
    'devices.yaml:1:1  this is not a devices.yaml; begin with "devices:" and one device below it, indented',
  ],
  [
    "a variable that is not set",
    `broker: {url: "${"${BROKER}"}"}\n${lamp}`,
    "devices.yaml:1:15  broker.url: the variable ${BROKER} is not set; set it in the environment or in .env beside this file",
  ],
  [
    "a variable with a name that cannot be",
    `broker: {url: "${"${MY-BROKER}"}"}\n${lamp}`,
    "devices.yaml:1:15  broker.url: between ${ and } stands no variable's name; write it with letters, digits and _, or put a text with ${ in it into a variable",
  ],
  ["a tab", "devices:\n\tlamp: {}\n", "devices.yaml:2:1  this line is indented with a tab; YAML wants spaces"],
  [
    "two brackets that are not closed",
    "devices: {lamp: {kind: relay\n",
    "devices.yaml:1:10  the { here is not closed; close it with }",
    "devices.yaml:1:17  the { here is not closed; close it with }",
  ],
  ["a NUL", "devices:\n  \0lamp: {}\n", "devices.yaml:2:3  here is a NUL character; remove it"],
  [
    "two documents",
    `${lamp}---\n${lamp}`,
    "devices.yaml:3:1  a second document begins here; keep one and remove the line ---",
  ],
  [
    "an alias that is not anchored",
    "devices: *nothing\n",
    "devices.yaml:1:10  an alias (*) has no anchor (&) before it; write the value out",
  ],
];
