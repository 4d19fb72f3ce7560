import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";

/** One of the PEM files that the broker section names. */
export interface PemFile {
  readonly setting: "ca" | "cert" | "key";
  /** The file's name as it is written in the configuration. */
  readonly name: string;
  readonly text: string;
}

/** What is wrong with the files, one line each. `problems` can never work; `warnings` may depend on the time. */
export interface CertificateFindings {
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Checks the files as far as that is possible without the broker. An expired certificate is only a warning. A Pi has no battery for its
 * clock, and even with a wrong time it should bring its relays to their safe level.
 */
export function checkCertificates(files: readonly PemFile[], now: Date): CertificateFindings {
  const problems: string[] = [];
  const warnings: string[] = [];
  const ours: { cert?: X509Certificate | undefined; key?: KeyObject | undefined } = {};
  const named = new Map(files.map((file) => [file.setting, file]));
  for (const file of files) {
    const read = file.setting === "key" ? readKey(file) : readCertificates(file);
    if ("problem" in read) problems.push(`broker.${file.setting}: "${file.name}" ${read.problem}`);
    else if ("key" in read) ours.key = read.key;
    else {
      warnings.push(...outOfTime(file, read.certificates, now));
      if (file.setting === "cert") ours.cert = read.certificates[0];
    }
  }
  for (const [setting, other] of [
    ["cert", "key"],
    ["key", "cert"],
  ] as const)
    if (named.has(setting) && !named.has(other))
      problems.push(
        `broker.${setting}: "${named.get(setting)?.name}" is one half of a pair; name the other in broker.${other} or MQTT_${other.toUpperCase()}`,
      );
  if (ours.cert !== undefined && ours.key !== undefined && !ours.cert.checkPrivateKey(ours.key))
    problems.push(
      `broker.key: "${named.get("key")?.name}" is not the key of the certificate in "${named.get("cert")?.name}" (broker.cert); name the two that were made together`,
    );
  return { problems, warnings };
}

function readCertificates({ text, name }: PemFile): { certificates: X509Certificate[] } | { problem: string } {
  const blocks =
    text.match(/-----BEGIN (TRUSTED )?CERTIFICATE-----[\s\S]*?-----END (TRUSTED )?CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) return { problem: notACertificate(text, name) };
  try {
    return { certificates: blocks.map((block) => new X509Certificate(block)) };
  } catch {
    return { problem: "holds a certificate that is damaged; copy the file again" };
  }
}

function notACertificate(text: string, name: string): string {
  if (text.trim() === "") return "is empty; copy the certificate into it";
  if (text.includes("PRIVATE KEY-----")) return "holds a private key where a certificate belongs; name the other file";
  // A file in DER begins with 0x30 0x82 (SEQUENCE). The second byte is not valid text.
  if (text.startsWith("0\ufffd"))
    return `is a certificate, but not a PEM file; run "openssl x509 -inform DER -in ${name} -out ${name}.pem" and name that`;
  return "is not a PEM file with a certificate, which begins with -----BEGIN CERTIFICATE-----; name that file";
}

function readKey({ text, name }: PemFile): { key: KeyObject } | { problem: string } {
  try {
    return { key: createPrivateKey(text) };
  } catch {
    if (text.includes("ENCRYPTED"))
      return {
        problem: `is locked with a passphrase, which nobody types in for an agent; run "openssl pkey -in ${name} -out ${name}.pem" and name that`,
      };
    if (text.includes("-----BEGIN CERTIFICATE-----") && !text.includes("PRIVATE KEY-----"))
      return { problem: "holds a certificate where a private key belongs; name the other file" };
    return {
      problem: "is not a PEM file with a private key, which begins with -----BEGIN PRIVATE KEY-----; name that file",
    };
  }
}

/** If a file has several certificates, one that is valid is enough. */
function outOfTime({ setting, name }: PemFile, certificates: readonly X509Certificate[], now: Date): string[] {
  const spans = certificates.map(({ validFrom, validTo }) => ({ from: new Date(validFrom), to: new Date(validTo) }));
  if (spans.some(({ from, to }) => from <= now && now <= to)) return [];
  const day = (date: Date) => date.toISOString().slice(0, 10);
  const latest = spans.reduce((one, other) => (other.to > one.to ? other : one));
  const what =
    latest.to < now ? `expired on ${day(latest.to)}; renew it, or` : `is valid from ${day(latest.from)} only; wait, or`;
  return [`broker.${setting}: the certificate in "${name}" ${what} set the clock of this machine`];
}
