import { chmodSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/config/read.ts";
import { backends } from "../../src/gpio/index.ts";
import { folderWith } from "../e2e/process.ts";
import { kinds } from "../fakes/kinds.ts";
import { lamp } from "./bad-files/bad-file.ts";

/** What is warned of, with this `.env` beside a devices.yaml, or with these variables around. */
function warnings(dotEnv: string | undefined, { yaml = lamp, environment = {} } = {}) {
  const folder = folderWith({ "devices.yaml": yaml, ...(dotEnv !== undefined && { ".env": dotEnv }) });
  chmodSync(join(folder, "devices.yaml"), 0o600);
  if (dotEnv !== undefined) chmodSync(join(folder, ".env"), 0o600);
  const { warnings: found, config } = readConfig(join(folder, "devices.yaml"), {
    kinds,
    backends,
    environment,
    hostname: "test",
  });
  expect(config).toBeDefined();
  expect(found.join()).not.toContain("SECRET");
  return found;
}

const url = "this variable is not read; write MQTT_URL=mqtt://HOST:1883 instead";
const notRead = (name: string) => `this variable is not read; write ${name} instead`;
const withoutEqualsSign = "this line has no = and is ignored; write NAME=value, or # before a comment";
const withoutName =
  "what stands before the = is no variable's name, and the line is ignored; write it with letters, digits and _";

describe("a .env of which something is not read", () => {
  it.each([
    ["MQTT_HOST=broker", `1:1  MQTT_HOST: ${url}`],
    ["MQTT_HOST=", `1:1  MQTT_HOST: ${url}`],
    ["MQTT_BROKER=mqtt://me:SECRET@broker", `1:1  MQTT_BROKER: ${url}`],
    ["MQTT_SERVER=broker", `1:1  MQTT_SERVER: ${url}`],
    ["MQTT_PORT=1884", `1:1  MQTT_PORT: ${url}`],
    ["MQTT_BROKER_URL=mqtt://a", `1:1  MQTT_BROKER_URL: ${url}`],
    ["mqtt_url=mqtt://a", `1:1  mqtt_url: ${url}`],
    ["MQTT_UR=mqtt://a", `1:1  MQTT_UR: ${url}`],
    ["MQTT_USER=me", `1:1  MQTT_USER: ${notRead("MQTT_USERNAME")}`],
    ["  export MQTT_PASS=SECRET", `1:10  MQTT_PASS: ${notRead("MQTT_PASSWORD")}`],
    ["MQTT_PASWORD=SECRET", `1:1  MQTT_PASWORD: ${notRead("MQTT_PASSWORD")}`],
    ["MQTT_CA_FILE=ca.crt", `1:1  MQTT_CA_FILE: ${notRead("MQTT_CA")}`],
    ["MQTT_CLIENT_CERT=a.crt", `1:1  MQTT_CLIENT_CERT: ${notRead("MQTT_CERT")}`],
    ["MQTT_PRIVATE_KEY=a.key", `1:1  MQTT_PRIVATE_KEY: ${notRead("MQTT_KEY")}`],
    ["# first\r\n\r\nMQTT_PASSWORD SECRET\r\n", `3:1  ${withoutEqualsSign}`],
    ["MQTT_PASSWORD", `1:1  ${withoutEqualsSign}`],
    ["NOTE='two\nlines'\n\nSECRET", `4:1  ${withoutEqualsSign}`],
    ["MQTT PASSWORD=SECRET", `1:1  ${withoutName}`],
    ["set MQTT_USERNAME=SECRET", `1:1  ${withoutName}`],
  ])("is warned of: %j", (text, warning) => {
    expect(warnings(text)).toEqual([`.env:${warning}`]);
  });

  it.each([
    ['MQTT_USERNAME="me', '"'],
    ["MQTT_USERNAME=“me”", "“"],
  ])("is warned of where its quotes are none: %s", (text, quote) => {
    expect(warnings(text)).toEqual([
      `.env: the value of MQTT_USERNAME begins with the quotation mark ${quote}, which is taken for a part of it; write MQTT_USERNAME="…"`,
    ]);
  });

  it("is warned of where it is not UTF-8", () => {
    expect(warnings("M\0Q\0T\0T\0=\0")).toEqual([".env: this is not UTF-8 text; save the file as UTF-8"]);
  });

  it("is warned of line by line", () => {
    const found = warnings("MQTT_HOST=a\nMQTT_USERNAME me\nMQTT_PASS=SECRET\n");
    expect(found.map((line) => line.split("  ")[0])).toEqual([".env:1:1", ".env:2:1", ".env:3:1"]);
  });

  it.each([
    "# MQTT_HOST=broker\n\n  # another comment\n",
    "MQTT_URL=mqtt://a\nMQTT_USERNAME=me\nMQTT_PASSWORD='SECRET' # mine\n",
    "MQTT_CLIENT_ID=me\nMQTT_TOPIC=a\nMQTT_TLS=1\nMQTT_QOS=1\nHOST=a\nOTHER: b\n",
    'NOTE="several\nMQTT_HOST=a\nlines"\n',
    "\ufeffMQTT_URL=mqtt://a\r\n",
  ])("has nothing of the kind: %j", (text) => {
    expect(warnings(text)).toEqual([]);
  });

  it("may have variables of any name that devices.yaml takes", () => {
    const yaml = `broker: {url: "mqtt://\${MQTT_HOST}", username: "\${MQTT_USER}", password: "\${MQTT_PASS}"}\n${lamp}`;
    expect(warnings("MQTT_HOST=a\nMQTT_USER=me\nMQTT_PASS=SECRET\n", { yaml })).toEqual([]);
    expect(warnings(undefined, { yaml, environment: { MQTT_HOST: "a", MQTT_USER: "b", MQTT_PASS: "c" } })).toEqual([]);
  });
});

describe("variables of others around the program", () => {
  it("are warned of where ours has nothing in their place", () => {
    const environment = { MQTT_HOST: "a", MQTT_USER: "me", MQTT_PASS: "SECRET", MQTT_CA_CERT: "a", MQTT_PASWORD: "x" };
    expect(warnings(undefined, { environment })).toEqual([
      `MQTT_HOST: ${url}`,
      `MQTT_USER: ${notRead("MQTT_USERNAME")}`,
      `MQTT_PASS: ${notRead("MQTT_PASSWORD")}`,
      `MQTT_CA_CERT: ${notRead("MQTT_CA")}`,
    ]);
  });

  it("are left alone where they are empty, or the broker is known", () => {
    expect(warnings(undefined, { environment: { MQTT_HOST: "", MQTT_CLIENT_ID: "a", HOST: "b" } })).toEqual([]);
    const environment = { MQTT_HOST: "a", MQTT_USER: "me" };
    expect(warnings("MQTT_URL=mqtt://b\nMQTT_USERNAME=me\n", { environment })).toEqual([]);
    expect(warnings(undefined, { environment, yaml: `broker: {url: mqtt://b, username: me}\n${lamp}` })).toEqual([]);
    expect(warnings(undefined, { environment, yaml: `broker: {urls: ['mqtt://b'], username: me}\n${lamp}` })).toEqual(
      [],
    );
  });

  it("are warned of among systemd's credentials", () => {
    const CREDENTIALS_DIRECTORY = folderWith({ MQTT_PASS: "SECRET" });
    expect(warnings(undefined, { environment: { CREDENTIALS_DIRECTORY } })).toEqual([
      `MQTT_PASS: ${notRead("MQTT_PASSWORD")}`,
    ]);
  });
});
