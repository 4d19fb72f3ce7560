import { describe, expect, it } from "vitest";
import { device, lamp } from "../config/bad-files/bad-file.ts";
import { checked } from "../config/checked.ts";

const space = "type a plain space, or nothing, in its place";
const quotes = `write " or ' instead, or nothing`;
const relay = (topic: string) => `devices:\n  it:\n    kind: relay\n    topic: ${topic}\n    pin: 17\n`;

/** What is wrong, the file, and the lines about it, each less the file's name. */
const wrong: [what: string, yaml: string, ...problems: string[]][] = [
  [
    "quotes of a word processor around a topic",
    relay("“home/lamp”"),
    `4:12  devices.it.topic: here is the character “ (U+201C); ${quotes}`,
  ],
  [
    "German ones, around one word",
    relay("„lamp“"),
    `4:12  devices.it.topic: here is the character „ (U+201E); ${quotes}`,
  ],
  ["single ones", relay("‘lamp’"), `4:12  devices.it.topic: here is the character ‘ (U+2018); ${quotes}`],
  ["one at the end", relay("lamp”"), `4:16  devices.it.topic: here is the character ” (U+201D); ${quotes}`],
  ["one within quotes", relay('"“lamp"'), `4:13  devices.it.topic: here is the character “ (U+201C); ${quotes}`],
  [
    "quotes around what has a colon in it",
    relay("“home: lamp”"),
    `4:12  here is the character “ (U+201C); ${quotes}`,
    `4:23  here is the character ” (U+201D); ${quotes}`,
  ],
  [
    "a no-break space in a topic",
    relay("my\u00a0lamp"),
    `4:14  devices.it.topic: here is a no-break space (U+00A0); ${space}`,
  ],
  [
    "a no-break space at its end",
    relay("lamp\u00a0"),
    `4:16  devices.it.topic: here is a no-break space (U+00A0); ${space}`,
  ],
  [
    "a zero-width space",
    relay("home\u200b/lamp"),
    "4:16  devices.it.topic: here is a zero-width space (U+200B); remove it",
  ],
  ["a soft hyphen", relay("home\u00ad/lamp"), "4:16  devices.it.topic: here is a soft hyphen (U+00AD); remove it"],
  [
    "a byte order mark",
    relay("home\ufeff/lamp"),
    "4:16  devices.it.topic: here is a byte order mark (U+FEFF); remove it",
  ],
  [
    "a mark of direction",
    relay("home\u200e/lamp"),
    "4:16  devices.it.topic: here is a mark of writing direction (U+200E); remove it",
  ],
  [
    "an en space",
    relay("a\u2002b"),
    `4:13  devices.it.topic: here is a space that is not the plain one (U+2002); ${space}`,
  ],
  [
    "an ideographic space",
    relay("a\u3000b"),
    `4:13  devices.it.topic: here is an ideographic space (U+3000); ${space}`,
  ],
  [
    "a no-break space behind a colon",
    "devices:\n  it:\n    kind:\u00a0relay\n    topic: a\n    pin: 17\n",
    `3:10  here is a no-break space (U+00A0); ${space}`,
  ],
  [
    "a no-break space behind the last colon",
    "devices:\n  it:\n    topic: a\n    pin: 17\n    kind:\u00a0relay\n",
    `5:10  here is a no-break space (U+00A0); ${space}`,
  ],
  [
    "a no-break space behind a colon in braces, and nothing of the kind that is missing",
    device("kind:\u00a0relay, topic: a, pin: 17"),
    `2:13  devices.it.kind:\u00a0relay: here is a no-break space (U+00A0); ${space}`,
  ],
  [
    "no-break spaces before a key, and nothing of devices that are missing",
    "devices:\n\u00a0\u00a0it:\n    kind: relay\n    topic: a\n",
    `2:1  \u00a0\u00a0it: here is a no-break space (U+00A0); ${space}`,
  ],
  [
    "a colon as wide as a Chinese character",
    "devices：\n  it:\n    kind: relay\n",
    "1:8  here is the character ： (U+FF1A); write : instead",
  ],
  [
    "such a colon in braces",
    device("kind: relay, topic： a, pin: 17"),
    "2:26  devices.it.topic： a: here is the character ： (U+FF1A); write : instead",
  ],
  [
    "a dash that is none, in an id",
    "devices:\n  my–lamp: {kind: relay, topic: a, pin: 17}\n",
    "2:5  devices.my–lamp: here is the character – (U+2013); write - instead",
  ],
  [
    "an apostrophe in a key",
    device("kind: relay, topic: a, pin: 17, ’active_low: true"),
    `2:40  devices.it.’active_low: here is the character ’ (U+2019); ${quotes}`,
  ],
  [
    "a wide digit in a pin",
    device("kind: relay, topic: a, pin: １7"),
    "2:36  devices.it.pin: here is the character １ (U+FF11); write 1 instead",
  ],
  [
    "a soft hyphen in a kind",
    device("kind: rel\u00aday, topic: a, pin: 17"),
    "2:17  devices.it.kind: here is a soft hyphen (U+00AD); remove it",
  ],
  [
    "a minus in a thermometer's number",
    device("kind: ds18b20, topic: a, address: 28−0316a2795dff"),
    "2:44  devices.it.address: here is the character − (U+2212); write - instead",
  ],
  [
    "a wide colon in an address",
    `broker: {url: "mqtt：//host"}\n${lamp}`,
    "1:20  broker.url: here is the character ： (U+FF1A); write : instead",
  ],
  [
    "a no-break space in an address",
    `broker: {url: "mqtt://host\u00a0"}\n${lamp}`,
    `1:27  broker.url: here is a no-break space (U+00A0); ${space}`,
  ],
  [
    "a quote around one of several addresses",
    `broker: {urls: [mqtt://a, “mqtt://b”]}\n${lamp}`,
    `1:27  broker.urls.1: here is the character “ (U+201C); ${quotes}`,
  ],
  [
    "a no-break space at the end of a chip's label",
    `gpio: {chip: pinctrl-rp1\u00a0}\n${lamp}`,
    `1:25  gpio.chip: here is a no-break space (U+00A0); ${space}`,
  ],
  [
    "a no-break space where the YAML is broken elsewhere too, and a name that is right",
    "devices:\n  it:\n    name: Anna’s “lamp”\n    kind:\u00a0relay\n    topic: [\n",
    `4:10  here is a no-break space (U+00A0); ${space}`,
  ],
];

