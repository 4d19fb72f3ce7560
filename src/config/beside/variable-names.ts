import { nearest } from "../../yaml/suggest.ts";
import { usualAddress } from "../schema/broker-address.ts";
import type { Sections } from "../schema/config-schemas.ts";
import { brokerVariables, type Environment } from "./environment.ts";

type Setting = keyof typeof brokerVariables;

/** The names that other programs give to the broker's variables, after MQTT_. */
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

/** The setting for which a variable is meant by its name, if that is not the name that is read. Undefined for every other variable. */
function meantSetting(name: string): Setting | undefined {
  if (!name.toUpperCase().startsWith(prefix) || isRead(name)) return undefined;
  const suffix = name.slice(prefix.length).toUpperCase();
  const settings = Object.keys(brokerVariables) as Setting[];
  return settings.find((setting) => otherNames[setting].test(suffix));
}

/** As {@link meantSetting}, but for misspelt names too. Use it only for a file that nobody else uses. */
export function probableSetting(name: string): Setting | undefined {
  const sure = meantSetting(name);
  if (sure !== undefined || !name.toUpperCase().startsWith(prefix) || isRead(name)) return sure;
  const suffix = nearest(name.slice(prefix.length), suffixes);
  return (Object.keys(brokerVariables) as Setting[]).find(
    (setting) => brokerVariables[setting] === `${prefix}${suffix ?? ""}`,
  );
}

/**
 * Warns of variables with the names that other programs use for their broker, if the configuration has no value for that setting. They
 * may be meant for this agent. Misspelt names are not reported, because the environment has variables of many programs.
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

/** The sentence for a variable that is meant for a setting. */
export function notRead(setting: Setting): string {
  const instead = setting === "url" ? `${brokerVariables.url}=mqtt://HOST:1883` : brokerVariables[setting];
  return `this variable is not read; write ${instead} instead`;
}

function isRead(name: string): boolean {
  return Object.values<string>(brokerVariables).includes(name);
}
