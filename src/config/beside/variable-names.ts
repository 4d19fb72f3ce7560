import { nearest } from "../../yaml/suggest.ts";
import { usualAddress } from "../schema/broker-address.ts";
import type { Sections } from "../schema/config-schemas.ts";
import { brokerVariables, type Environment } from "./environment.ts";

type Setting = keyof typeof brokerVariables;

/** What other programs call the variables of the broker, behind MQTT_. */
const otherNames: Readonly<Record<Setting, RegExp>> = {
  url: /^(URI|URLS|HOST|HOSTNAME|HOST_NAME|PORT|ADDR|ADDRESS|IP|((BROKER|SERVER)S?(_(URLS?|URI|HOST|HOSTNAME|NAME|PORT|ADDR|ADDRESS|IP))?))$/,
  username: /^(USER|USR|UNAME|USER_NAME|LOGIN|(BROKER|SERVER|CLIENT)_(USER|USERNAME|LOGIN))$/,
  password: /^(PASS|PASSWD|PWD|PW|PASSPHRASE|USER_?PASS(WORD)?|(BROKER|SERVER|CLIENT)_(PASS|PASSWD|PASSWORD|PWD))$/,
  ca: /^((TLS|SSL)_CA|ROOT_CA|CA_?(CERTS?|CERTIFICATE|CRT|FILE|PATH|CERT_FILE|CERT_PATH))$/,
  cert: /^(CRT|CERTIFICATE|((TLS|SSL|CLIENT)_CERT|CERT)(_?(FILE|PATH))?|CLIENT_CRT)$/,
  key: /^(PRIVATE_KEY|((TLS|SSL|CLIENT|PRIVATE)_KEY|KEY)(_?(FILE|PATH))?)$/,
};

const prefix = "MQTT_";
const suffixes = Object.values(brokerVariables).map((name) => name.slice(prefix.length));

/** The setting that a variable is meant for by its name, which is not the one that is read; undefined for any other variable. */
function meantSetting(name: string): Setting | undefined {
  if (!name.toUpperCase().startsWith(prefix) || isRead(name)) return undefined;
  const suffix = name.slice(prefix.length).toUpperCase();
  const settings = Object.keys(brokerVariables) as Setting[];
  return settings.find((setting) => otherNames[setting].test(suffix));
}

/** As {@link meantSetting}, also for a name that is misspelt: only for a file that is ours alone. */
export function probableSetting(name: string): Setting | undefined {
  const sure = meantSetting(name);
  if (sure !== undefined || !name.toUpperCase().startsWith(prefix) || isRead(name)) return sure;
  const suffix = nearest(name.slice(prefix.length), suffixes);
  return (Object.keys(brokerVariables) as Setting[]).find(
    (setting) => brokerVariables[setting] === `${prefix}${suffix ?? ""}`,
  );
}

/**
 * Warns of variables by which others name their broker, where ours has nothing in their place: so they may be meant for us. In the
 * environment of a program are also those of others.
 */
export function unreadVariables(
  broker: Sections["broker"],
  environment: Environment,
  isKnown: (name: string) => boolean,
): string[] {
  const isGiven = (setting: Setting) => {
    if (setting === "url" && broker.urls === undefined) return broker.url !== usualAddress;
    return setting === "url" || broker[setting] !== undefined;
  };
  return Object.entries(environment).flatMap(([name, value]) => {
    const setting = value && !isKnown(name) ? meantSetting(name) : undefined;
    return setting === undefined || isGiven(setting) ? [] : [`${name}: ${notRead(setting)}`];
  });
}

/** What to say of a variable that is meant for a setting. */
export function notRead(setting: Setting): string {
  const instead = setting === "url" ? `${brokerVariables.url}=mqtt://HOST:1883` : brokerVariables[setting];
  return `this variable is not read; write ${instead} instead`;
}

function isRead(name: string): boolean {
  return Object.values<string>(brokerVariables).includes(name);
}
