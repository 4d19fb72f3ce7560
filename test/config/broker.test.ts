import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readEnvironment } from "../../src/config/beside/environment.ts";
import { checkConfig } from "../../src/config/check.ts";
import { readConfig } from "../../src/config/read.ts";
import { brokerAddresses } from "../../src/config/schema/broker-address.ts";
import { backends } from "../../src/gpio/index.ts";
import { folderWith } from "../e2e/process.ts";
import { kinds } from "../fakes/kinds.ts";

const lamp = "devices:\n  lamp: {kind: relay, topic: home/lamp, pin: 17}\n";
const notAnAddress = "is not a broker's address; write mqtt://HOST:1883, or mqtts://HOST:8883 for TLS";

function check(broker: string, environment: Record<string, string> = {}) {
  const known = { kinds, backends, environment, hostname: "test" };
  return checkConfig("devices.yaml", new TextEncoder().encode(`broker: ${broker}\n${lamp}`), known);
}

/** The brokers of a file that is right. */
function brokers(broker: string, environment: Record<string, string> = {}) {
  const { config, problems } = check(broker, environment);
  if (config === undefined) throw new Error(problems.join("\n"));
  return brokerAddresses(config.broker);
}

describe("the broker's address", () => {
  it("may be one, with or without a user", () => {
    expect(brokers("{url: mqtt://broker}")).toEqual([
      { url: "mqtt://broker", username: undefined, password: undefined },
    ]);
    expect(brokers("{url: 'mqtts://me:p%40ss@broker:8883/'}")).toEqual([
      { url: "mqtts://broker:8883", username: "me", password: "p@ss" },
    ]);
    expect(brokers("{url: 'mqtt://me:old@broker'}", { MQTT_PASSWORD: "new" })).toEqual([
      { url: "mqtt://broker", username: "me", password: "new" },
    ]);
  });

  it("may be several, the first one first; who has a user of its own keeps its password to itself", () => {
    const list = "[mqtt://site, 'mqtts://me:secret@centre', 'mqtt://[fe80::1]:1884', 'wss://guest@cloud/mqtt']";
    expect(brokers(`{username: all, password: known, urls: ${list}}`)).toEqual([
      { url: "mqtt://site", username: "all", password: "known" },
      { url: "mqtts://centre", username: "me", password: "secret" },
      { url: "mqtt://[fe80::1]:1884", username: "all", password: "known" },
      { url: "wss://cloud/mqtt", username: "guest", password: undefined },
    ]);
  });

  it("comes from MQTT_URL above both, where commas make it several", () => {
    const urls = (...words: Parameters<typeof brokers>) => brokers(...words).map(({ url }) => url);
    expect(urls("{urls: [mqtt://a, mqtt://b]}", { MQTT_URL: "mqtt://c" })).toEqual(["mqtt://c"]);
    expect(urls("{url: mqtt://a}", { MQTT_URL: "mqtt://b, mqtts://c ," })).toEqual(["mqtt://b", "mqtts://c"]);
    expect(urls("{urls: [mqtt://a, mqtt://b]}", { MQTT_URL: "" })).toEqual(["mqtt://a", "mqtt://b"]);
  });
});

describe("a broker section that is wrong", () => {
  it.each([
    ["{urls: []}", '1:16  broker.urls: "[]" has no address in it; write one, or remove the line'],
    [
      "{urls: mqtt://a}",
      '1:16  broker.urls: "mqtt://a" is not a list; write each address on a line of its own below it, after a dash',
    ],
    ["{urls: [mqtt://a, 'http://b']}", `1:27  broker.urls.1: "http://b" ${notAnAddress}`],
    ["{urls: [mqtt://a, 7]}", '1:27  broker.urls.1: "7" is not text; put it in quotes'],
    ["{urls: [mqtt://me@a, mqtt://a/]}", '1:30  broker.urls.1: "mqtt://a/" is in the list already; remove one'],
    ["{url: mqtt://a, urls: [mqtt://b]}", "1:25  broker.urls: there is broker.url too; write one or the other"],
    [
      "{url: 'mqtt://a,mqtt://b'}",
      '1:15  broker.url: "mqtt://a,mqtt://b" is not one address; write several in broker.urls, each on a line of its own after a dash',
    ],
    [
      "{url: 'mqtt://me:100%@a'}",
      '1:15  broker.url: "mqtt://…@a" has a % in its user or password that stands for nothing; write %25 for it, or use MQTT_USERNAME and MQTT_PASSWORD',
    ],
    [
      "{check_server_name: no}",
      '1:29  broker.check_server_name: "no" is not true or false; since YAML 1.2 that is a text: write false',
    ],
  ])("%s", (broker, problem) => {
    expect(check(broker).problems).toEqual([`devices.yaml:${problem}`]);
  });

  it("says which address of MQTT_URL it means, and shows none", () => {
    expect(check("{}", { MQTT_URL: "mqtt://a,tcp://me:secret@b" }).problems).toEqual([
      `MQTT_URL: address 2 of this variable ${notAnAddress}`,
    ]);
  });

  it.each(["tcp://me:hunter2@host", "mqtt://me:hun/ter2@host", "mqtt:// me:hunter2@ho st", "mqtt://me:hun@ter2@"])(
    "shows no password: %s",
    (url) => {
      for (const broker of [`{url: "${url}"}`, `{urls: ["mqtt://a", "${url}"]}`]) {
        const { problems } = check(broker);
        expect(problems).toHaveLength(1);
        expect(problems.join()).not.toMatch(/hun|ter2/);
      }
    },
  );

  it.each([
    ["mqtt://me:SEC#RET@host", "#", "%23"],
    ["mqtt://me:1883#RET@host", "#", "%23"],
    ["mqtts://me:SEC/RET@host:8883", "/", "%2F"],
    ["mqtt://me:1/RET@host", "/", "%2F"],
    ["mqtt://me:SEC?RET@host", "?", "%3F"],
    ["mqtt://me:SEC@RET#@host", "#", "%23"],
    ["mqtt://S/EC:RET@host", "/", "%2F"],
    ["mqtt://me:SEC\\RET@host", "\\", "%5C"],
    ["wss://me:SEC/RET@host/mqtt", "/", "%2F"],
  ])("has a password that ends its address: %s", (url, character, code) => {
    const sentence = `has a ${character} in its user or password; write ${code} for it, or use MQTT_USERNAME and MQTT_PASSWORD`;
    const inVariable = check("{}", { MQTT_URL: url }).problems;
    expect(inVariable).toEqual([`MQTT_URL: the value of this variable ${sentence}`]);
    expect(check("{}", { MQTT_URL: `mqtt://a,${url}` }).problems).toEqual([
      `MQTT_URL: address 2 of this variable ${sentence}`,
    ]);
    for (const broker of [`{url: '${url}'}`, `{urls: [mqtt://a, '${url}']}`]) {
      const { problems } = check(broker);
      expect(problems).toEqual([expect.stringContaining(sentence)]);
      expect(problems.join()).not.toMatch(/SEC|RET/);
    }
  });

  it.each([
    ["mqtt://me:p@ss@host", "p@ss"],
    ["mqtt://me:p,ss@host", "p,ss"],
    ["mqtt://me:p%23ss@host", "p#ss"],
    ["wss://me:pass@host/mqtt?user=me@home", "pass"],
  ])("has none that may stand in it: %s", (url, password) => {
    expect(brokers("{}", { MQTT_URL: url })).toEqual([expect.objectContaining({ username: "me", password })]);
    expect(brokers("{}", { MQTT_URL: `mqtt://a, ${url},mqtt://b` })).toMatchObject([{}, { password }, {}]);
  });

  it("has a password but no user for one of its brokers", () => {
    expect(check("{password: secret, urls: [mqtt://me@a, mqtt://b]}").problems).toEqual([
      "devices.yaml:1:10  broker.password: there is a password but no user; set MQTT_USERNAME or broker.username",
    ]);
  });
});

