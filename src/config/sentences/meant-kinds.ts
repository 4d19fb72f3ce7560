import { connectionOf } from "../../core/connection.ts";
import type { DeviceKind } from "../../core/kind.ts";
import { nearest } from "../../yaml/suggest.ts";

/** What other programs add to the name of a part. */
const additions = /_?(i2c|spi|bsec2?|sensor|pin)$/;

/** What a word means that names no kind. */
export interface MeantKinds {
  readonly names: readonly string[];
  /** Whether it is that kind and no other, since people call it so, and not only a word that looks like it. */
  readonly isSure: boolean;
}

/**
 * The kinds that a word may mean that names no kind: those in whose summary it stands, such as dht for `DHT22`, or else the one whose name
 * is most like it. None where nothing fits, or too many kinds do. `kinds` are those that are loaded, `names` are the names of all.
 */
export function meantKinds(written: string, kinds: readonly DeviceKind[], names: readonly string[]): MeantKinds {
  const exact = names.find((name) => plain(name) === plain(written));
  if (exact !== undefined) return { names: [exact], isSure: true };
  const words = [written, written.toLowerCase().replace(additions, "")].map(plain);
  const fitting = kinds.filter((kind) => words.some((word) => wordsOf(kind).has(word))).map(({ kind }) => kind);
  if (fitting.length > 0 && fitting.length < 4) return { names: fitting, isSure: fitting.length === 1 };
  const like = nearest(written, names);
  return { names: like === undefined ? [] : [like], isSure: false };
}

/** The words by which people know a kind: the names of parts in its sentences, what other programs and the kernel call it. */
function wordsOf(kind: DeviceKind): ReadonlySet<string> {
  const { summary, usedFor, alsoCalled = [] } = kind;
  const names = `${summary} ${usedFor}`.split(/[^A-Za-z0-9-]+/).filter((word) => /[A-Z].*[A-Z\d]/.test(word));
  return new Set([kind.kind, ...names, ...alsoCalled, ...(connectionOf(kind).driver?.names ?? [])].map(plain));
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[-_\s]/g, "");
}
