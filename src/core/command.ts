/** Makes a command of what was sent, text or JSON, or says why it is none. A zod schema is one of these. */
export interface CommandSchema<Command = unknown> {
  safeParse(sent: unknown): CommandResult<Command>;
}

/** A command, or every reason why there is none, each a sentence for whoever sent it. */
export type CommandResult<Command> =
  | { readonly success: true; readonly data: Command }
  | { readonly success: false; readonly error: { readonly issues: readonly { readonly message: string }[] } };

/** What a schema answers where it understood the command. */
export function understood<Command>(data: Command): CommandResult<Command> {
  return { success: true, data };
}

/** What a schema answers where it did not. */
export function misunderstood(sentences: readonly string[]): CommandResult<never> {
  return { success: false, error: { issues: sentences.map((message) => ({ message })) } };
}

/** Why a value of a command is not taken. It is given back, not thrown: a stranger may cause thousands in a second. */
export class Wrong {
  readonly sentence: string;

  constructor(sentence: string) {
    this.sentence = sentence;
  }
}

/** One value of a command. */
export interface CommandField<Value> {
  /** The keys under which it may be sent, in lower case; any case is taken. */
  readonly keys: readonly string[];
  readonly read: (sent: unknown) => Value | Wrong;
}

type ValuesOf<Fields> = { [Name in keyof Fields]?: Fields[Name] extends CommandField<infer Value> ? Value : never };

/**
 * Makes a reader of JSON objects. A value may be sent under several of its keys where all say the same. A key that no field has is
 * refused, with the sentence that `unknownKey` makes.
 */
export function objectReader<Fields extends Readonly<Record<string, CommandField<unknown>>>>(
  fields: Fields,
  unknownKey: (key: string) => string,
): (sent: object) => { readonly values: ValuesOf<Fields>; readonly problems: readonly string[] } {
  const names = new Map(Object.entries(fields).flatMap(([name, { keys }]) => keys.map((key) => [key, name] as const)));
  return (sent) => {
    const values: Record<string, unknown> = {};
    const keyOf: Record<string, string> = {};
    const problems: string[] = [];
    for (const [key, written] of Object.entries(sent)) {
      const name = names.get(key.toLowerCase());
      const value = name === undefined ? new Wrong(unknownKey(key)) : fields[name]?.read(written);
      if (value instanceof Wrong) problems.push(value.sentence);
      else if (name !== undefined) {
        const before = keyOf[name];
        if (before !== undefined && values[name] !== value)
          problems.push(`"${before}" and "${key}" say different things`);
        values[name] = value;
        keyOf[name] = key;
      }
    }
    return { values: values as ValuesOf<Fields>, problems };
  };
}

const plainDecimal = /^-?\d+(?:\.\d+)?$/;

/** A number, or a text that is nothing but a number in plain decimals, such as "2" or "-0.5"; undefined for all else. */
export function plainNumber(sent: unknown): number | undefined {
  if (typeof sent === "number") return sent;
  return typeof sent === "string" && plainDecimal.test(sent.trim()) ? Number(sent) : undefined;
}
