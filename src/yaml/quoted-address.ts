/**
 * What was written for an address, in quotes as far as it may be shown, be it a URL or not: nothing before an @ and nothing behind
 * a `?` or a `#`. Where a word behind a colon is no port, or an @ stands behind a `?`, it may be of a password or a token, and all
 * of it stays hidden.
 */
export function quotedAddress(written: string): string {
  const [, scheme = "", secret = "", place = ""] = /^(\s*\w+:\/\/|mqtts?:\/|wss?:\/)?(.*@)?(.*)$/s.exec(written) ?? [];
  const [, shown = "", query = ""] = /^([^?#]*)(.*)$/s.exec(place) ?? [];
  const isHarmless = `${scheme}${shown}`.split(/[\s,;]+/).every((one) => harmless.test(one));
  if (!isHarmless || /[?#]/.test(secret)) return "this value";
  return `"${scheme}${secret && "…@"}${shown}${query && "?…"}"`;
}

/** A host, with a scheme before it or not, and a port and a path behind it or not. */
const harmless = /^(\w+:\/+)?([^:/]*|\[[\da-f:.]*\])(:\d{1,5}|:\$\{\w+\})?(\/[^:]*)?$/i;
