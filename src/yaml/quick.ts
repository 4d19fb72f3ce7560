import {
  CORE_SCHEMA,
  constructFromEvents,
  EVENT_MAPPING,
  EVENT_POP,
  EVENT_SCALAR,
  EVENT_SEQUENCE,
  type Event,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE_DOUBLE_QUOTED,
  SCALAR_STYLE_PLAIN,
  SCALAR_STYLE_SINGLE_QUOTED,
} from "js-yaml";
import { mayHaveOddCharacters } from "../core/text/odd-characters.ts";
import type { Path } from "./path.ts";
import { plainPlaces, plainYaml } from "./plain.ts";

/**
 * Variables, anchors, aliases, tags, merges and characters that only look right are left to the slower parser, which knows all places. Where a
 * file is plain, these signs are in remarks and in texts.
 */
const needsMore = /[&*!]|<</;

/** A YAML text that was read by the quick parser. */
export interface QuickYaml {
  readonly value: unknown;
  /** The offset at which a value stands. Undefined if the value is not a text or a number on one line, or does not exist. */
  offsetOf(path: Path): number | undefined;
}

/**
 * Reads a YAML text several times faster than the parser that knows all places. Undefined if the text is not plain or not valid; then the
 * slower parser must read it. Both parsers use YAML 1.2's core schema.
 */
export function quickYaml(text: string): QuickYaml | undefined {
  if (text.includes("${") || mayHaveOddCharacters(text)) return undefined;
  const plain = plainYaml(text);
  if (plain !== undefined) return withPlaces(plain, () => plainPlaces(text));
  if (needsMore.test(text)) return undefined;
  try {
    const events = parseEvents(text, {});
    if (hasNamelessKey(text, events)) return undefined;
    const documents = constructFromEvents(events, { source: text, schema: CORE_SCHEMA });
    return documents.length === 1 ? withPlaces(documents[0], () => eventPlaces(text, events)) : undefined;
  } catch {
    return undefined;
  }
}

/** The places are looked up when somebody asks: most files have no problem. */
function withPlaces(value: unknown, makePlaces: () => QuickYaml["offsetOf"]): QuickYaml {
  let places: QuickYaml["offsetOf"] | undefined;
  return {
    value,
    offsetOf(path) {
      places ??= makePlaces();
      return places(path);
    },
  };
}

function eventPlaces(text: string, events: readonly Event[]): QuickYaml["offsetOf"] {
  const places = readPlaces(text, events);
  return (path) => path.reduce<Place | undefined>((place, key) => place?.below?.get(String(key)), places)?.offset;
}

/** Whether a key is empty, ~ or null. js-yaml would give it the name "null". */
function hasNamelessKey(text: string, events: readonly Event[]): boolean {
  /** For each collection around an event: whether a key comes next. Undefined for a list. */
  const around: (boolean | undefined)[] = [];
  for (const event of events) {
    if (event.type === EVENT_POP) {
      around.pop();
      continue;
    }
    const isKey = around.at(-1);
    if (isKey !== undefined) around[around.length - 1] = !isKey;
    if (isKey && event.type === EVENT_SCALAR && isNull(text, event)) return true;
    if (event.type !== EVENT_SCALAR) around.push(event.type === EVENT_MAPPING ? true : undefined);
  }
  return false;
}

function isNull(text: string, event: Extract<Event, { type: typeof EVENT_SCALAR }>): boolean {
  return event.style === SCALAR_STYLE_PLAIN && /^(|~|null|Null|NULL)$/.test(getScalarValue(text, event));
}

interface Place {
  readonly offset?: number | undefined;
  /** By key for a mapping, by index for a list. */
  readonly below?: ReadonlyMap<string, Place>;
}

function readPlaces(text: string, events: readonly Event[]): Place {
  // The first event begins the document.
  let next = 1;
  const key = (event: Event | undefined) => (event?.type === EVENT_SCALAR ? getScalarValue(text, event) : "");

  function read(): Place {
    const event = events[next];
    next += 1;
    if (event?.type === EVENT_SCALAR) return { offset: offsetOf(event) };
    const below = new Map<string, Place>();
    if (event?.type !== EVENT_MAPPING && event?.type !== EVENT_SEQUENCE) return {};
    while (events[next]?.type !== EVENT_POP) {
      const name = event.type === EVENT_MAPPING ? key(events[next]) : String(below.size);
      if (event.type === EVENT_MAPPING) read();
      below.set(name, read());
    }
    next += 1;
    return { below };
  }

  return read();
}

/** The offset with the quotation mark, if there is one. js-yaml counts from after it. */
function offsetOf({ style, valueStart, valueEnd }: Extract<Event, { type: typeof EVENT_SCALAR }>): number | undefined {
  const isQuoted = style === SCALAR_STYLE_SINGLE_QUOTED || style === SCALAR_STYLE_DOUBLE_QUOTED;
  if (isQuoted) return valueStart - 1;
  return style === SCALAR_STYLE_PLAIN && valueEnd > valueStart ? valueStart : undefined;
}
