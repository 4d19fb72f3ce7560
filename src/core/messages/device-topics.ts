/** The MQTT topics of one device. */
export interface DeviceTopics {
  /** Where whole commands are accepted; empty for a device that takes none. */
  readonly commands: readonly string[];
  /** Where one value of a command is accepted alone, by the value's name: `<topic>/position/set`. */
  readonly setters: Readonly<Record<string, string>>;
  /** Where the state is published: `<topic>` for a device that mainly reports, `<topic>/state` for one that mainly takes commands. */
  readonly state: string;
  /** Where one value of the state is published alone, by the value's name: `<topic>/position`. */
  readonly shown: Readonly<Record<string, string>>;
  /** Where events are published, by their names: `<topic>/action`. */
  readonly events: Readonly<Record<string, string>>;
  /** Where `online` or `offline` is published for this device. */
  readonly availability: string;
  /** Where anybody can ask for the state; then it is published again. */
  readonly get: string;
  /** Where commands that have an id are answered. */
  readonly result: string;
  /** Where it is published what waits for a limit; undefined for a kind without outputs. */
  readonly attributes: string | undefined;
  /** Where the use of its outputs is published; undefined for a kind without outputs. */
  readonly use: string | undefined;
}

/** The parts of a kind that decide which topics its devices have. */
export interface TopicShape {
  readonly command?: unknown;
  /**
   * Whether its devices mainly report. Then their state is on `<topic>` itself, and commands, if there are any, come only on `<topic>/set`.
   * This is decided once for each kind, so that a kind that gets its first command does not move its state.
   */
  readonly reports?: boolean;
  readonly setters?: readonly string[];
  readonly shown?: readonly string[];
  readonly events?: Readonly<Record<string, readonly string[]>>;
  /** Whether its devices have outputs, and so limits for which a change may wait. */
  readonly hasLimits?: boolean;
}

const none: Readonly<Record<string, string>> = {};

/** Derives all topics of a device from the one in devices.yaml. */
export function deviceTopics(base: string, { command, reports = false, ...names }: TopicShape): DeviceTopics {
  const { setters = [], shown = [], events = {}, hasLimits = false } = names;
  const below = (some: readonly string[], end = "") =>
    some.length === 0 ? none : Object.fromEntries(some.map((name) => [name, `${base}/${name}${end}`]));
  return {
    commands: command === undefined ? [] : reports ? [`${base}/set`] : [base, `${base}/set`],
    setters: below(setters, "/set"),
    state: reports ? base : `${base}/state`,
    shown: below(shown),
    events: below(Object.keys(events)),
    availability: `${base}/availability`,
    get: `${base}/get`,
    result: `${base}/result`,
    attributes: hasLimits ? `${base}/attributes` : undefined,
    use: hasLimits ? `${base}/use` : undefined,
  };
}

/** The topics on which the broker keeps a message of a device. */
export function keptTopics({ state, shown, availability, attributes, use }: DeviceTopics): readonly string[] {
  return [state, ...Object.values(shown), availability, attributes, use].filter((topic) => topic !== undefined);
}

/** All topics of a device, each once. */
export function allTopics({ commands, setters, shown, events, ...others }: DeviceTopics): readonly string[] {
  const named = [setters, shown, events].flatMap((some) => Object.values(some));
  const single = Object.values(others).filter((topic) => topic !== undefined);
  return [...new Set([...commands, ...named, ...single])];
}
