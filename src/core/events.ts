import type { Entity } from "./entity.ts";

/** Home Assistant's words for what an event is of (www.home-assistant.io/integrations/event). */
export type EventClass = "button" | "doorbell" | "motion";

/** What of a kind tells which events its devices have. */
export interface EventKind {
  /** What happens in an instant, by name, with all types that there are. */
  readonly events?: Readonly<Record<string, readonly string[]>>;
  /** Those types that a device with these options tells. Absent: all. */
  eventTypes?(options: Readonly<Record<string, unknown>>): Readonly<Record<string, readonly string[]>>;
  readonly eventClasses?: Readonly<Record<string, EventClass>>;
  entities(options: Readonly<Record<string, unknown>>): readonly Entity[];
}

/** The events of a device, by name, each with the types that it tells. */
export function toldEvents(
  kind: Pick<EventKind, "events" | "eventTypes">,
  options: Readonly<Record<string, unknown>>,
): Readonly<Record<string, readonly string[]>> {
  return kind.eventTypes?.(options) ?? kind.events ?? {};
}

/**
 * The entities of a device, with one for each event below the event's name. The first event is what the device itself is, unless one of
 * the kind's own entities is that.
 */
export function withEvents(kind: EventKind, options: Readonly<Record<string, unknown>>): readonly Entity[] {
  const own = kind.entities(options);
  const isMain = own.every(({ name }) => name !== undefined);
  const events = Object.entries(toldEvents(kind, options)).map(([event, types], index): Entity => {
    const deviceClass = kind.eventClasses?.[event];
    return {
      key: event,
      platform: "event",
      ...(!(isMain && index === 0) && {
        name: `${event.charAt(0).toUpperCase()}${event.slice(1).replaceAll("_", " ")}`,
      }),
      topics: { state_topic: event },
      settings: { event_types: types, ...(deviceClass && { device_class: deviceClass }) },
    };
  });
  return isMain ? [...events, ...own] : [...own, ...events];
}
