import { readdirSync } from "node:fs";
import { join } from "node:path";
import { errorCode, UserError } from "../../core/errors.ts";
import { readUserText } from "../../yaml/user-file.ts";

/** For these the variable is the name of a file, and the credential is that file. */
const files = ["MQTT_CA", "MQTT_CERT", "MQTT_KEY"];

/**
 * The credentials that systemd hands to the service (`LoadCredential=`, `LoadCredentialEncrypted=`), by name: files in the
 * folder that $CREDENTIALS_DIRECTORY names, for this user alone and gone when the service stops. The line break at the end of
 * a file is no part of a password. A folder that is not there is that of a service which is over.
 */
export function readCredentials(folder: string | undefined): Readonly<Record<string, string>> {
  if (folder === undefined || folder === "") return {};
  const credentials: Record<string, string> = {};
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const file = join(folder, entry.name);
      if (!entry.isFile() || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(entry.name)) continue;
      const value = files.includes(entry.name) ? file : readUserText(file).replace(/\r?\n$/, "");
      if (value !== "") credentials[entry.name] = value;
    }
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return credentials;
    throw new UserError(`systemd's credentials in ${folder} cannot be read (${errorCode(cause)})`, {
      hint: 'let this user read them, or run the agent by "systemctl start pi2mqtt"',
      cause,
    });
  }
  return credentials;
}
