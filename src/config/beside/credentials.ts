import { readdirSync } from "node:fs";
import { join } from "node:path";
import { errorCode, UserError } from "../../core/errors.ts";
import { readUserText } from "../../yaml/user-file.ts";

/** For these variables the value is the name of a file, and the credential is that file. */
const files = ["MQTT_CA", "MQTT_CERT", "MQTT_KEY"];

/**
 * The credentials that systemd gives to the service (`LoadCredential=`, `LoadCredentialEncrypted=`), by name. They are files in the folder
 * $CREDENTIALS_DIRECTORY, which only this user can read, and which systemd removes when the service stops. A line break at the end of a
 * file is not part of a password. If the folder does not exist, the service is over, and there are no credentials.
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
