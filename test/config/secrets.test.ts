import { chmodSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readEnvironment } from "../../src/config/beside/environment.ts";
import { readConfig } from "../../src/config/read.ts";
import { shownAddress } from "../../src/config/schema/broker-address.ts";
import { backends } from "../../src/gpio/index.ts";
import { folderWith } from "../e2e/process.ts";
import { kinds } from "../fakes/kinds.ts";

const lamp = "devices:\n  lamp: {kind: relay, topic: home/lamp, pin: 17}\n";

/** All that is said of a folder with these files, of which devices.yaml has this mode. */
function said(files: Readonly<Record<string, string>>, mode = 0o600) {
  const folder = folderWith(files);
  const file = join(folder, "devices.yaml");
  chmodSync(file, mode);
  if (files[".env"] !== undefined) chmodSync(join(folder, ".env"), 0o600);
  return { ...readConfig(file, { kinds, backends, environment: {}, hostname: "test" }), file };
}

describe("an address that is none", () => {
  const shown = (broker: string) => {
    const { problems } = said({ "devices.yaml": `broker: ${broker}\n${lamp}` });
    expect(problems).toHaveLength(1);
    return problems.join();
  };

  it.each([
    ["user:SECRET@host:1883", '"…@host:1883"'],
    ["mqtt:/user:SECRET@host", '"mqtt:/…@host"'],
    ["http://user:SECRET@host", '"http://…@host"'],
    ["user:SEC@RET@host", '"…@host"'],
    ["mqtt://user:SECRET", "this value"],
    ["user:SECRET", "this value"],
    ["user:SECRET/more", "this value"],
    ["mqtt:SECRET", "this value"],
    ["mqtt://SECRET:user:1883", "this value"],
    ["user:SECRET1883", "this value"],
    ["me@user:SECRET", "this value"],
    ["tcp://host/mqtt?token=SECRET", '"tcp://host/mqtt?…"'],
    ["tcp://host/mqtt#SECRET", '"tcp://host/mqtt?…"'],
    ["tcp://host/mqtt?token=SEC@RET", "this value"],
    ["host:1883", '"host:1883"'],
    ["mqtt:/host:1883", '"mqtt:/host:1883"'],
    ["tcp://[fe80::1]:1883", '"tcp://[fe80::1]:1883"'],
    ["broker.local", '"broker.local"'],
  ])("keeps its secret: %s is shown as %s", (written, quoted) => {
    for (const broker of [`{url: "${written}"}`, `{urls: ["mqtt://a", "${written}"]}`])
      expect(shown(broker)).toMatch(`${quoted} is not a broker's address`);
    for (const broker of [`{url: "${written}"}`, `{urls: "${written}"}`, `{urls: {a: "${written}"}}`, `"${written}"`])
      expect(shown(broker)).not.toMatch(/SEC|RET/);
  });

  it("keeps its secret where it is in the list already", () => {
    const address = "wss://me:SECRET@host/mqtt";
    expect(shown(`{urls: ["${address}", "${address}"]}`)).toContain('"wss://…@host/mqtt" is in the list already');
  });
});

it("logs an address without a token", () => {
  expect(shownAddress("wss://me:SECRET@host/mqtt?token=SECRET#SECRET")).toBe("wss://host/mqtt");
  expect(shownAddress("mqtt://host:1883")).toBe("mqtt://host:1883");
});

describe("a variable that is set but empty outside", () => {
  it("hides neither .env nor systemd's credentials", () => {
    const credentials = folderWith({ MQTT_PASSWORD: "from systemd" });
    const folder = folderWith({ ".env": "MQTT_USERNAME=dotenv\nMQTT_PASSWORD=dotenv\n" });
    const outside = { CREDENTIALS_DIRECTORY: credentials, MQTT_USERNAME: "", MQTT_PASSWORD: "", EMPTY: "" };
    expect(readEnvironment(folder, outside)).toMatchObject({
      MQTT_USERNAME: "dotenv",
      MQTT_PASSWORD: "from systemd",
      EMPTY: "",
    });
  });
});

describe("a # in .env", () => {
  const warnings = (text: string) => said({ "devices.yaml": lamp, ".env": text }).warnings;

  it.each([
    "MQTT_PASSWORD=ab#cd",
    "export MQTT_PASSWORD = ab#cd\r",
    "MQTT_PASSWORD=#cd",
    "OTHER=x\n MQTT_PASSWORD=ab#",
  ])("is warned of where it cuts a value: %j", (line) => {
    expect(warnings(`MQTT_USERNAME=me\n${line}\n`)).toEqual([
      ".env: the value of MQTT_PASSWORD ends before its #; put it in quotes, or a space before the # of a comment",
    ]);
  });

  it.each([
    "MQTT_PASSWORD='ab#cd'",
    'MQTT_PASSWORD= "ab#cd"',
    "MQTT_PASSWORD=ab # a comment",
    "MQTT_PASSWORD= # a comment",
    "# MQTT_PASSWORD=ab#cd",
    'NOTE="several\nMQTT_PASSWORD=ab#cd\nlines"',
  ])("is fine in quotes and before a comment: %j", (line) => {
    expect(warnings(`MQTT_USERNAME=me\n${line}\n`)).toEqual([]);
  });
});

describe.skipIf(process.platform === "win32")("a devices.yaml that everybody can read", () => {
  const broker = (settings: string) => ({ "devices.yaml": `broker: {${settings}}\n${lamp}`, ".env": "PW=secret\n" });

  it.each([
    ["password", "username: me, password: SECRET"],
    ["password", 'username: me, password: "pre${PW}"'],
    ["url", "url: 'mqtt://me:SECRET@host'"],
    ["urls", "urls: [mqtt://host, 'mqtt://me:SECRET@other']"],
  ])("is warned of when it has the broker's %s: %s", (setting, settings) => {
    const { warnings, file } = said(broker(settings), 0o644);
    const variable = setting === "password" ? "MQTT_PASSWORD" : "MQTT_URL";
    expect(warnings).toEqual([
      `broker.${setting}: everybody on this machine can read the password in "${file}"; move it into .env as ${variable}, and let only the agent read that`,
    ]);
    expect(said(broker(settings), 0o640).warnings).toEqual([]);
  });

  it.each([
    "username: me, password: '${PW}'",
    "url: 'mqtt://me:${PW}@host'",
    "url: 'mqtt://me@host'",
    "username: 'me@home', url: mqtt://host",
  ])("is fine without one: %s", (settings) => {
    expect(said(broker(settings), 0o644).warnings).toEqual([]);
  });

  it("is warned of though MQTT_URL stands above an address that is none", () => {
    const files = {
      "devices.yaml": `broker: {url: 'mqtt://me:100%@host'}\n${lamp}`,
      ".env": "MQTT_URL=mqtt://other\n",
    };
    expect(said(files, 0o644).warnings).toEqual([expect.stringContaining("broker.url: everybody")]);
  });
});
