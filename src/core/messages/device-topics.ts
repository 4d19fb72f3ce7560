/** The MQTT topics of one device. */
export interface DeviceTopics {
  /** Where whole commands are accepted; none for a device that takes none. */
  readonly commands: readonly string[];
  /** Where one value of a command is accepted alone, by its name: `<topic>/position/set`. */
  readonly setters: Readonly<Record<string, string>>;
  /** Where the device says what happened: `<topic>` for what mainly reports, `<topic>/state` for what is mainly ordered. */
  readonly state: string;
  /** Where one value of the state stands alone, by its name: `<topic>/position`. */
  readonly shown: Readonly<Record<string, string>>;
  /** Where events are told, by their names: `<topic>/action`. */
  readonly events: Readonly<Record<string, string>>;
  /** Where `online` or `offline` stands for this one device. */
  readonly availability: string;
  /** Where anybody asks for the state; it is said again. */
  readonly get: string;
  /** Where commands that carry an id are answered. */
  readonly result: string;
}

/** What of a kind decides which topics its devices have. */
export interface TopicShape {
  readonly command?: unknown;
  /**
   * Whether its devices mainly report: their state stands on `<topic>` itself, and commands, if they take any, come on `<topic>/set`
   * alone. It is decided once for a kind, so that one that gains its first command does not move its state.
   */
  readonly reports?: boolean;
  readonly setters?: readonly string[];
  readonly shown?: readonly string[];
  readonly events?: Readonly<Record<string, readonly string[]>>;
}

/** Derives every topic of a device from the one that its owner wrote. */
export function deviceTopics(base: string, { command, reports = false, ...names }: TopicShape): DeviceTopics {
  const { setters = [], shown = [], events = {} } = names;
  const below = (some: readonly string[], end = "") =>
    Object.fromEntries(some.map((name) => [name, `${base}/${name}${end}`]));
  return {
    commands: command === undefined ? [] : reports ? [`${base}/set`] : [base, `${base}/set`],
    setters: below(setters, "/set"),
    state: reports ? base : `${base}/state`,
    shown: below(shown),
    events: below(Object.keys(events)),
    availability: `${base}/availability`,
    get: `${base}/get`,
    result: `${base}/result`,
  };
}

/** The topics on which the broker keeps what a device says. */
export function keptTopics({ state, shown, availability }: DeviceTopics): readonly string[] {
  return [state, ...Object.values(shown), availability];
}

/** All topics of a device, each once. */
export function allTopics({ commands, setters, shown, events, ...others }: DeviceTopics): readonly string[] {
  const named = [setters, shown, events].flatMap((some) => Object.values(some));
  return [...new Set([...commands, ...named, ...Object.values(others)])];
}
