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

/** Variables, anchors, aliases, tags and merges are left to the parser that knows every place; so are characters that only look right. */
const needsMore = /\$\{|[&*!]|<</;

/** A YAML text that was read quickly. */
export interface QuickYaml {
  readonly value: unknown;
  /** The offset at which a value stands; undefined for what is no text or number on one line, or is not there. */
  offsetOf(path: Path): number | undefined;
}

/**
 * Reads a YAML text several times faster than the parser that knows every place; undefined when the text is not plain or not
 * right: then that one has to read it anyway. Both know YAML 1.2's core schema.
 */
export function quickYaml(text: string): QuickYaml | undefined {
  if (needsMore.test(text) || mayHaveOddCharacters(text)) return undefined;
  try {
    const events = parseEvents(text, {});
    if (hasNamelessKey(text, events)) return undefined;
    const documents = constructFromEvents(events, { source: text, schema: CORE_SCHEMA });
    if (documents.length !== 1) return undefined;
    let places: Place | undefined;
    return {
      value: documents[0],
      offsetOf(path) {
        places ??= readPlaces(text, events);
        return path.reduce<Place | undefined>((place, key) => place?.below?.get(String(key)), places)?.offset;
      },
    };
  } catch {
    return undefined;
  }
}

/** Whether a key is nothing, ~ or null, which js-yaml would make the name "null" of. */
function hasNamelessKey(text: string, events: readonly Event[]): boolean {
  /** For each collection around an event whether a key comes next; undefined where there are none. */
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
  /** Of a mapping by keys, of a sequence by indices. */
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

/** With the quotation mark, if any; js-yaml counts from behind it. */
function offsetOf({ style, valueStart, valueEnd }: Extract<Event, { type: typeof EVENT_SCALAR }>): number | undefined {
  const isQuoted = style === SCALAR_STYLE_SINGLE_QUOTED || style === SCALAR_STYLE_DOUBLE_QUOTED;
  if (isQuoted) return valueStart - 1;
  return style === SCALAR_STYLE_PLAIN && valueEnd > valueStart ? valueStart : undefined;
}
