type Settings = Readonly<Record<string, unknown>>;

/** What a message on a topic means to an entity of the platform event (homeassistant/components/mqtt/event.py); throws where it is none. */
export function eventIn(payload: string, { event_types: types }: Settings): string {
  const message = JSON.parse(payload) as { event_type?: unknown };
  const type = String(message.event_type);
  if (!(types as readonly string[]).includes(type)) throw new Error(`"${type}" is none of ${String(types)}`);
  return type;
}

/** Whether a message sets off a trigger: what its template makes of it must be its payload (components/mqtt/trigger.py). */
export function setsOff(payload: string, { value_template: template, payload: wanted }: Settings): boolean {
  const [, value = ""] = /^\{\{ value_json\.(\w+) \}\}$/.exec(String(template)) ?? [];
  return String((JSON.parse(payload) as Settings)[value]) === wanted;
}

/** A trigger as it is chosen in an automation. */
export function nameOf({ type, subtype }: Settings): string {
  return `${subtype}: ${type}`;
}
