/** The address of the broker if none is written. */
export const usualAddress = "mqtt://localhost:1883";

const schemes = ["mqtt:", "mqtts:", "ws:", "wss:"];
const notAnAddress = "is not a broker's address; write mqtt://HOST:1883, or mqtts://HOST:8883 for TLS";

/** What is wrong with an address, as a clause after it. Undefined if it is valid. */
export function addressProblem(text: string): string | undefined {
  const bare = bareCharacter(text);
  if (bare !== undefined)
    return `has a ${bare} in its user or password; write ${encodeURIComponent(bare)} for it, or use MQTT_USERNAME and MQTT_PASSWORD`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !schemes.includes(url.protocol) || url.hostname === "") return notAnAddress;
  if (/[,;]/.test(url.hostname))
    return "is not one address; write several in broker.urls, each on a line of its own after a dash";
  if (!isDecodable(url.username) || !isDecodable(url.password))
    return "has a % in its user or password that stands for nothing; write %25 for it, or use MQTT_USERNAME and MQTT_PASSWORD";
  return undefined;
}

/**
 * Finds a character in the user or the password that ends that part of an address, so that the rest would be misread. An @ is allowed only
 * in the path and the query of a web socket.
 */
function bareCharacter(text: string): string | undefined {
  const [, scheme = "", rest = ""] = /^\s*(mqtts?|wss?):\/\/(.*)$/s.exec(text) ?? [];
  if (scheme.startsWith("ws") && URL.canParse(text)) return undefined;
  const user = rest.slice(0, Math.max(0, rest.lastIndexOf("@")));
  return user.includes("://") ? undefined : /[#/?\\]/.exec(user)?.[0];
}

/** The address of a broker, and the user and password for it. */
export interface BrokerAddress {
  /** The address without user and password. */
  readonly url: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
}

/** The addresses, the user and the password of a checked broker section. */
export interface WrittenAddresses {
  readonly url: string;
  readonly urls?: readonly string[] | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

/**
 * The brokers of a checked section, in their order. If there are several addresses, a user and a password in one of them are for that
 * broker alone, and those of the section are for the others. If there is one address, those of the section win.
 */
export function brokerAddresses({ url, urls, username, password }: WrittenAddresses) {
  const [first, ...others] = (urls ?? [url]).map((text): BrokerAddress => {
    const { username: user, password: secret } = new URL(text);
    const own = { username: decodeURIComponent(user) || undefined, password: decodeURIComponent(secret) || undefined };
    if (urls !== undefined && own.username !== undefined) return { url: withoutUser(text), ...own };
    return { url: withoutUser(text), username: username ?? own.username, password: password ?? own.password };
  });
  return [first as BrokerAddress, ...others] as const;
}

/** The address without user and password, for showing it. A text that is not a URL is returned unchanged. */
export function withoutUser(text: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  url.username = "";
  url.password = "";
  return url.href.replace(/\/$/, "");
}

/** The address as it may be logged, without what follows a `?` or a `#`: proxies have tokens there. */
export function shownAddress(text: string): string {
  return withoutUser(text).replace(/[?#].*$/s, "");
}

function isDecodable(part: string): boolean {
  try {
    return decodeURIComponent(part) !== undefined;
  } catch {
    return false;
  }
}
