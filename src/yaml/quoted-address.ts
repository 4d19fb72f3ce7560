/**
 * Quotes what is written as an address, without its secrets: neither the part before an @ nor the part after a `?` or a `#` is shown. If
 * the word after a colon is not a port, or there is an @ after a `?`, it may be part of a password or a token. Then nothing is shown.
 */
export function quotedAddress(written: string): string {
  const [, scheme = "", secret = "", place = ""] = /^(\s*\w+:\/\/|mqtts?:\/|wss?:\/)?(.*@)?(.*)$/s.exec(written) ?? [];
  const [, shown = "", query = ""] = /^([^?#]*)(.*)$/s.exec(place) ?? [];
  const isHarmless = `${scheme}${shown}`.split(/[\s,;]+/).every((one) => harmless.test(one));
  if (!isHarmless || /[?#]/.test(secret)) return "this value";
  return `"${scheme}${secret && "…@"}${shown}${query && "?…"}"`;
}

/** A host, with or without a scheme before it and a port and a path after it. */
const harmless = /^(\w+:\/+)?([^:/]*|\[[\da-f:.]*\])(:\d{1,5}|:\$\{\w+\})?(\/[^:]*)?$/i;