describe("a character that only looks right", () => {
  it.each(wrong)("is named: %s", (_what, yaml, ...said) => {
    const { problems, config } = checked(yaml);
    expect(problems).toEqual(said.map((line) => `devices.yaml:${line}`));
    expect(config).toBeUndefined();
  });
});

describe("a character that may be meant", () => {
  it.each([
    "name: “Anna’s” lamp",
    "name: Desk\u00a0lamp",
    'name: "Lampe d’Anne\u00a0: salon"',
    "area: 客厅：灯",
    "name: 👩\u200d🔧",
    "home_assistant: {icon: mdi:lamp, some_text: “a” and “b”}",
    "topic: home/anna’s-lamp",
    "topic: home/客厅：灯",
    "topic: home/می\u200cخواهم",
    "active_low: true # “true”,\u00a0since the board is so",
  ])("is taken as it is: %s", (setting) => {
    const usual = setting.startsWith("topic") ? "" : "    topic: a\n";
    const { problems, warnings } = checked(`devices:\n  it:\n    kind: relay\n    pin: 3\n${usual}    ${setting}\n`);
    expect({ problems, warnings: warnings.filter((line) => !line.includes("pulled")) }).toEqual({
      problems: [],
      warnings: [],
    });
  });

  it("is taken in a duration and in a pin, which are understood all the same", () => {
    const yaml = `devices:\n  it: {kind: dht, topic: a, pin: "4\u00a0", every: 30\u00a0s}\n`;
    expect(checked(yaml).config?.devices[0]?.options).toMatchObject({ pin: 4, every: 30_000 });
  });

  it("is taken in a password and in a file's name", () => {
    const { problems, config } = checked(
      `broker: {url: mqtts://a, username: me, password: a\u00a0–“b, ca: Anna’s\u00a0ca}\n${lamp}`,
    );
    expect(problems).toEqual([]);
    expect(config?.broker).toMatchObject({ password: "a\u00a0–“b", ca: "Anna’s\u00a0ca" });
  });

  it.each([
    [
      "devices:\n  it: {kind: cpu_temperature, topic: a, name: “Desk lamp”}\n",
      `2:47  devices.it.name: the quotation marks “ and ” are part of this text; if they are not meant, write " in their place`,
    ],
    [
      `broker: {username: me, password: ‘SECRET’}\n${lamp}`,
      `1:34  broker.password: the quotation marks ‘ and ’ are part of this text; if they are not meant, write " in their place`,
    ],
    [
      `broker: {username: me, password: SECRET\u00a0}\n${lamp}`,
      `1:40  broker.password: here is a no-break space (U+00A0); ${space}`,
    ],
  ])("is warned of around a whole text: %j", (yaml, warning) => {
    const { problems, warnings, config } = checked(yaml);
    expect(problems).toEqual([]);
    expect(warnings).toEqual([`devices.yaml:${warning}`]);
    expect(config).toBeDefined();
    expect(warnings.join()).not.toContain("SECRET");
  });
});
