import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Why certificates cannot be made here, or undefined when they can. */
export const opensslMissing =
  spawnSync("openssl", ["version"]).error === undefined
    ? undefined
    : 'openssl is missing; "sudo apt install openssl" gets it';

function openssl(...words: string[]): boolean {
  return spawnSync("openssl", words, { stdio: "ignore" }).status === 0;
}

/** Two days from now on; or, for one that has expired, in the way that this openssl knows. */
const spans = {
  valid: [["-days", "2"]],
  expired: [
    ["-not_before", "20240101000000Z", "-not_after", "20240201000000Z"],
    ["-days", "-1"],
  ],
} as const;

/** How long a certificate is good for. */
export type Span = keyof typeof spans;

/** The files of a certificate and its key, and what is in them. */
export interface Pair {
  readonly certFile: string;
  readonly keyFile: string;
  readonly cert: string;
  readonly key: string;
}

function make(folder: string, name: string, extensions: string, signedBy: readonly string[], span: Span): Pair {
  const file = (ending: string) => join(folder, `${name}.${ending}`);
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", file("key")];
  const isAsked = openssl("req", ...newKey, "-subj", `/CN=${name}`, "-out", file("csr"));
  writeFileSync(file("ext"), extensions);
  const signer = signedBy.length > 0 ? signedBy : ["-signkey", file("key")];
  const sign = (days: readonly string[]) =>
    openssl("x509", "-req", "-in", file("csr"), "-out", file("crt"), "-extfile", file("ext"), ...signer, ...days);
  if (!isAsked || !spans[span].some(sign)) throw new Error(`openssl cannot make the certificate "${name}"`);
  const text = (ending: string) => readFileSync(file(ending), "utf8");
  return { certFile: file("crt"), keyFile: file("key"), cert: text("crt"), key: text("key") };
}

/** A CA of its own, which signs certificates for whatever host it is told: `IP:127.0.0.1`, `DNS:localhost`. */
export function authority(folder: string, name: string, span: Span = "valid") {
  const own = make(folder, name, "basicConstraints=critical,CA:TRUE\n", [], span);
  const signer = ["-CA", own.certFile, "-CAkey", own.keyFile, "-CAcreateserial"];
  const sign = (host: string, signed: string, signedSpan: Span = "valid") =>
    make(folder, signed, `subjectAltName=${host}\n`, signer, signedSpan);
  return { ...own, sign };
}
