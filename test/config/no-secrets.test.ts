import { describe, expect, it } from "vitest";
import { checkConfig } from "../../src/config/check.ts";
import { backends } from "../../src/gpio/index.ts";
import { kinds } from "../fakes/kinds.ts";
import { checked } from "./checked.ts";

function problemsOf(yaml: string): readonly string[] {
  const text = `${yaml}\ndevices:\n  lamp: {kind: relay, topic: home/lamp, pin: 17}\n`;
  return checkConfig("devices.yaml", new TextEncoder().encode(text), {
    kinds,
    backends,
    environment: {},
    hostname: "test",
  }).problems;
}

describe("a file with a password in a wrong place is refused without the password", () => {
  it.each([
    ["in a list where one address belongs", "broker: {url: [mqtt://u:Hun1@a, mqtt://u:Ter2@b]}"],
    ["in addresses with commas", "broker:\n  urls: mqtt://u:Hun1@a, mqtt://u:Ter2@b"],
    ["in a list of groups below broker", "broker:\n  - url: mqtt://a\n    password: Ter2"],
    ["in a list of groups below urls", "broker:\n  urls:\n    - url: mqtt://a\n      password: Ter2"],
    ["in a group below another setting", "broker: {ca: {password: Ter2}}"],
    ["in an address with a slash", "broker: mqtt://u:Hun1/Ter2@b"],
    ["behind a forgotten colon", "broker:\n  password Ter2"],
    ["behind a forgotten space", "broker: {url: mqtt://a, password:Ter2}"],
    ["behind a forgotten space, twice", "broker: {password:Ter2, password:Ter2}"],
    ["without its option", "broker: {url: mqtt://a, Ter2}"],
    ["in an address that became an option", "broker: {mqtt://u:Ter2@b}"],
    ["below another section", "agent:\n  - password: Ter2"],
    ["below a setting of another section", "agent: {id: {Password: Ter2}}"],
    ["in an address below another section", "gpio: mqtt://u:Hun1/Ter2@b"],
    ["behind a |", "broker:\n  password: |Ter2"],
    ["behind a quoted beginning", "broker:\n  password: 'Hun1'Ter2"],
    ["behind a bracket", "broker:\n  password: ]Ter2"],
    ["as a tag", "broker:\n  password: !Hun1!Ter2"],
    ["as an alias", "broker:\n  password: *Ter2"],
    ["with a backslash", 'broker:\n  password: "\\Ter2"'],
    ["behind an @", "broker:\n  password: @Ter2"],
  ])("%s", (_where, yaml) => {
    const problems = problemsOf(yaml);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join("\n")).not.toMatch(/Hun1|Ter2|\\T/);
  });
});

describe("a device with a password in a wrong place is refused without the password", () => {
  it.each([
    ["as a measure", "kind: file, topic: a, path: /x, measures: {password Ter2: {}}"],
    ["as a filter", "kind: ds18b20, topic: a, filters: [password=Ter2]"],
    ["in a filter", "kind: ds18b20, topic: a, filters: [{password: Ter2}]"],
    ["in a command", "kind: command, topic: a, command: mysql --password=Ter2"],
    ["short, in a command", "kind: command, topic: a, command: mysql -pTer2"],
    ["in a list of one word", "kind: command, topic: a, command: [mysql -pTer2]"],
    ["beside other words", "kind: command, topic: a, command: [mysql -pTer2, x]"],
    ["behind a whole path", "kind: command, topic: a, command: [/usr/bin/mysql -pTer2, x]"],
    ["as a tag in a command", "kind: command, topic: a, command: [mysql, !Ter2 x]"],
    ["as a group of a command", "kind: command, topic: a, command: {mysql: -pTer2}"],
    ["as a group in a command", "kind: command, topic: a, command: [mysql, {-p: Ter2}]"],
    ["in a path", "kind: file, topic: a, path: 'https://me:Ter2@host/x'"],
    ["as an option", "kind: bme280, topic: a, password: Ter2"],
    ["where a group belongs", "kind: modbus, topic: a, port: /dev/serial0, measures: token Ter2"],
    ["where a time belongs", "kind: bme280, topic: a, every: password Ter2"],
  ])("%s", (_where, settings) => {
    const { problems } = checked(`devices:\n  it: {${settings}}\n`);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join("\n")).not.toContain("Ter2");
  });
});

describe("a value below broker that gives nothing away is shown", () => {
  it.each([
    ["{keepalive: 3 days}", '1:21  broker.keepalive: "3 days" is not a duration'],
    ["{check_server_name: no}", '1:29  broker.check_server_name: "no" is not true or false'],
    ["mqtt://u:Ter2@host", '1:9  broker: "mqtt://…@host" is not a group of settings'],
    ["{pasword: Ter2}", '1:10  broker.pasword: there is no option "pasword"'],
  ])("%s", (broker, beginning) => {
    expect(problemsOf(`broker: ${broker}`)).toEqual([expect.stringContaining(`devices.yaml:${beginning}`)]);
  });
});

it("says how an option is written where a key cannot be shown", () => {
  expect(problemsOf("broker: {password:Ter2}")).toEqual([
    'devices.yaml:1:10  broker.…: there is no such option for the section broker; write "option: value", with a space after the colon; there are url, urls, username, password, ca, cert, key, check_server_name, keepalive',
  ]);
});
