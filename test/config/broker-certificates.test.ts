import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config/read.ts";
import { backends } from "../../src/gpio/index.ts";
import { folderWith } from "../e2e/process.ts";
import { cannotRun } from "../e2e/required.ts";
import { authority, opensslMissing } from "../e2e/tls-authority.ts";
import { kinds } from "../fakes/kinds.ts";

const lamp = "devices:\n  lamp: {kind: relay, topic: home/lamp, pin: 17}\n";

describe("the PEM files of the broker section", () => {
  if (opensslMissing !== undefined) return cannotRun(opensslMissing);

  const folder = folderWith({ "words.txt": "no PEM", "empty.crt": "\n" });
  const openssl = (...words: string[]) => spawnSync("openssl", words, { cwd: folder });
  beforeAll(() => {
    const ours = authority(folder, "ca");
    ours.sign("DNS:agent", "agent");
    ours.sign("DNS:other", "other");
    ours.sign("DNS:agent", "old", "expired");
    writeFileSync(join(folder, "damaged.crt"), ours.cert.replace(/\n[^\n]{20}/, "\n"));
    writeFileSync(join(folder, "bundle.crt"), authority(folder, "old-ca", "expired").cert + ours.cert);
    openssl("x509", "-in", "ca.crt", "-outform", "DER", "-out", "ca.der");
    openssl("pkey", "-in", "agent.key", "-aes128", "-passout", "pass:x", "-out", "locked.key");
    mkdirSync(join(folder, "folder.crt"));
    for (const name of ["agent", "other", "old", "locked"]) chmodSync(join(folder, `${name}.key`), 0o600);
  });

  /** What is said of these settings. */
  const check = (broker: string) => {
    writeFileSync(join(folder, "devices.yaml"), `broker: {${broker}}\n${lamp}`);
    const known = { kinds, backends, environment: {}, hostname: "test" };
    return readConfig(join(folder, "devices.yaml"), known);
  };
  const secure = "url: mqtts://a";

  it("are read from the folder of devices.yaml, together with their names", () => {
    const { config, problems, warnings } = check(`${secure}, ca: ca.crt, cert: agent.crt, key: agent.key`);
    expect([...problems, ...warnings]).toEqual([]);
    expect(config?.pem).toMatchObject({
      ca: expect.stringContaining("BEGIN CERTIFICATE"),
      cert: expect.stringContaining("BEGIN CERTIFICATE"),
      key: expect.stringContaining("PRIVATE KEY"),
      pemNames: { ca: "ca.crt", cert: "agent.crt" },
    });
  });

  it.each([
    [
      "is missing",
      "ca: nowhere.crt",
      'broker.ca: "nowhere.crt" cannot be read (ENOENT); correct the path in broker.ca or MQTT_CA, or let this user read the file',
    ],
    [
      "is a folder",
      "ca: folder.crt",
      'broker.ca: "folder.crt" cannot be read (it is a folder, not a file); correct the path in broker.ca or MQTT_CA, or let this user read the file',
    ],
    [
      "is no PEM file",
      "ca: words.txt",
      'broker.ca: "words.txt" is not a PEM file with a certificate, which begins with -----BEGIN CERTIFICATE-----; name that file',
    ],
    ["is empty", "ca: empty.crt", 'broker.ca: "empty.crt" is empty; copy the certificate into it'],
    [
      "is DER",
      "ca: ca.der",
      'broker.ca: "ca.der" is a certificate, but not a PEM file; run "openssl x509 -inform DER -in ca.der -out ca.der.pem" and name that',
    ],
    [
      "is damaged",
      "ca: damaged.crt",
      'broker.ca: "damaged.crt" holds a certificate that is damaged; copy the file again',
    ],
    [
      "is the key instead",
      "ca: ca.key",
      'broker.ca: "ca.key" holds a private key where a certificate belongs; name the other file',
    ],
    [
      "has no key",
      "cert: agent.crt",
      'broker.cert: "agent.crt" is one half of a pair; name the other in broker.key or MQTT_KEY',
    ],
    [
      "has no certificate",
      "key: agent.key",
      'broker.key: "agent.key" is one half of a pair; name the other in broker.cert or MQTT_CERT',
    ],
    [
      "is another's key",
      "cert: agent.crt, key: other.key",
      'broker.key: "other.key" is not the key of the certificate in "agent.crt" (broker.cert); name the two that were made together',
    ],
    [
      "is a certificate instead",
      "cert: agent.crt, key: other.crt",
      'broker.key: "other.crt" holds a certificate where a private key belongs; name the other file',
    ],
    [
      "is no key",
      "cert: agent.crt, key: words.txt",
      'broker.key: "words.txt" is not a PEM file with a private key, which begins with -----BEGIN PRIVATE KEY-----; name that file',
    ],
    [
      "is locked",
      "cert: agent.crt, key: locked.key",
      'broker.key: "locked.key" is locked with a passphrase, which nobody types in for an agent; run "openssl pkey -in locked.key -out locked.key.pem" and name that',
    ],
  ])("are refused when one %s", (_what, settings, problem) => {
    const { config, problems } = check(`${secure}, ${settings}`);
    expect(problems).toEqual([problem]);
    expect(config).toBeUndefined();
  });

  it("are all told of at once", () => {
    const { problems } = check(`${secure}, ca: words.txt, cert: ca.key, key: empty.crt`);
    expect(problems.map((line) => line.split(":")[0])).toEqual(["broker.ca", "broker.cert", "broker.key"]);
  });

  it("that cannot be read by this user are refused", ({ skip }) => {
    if (process.getuid?.() === 0) skip("root reads everything");
    const file = join(folder, "secret.crt");
    writeFileSync(file, "", { mode: 0 });
    expect(check(`${secure}, ca: secret.crt`).problems).toEqual([
      expect.stringMatching(/^broker.ca: "secret.crt" cannot be read \(EACCES\)/),
    ]);
    rmSync(file);
  });

  it("that have expired are warned of, since the clock may be wrong; of a bundle one that is valid is enough", () => {
    const { config, warnings } = check(`${secure}, ca: old-ca.crt, cert: old.crt, key: old.key`);
    expect(config).toBeDefined();
    const advice =
      /^broker\.(ca|cert): the certificate in "old(-ca)?\.crt" expired on \d{4}-\d\d-\d\d; renew it, or set the clock of this machine$/;
    expect(warnings).toEqual([expect.stringMatching(advice), expect.stringMatching(advice)]);
    expect(check(`${secure}, ca: bundle.crt`).warnings).toEqual([]);
  });

  it("are refused where no broker has TLS, for whoever names them counts on it", () => {
    expect(check("url: 'mqtt://me:hunter2@a', ca: ca.crt").problems).toEqual([
      'broker.ca: "ca.crt" is of no use, since mqtt://a has no TLS; write mqtts://HOST:8883, or remove broker.ca and MQTT_CA',
    ]);
    expect(check("urls: [mqtt://a, wss://b], ca: ca.crt").problems).toEqual([]);
  });

  it.skipIf(process.platform === "win32")("are warned of when everybody can read the key", () => {
    chmodSync(join(folder, "agent.key"), 0o644);
    const file = join(folder, "agent.key");
    expect(check(`${secure}, cert: agent.crt, key: agent.key`).warnings).toEqual([
      `broker.key: everybody on this machine can read "${file}", secrets included; run "chmod 600 ${file}"`,
    ]);
    chmodSync(file, 0o600);
  });
});