describe("systemd's credentials", () => {
  it("count above .env and below the environment; a line break at their end is none of theirs", () => {
    const credentials = folderWith({
      MQTT_PASSWORD: " from systemd \n",
      MQTT_USERNAME: "systemd",
      "a-file": "x",
      OTHER: "\n",
    });
    mkdirSync(join(credentials, "FOLDER"));
    const folder = folderWith({ ".env": "MQTT_PASSWORD=dotenv\nMQTT_USERNAME=dotenv\nOTHER=dotenv\n" });
    const outside = { CREDENTIALS_DIRECTORY: credentials, MQTT_USERNAME: "outside" };
    expect(readEnvironment(folder, outside)).toEqual({
      CREDENTIALS_DIRECTORY: credentials,
      MQTT_PASSWORD: " from systemd ",
      MQTT_USERNAME: "outside",
      OTHER: "dotenv",
    });
  });

  it("are files where certificates and keys are meant", () => {
    const credentials = folderWith({ MQTT_CA: "-----BEGIN", MQTT_KEY: "-----BEGIN" });
    expect(readEnvironment(folderWith({}), { CREDENTIALS_DIRECTORY: credentials })).toMatchObject({
      MQTT_CA: join(credentials, "MQTT_CA"),
      MQTT_KEY: join(credentials, "MQTT_KEY"),
    });
  });

  it("are none where the folder is gone", () => {
    const outside = { CREDENTIALS_DIRECTORY: join(folderWith({}), "gone") };
    expect(readEnvironment(folderWith({}), outside)).toEqual(outside);
  });
});

describe.skipIf(process.platform === "win32")("a .env that everybody can read", () => {
  const warnings = (text: string, mode: number) => {
    const folder = folderWith({ "devices.yaml": lamp, ".env": text });
    const file = join(folder, ".env");
    chmodSync(file, mode);
    const known = { kinds, backends, environment: {}, hostname: "test" };
    return { file, warnings: readConfig(join(folder, "devices.yaml"), known).warnings };
  };

  it.each(["MQTT_USERNAME=me\nMQTT_PASSWORD=hunter2\n", "MQTT_URL=mqtt://me:hunter2@host\n", "MY_SECRET=hunter2\n"])(
    "is warned of: %j",
    (text) => {
      for (const mode of [0o644, 0o604, 0o602]) {
        const { file, warnings: found } = warnings(text, mode);
        expect(found).toEqual([
          `.env: everybody on this machine can read "${file}", secrets included; run "chmod 600 ${file}"`,
        ]);
      }
    },
  );

  it.each([
    ["MQTT_USERNAME=me\nMQTT_PASSWORD=hunter2\n", 0o600],
    ["MQTT_USERNAME=me\nMQTT_PASSWORD=hunter2\n", 0o640],
    ["MQTT_URL=mqtt://host\nMQTT_USERNAME=me\nMQTT_PASSWORD=\n", 0o644],
  ])("is not what this is: %j with mode %i", (text, mode) => {
    expect(warnings(text, mode).warnings).toEqual([]);
  });
});

it("warns of names that are not checked", () => {
  const folder = folderWith({});
  writeFileSync(join(folder, "devices.yaml"), `broker: {url: mqtts://a, check_server_name: false}\n${lamp}`);
  const known = { kinds, backends, environment: {}, hostname: "test" };
  expect(readConfig(join(folder, "devices.yaml"), known).warnings).toEqual([
    "broker.check_server_name: false lets whoever has a certificate of the same CA pose as the broker; use the name that the broker's certificate has, and remove the line",
  ]);
});
