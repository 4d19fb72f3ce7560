import type { Path } from "./path.ts";
import { quotedAddress } from "./quoted-address.ts";

const secrets = ["username", "password"];
/** A text that continues after such a word. It may be a group of settings, or a setting whose colon or indentation is wrong. */
const namesSecret = /(user|pass|pasw|pwd|secret|token)\w*["']?[\s:=]+\S/i;
const hidden = "this value";
const shownCharacters = 60;

/** The user's value in quotes, for a message; "this value" if it is or may contain a secret. A long value is shortened. */
export function quoted(path: Path, written: string): string {
  if (path.some((key) => secrets.includes(String(key))) || namesSecret.test(written)) return hidden;
  if (path[0] === "broker" && !isHarmless(path, written))
    return isAddress(path, written) ? quotedAddress(written) : hidden;
  if (isOfProgram(path)) return quotedProgram(path, written);
  const line = written.replace(/\/\/.*@/s, "//…@").replace(/\s+/g, " ");
  return `"${line.length > shownCharacters ? `${line.slice(0, shownCharacters)}…` : line}"`;
}

/** Whether what is written at the path is a program and its words, or one of these. */
function isOfProgram(path: Path): boolean {
  return path[0] === "devices" && path[2] === "command";
}

/** Of a program and its words only the program: a password may be among the others, and nothing tells which it is. */
function quotedProgram([, , , position]: Path, written: string): string {
  const [, program = "", others = ""] = /^\[?\s*["']?([\w./+-]{1,60})["']?(?=[\s,\]]|$)(.*)/s.exec(written) ?? [];
  if ((position !== undefined && position !== 0) || program === "") return hidden;
  return /^[\s\]]*$/.test(others) ? `"${written}"` : `"${program} …"`;
}

/** Whether what is written at the path may be a password, or part of one. */
export function mayBeSecret(path: Path): boolean {
  return path[0] === "broker" || isOfProgram(path) || path.some((key) => secrets.includes(String(key)));
}

/** The keys as they may be shown. Without its space or colon a setting becomes a key, which may contain a secret: {password:1234}. */
export function shownPath(path: Path): Path {
  return path.map((key, index) => (isShownKey(path.slice(0, index), String(key)) ? key : "…"));
}

function isShownKey(above: Path, key: string): boolean {
  if (above[0] === "broker") return /^[\w-]{1,40}$/.test(key);
  return !/\/\/.*@/s.test(key) && !namesSecret.test(key);
}

/** Whether a setting of the broker, or what stands in its place, contains no secret. */
function isHarmless([, setting, ...below]: Path, written: string): boolean {
  if (/^(\[\s*\]|\{\s*\}|\d{1,2})$/.test(written)) return true;
  return below.length === 0 && (setting === "keepalive" || setting === "check_server_name");
}

/** Whether one address is written where one or several addresses belong. */
function isAddress([, setting]: Path, written: string): boolean {
  return (setting === undefined || setting === "url" || setting === "urls") && /^\w+:\/\/[^\s,;]+$/.test(written);
}
