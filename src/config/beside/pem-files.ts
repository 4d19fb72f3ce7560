import { resolve } from "node:path";
import { errorCode } from "../../core/errors.ts";
import { readUserText } from "../../yaml/user-file.ts";
import { brokerAddresses, shownAddress } from "../schema/broker-address.ts";
import type { Sections } from "../schema/config-schemas.ts";
import { type CertificateFindings, checkCertificates, type PemFile } from "./certificates.ts";
import { brokerVariables } from "./environment.ts";
import { exposedKey } from "./exposed-secrets.ts";

const settings = ["ca", "cert", "key"] as const;

/** The contents of the PEM files that the broker section names, and their names for messages. */
export interface PemFiles {
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly pemNames: { readonly ca: string | undefined; readonly cert: string | undefined };
}

/** Reads the PEM files of the broker section and checks them. Relative names start at `folder`, the folder of devices.yaml. */
export function readPemFiles(broker: Sections["broker"], folder: string): CertificateFindings & { pem: PemFiles } {
  const files: PemFile[] = [];
  const problems: string[] = [];
  for (const setting of settings) {
    const name = broker[setting];
    if (name === undefined) continue;
    try {
      files.push({ setting, name, text: readUserText(resolve(folder, name)) });
    } catch (cause) {
      problems.push(
        `broker.${setting}: "${name}" cannot be read (${errorCode(cause)}); correct the path in broker.${setting} or ${brokerVariables[setting]}, or let this user read the file`,
      );
    }
  }
  const found = checkCertificates(files, new Date());
  const text = (setting: PemFile["setting"]) => files.find((file) => file.setting === setting)?.text;
  return {
    pem: {
      ca: text("ca"),
      cert: text("cert"),
      key: text("key"),
      pemNames: { ca: broker.ca, cert: broker.cert },
    },
    problems: problems.length > 0 ? problems : [...found.problems, ...withoutTls(broker, files)],
    warnings: [
      ...found.warnings,
      ...(broker.key === undefined ? [] : exposedKey(resolve(folder, broker.key))),
      ...(broker.check_server_name === false ? [namesUnchecked] : []),
    ],
  };
}

const namesUnchecked =
  "broker.check_server_name: false lets whoever has a certificate of the same CA pose as the broker; use the name that the broker's certificate has, and remove the line";

/** If PEM files are named, their owner expects a connection with TLS. So an address without TLS is a mistake. */
function withoutTls(broker: Sections["broker"], [file]: readonly PemFile[]): string[] {
  if (file === undefined) return [];
  const addresses = brokerAddresses(broker).map(({ url }) => url);
  if (addresses.some((url) => /^(mqtts|wss):/.test(url))) return [];
  return [
    `broker.${file.setting}: "${file.name}" is of no use, since ${addresses.map(shownAddress).join(" and ")} has no TLS; write mqtts://HOST:8883, or remove broker.${file.setting} and ${brokerVariables[file.setting]}`,
  ];
}
