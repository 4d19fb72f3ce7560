/** Turns what was sent, text or JSON, into a command, or gives the reasons why it is not one. Every zod schema is a CommandSchema. */
export interface CommandSchema<Command = unknown> {
  safeParse(sent: unknown): CommandResult<Command>;
}

/** A command, or all reasons why it is not one. Each reason is a sentence for the sender. */
export type CommandResult<Command> =
  | { readonly success: true; readonly data: Command }
  | { readonly success: false; readonly error: { readonly issues: readonly { readonly message: string }[] } };

/** The result of a schema that accepts the command. */
export function understood<Command>(data: Command): CommandResult<Command> {
  return { success: true, data };
}

/** The result of a schema that does not accept the command. Each sentence is one reason. */
export function misunderstood(sentences: readonly string[]): CommandResult<never> {
  return { success: false, error: { issues: sentences.map((message) => ({ message })) } };
}

/**
 * Why a value of a command is not accepted. A reader returns it and does not throw it: a sender may cause thousands in a second, and an
 * error would cost its stack each time.
 */
export class Wrong {
  readonly sentence: string;

  constructor(sentence: string) {
    this.sentence = sentence;
  }
}

/** One value of a command. */
export interface CommandField<Value> {
  /** The keys under which the value may be sent, in lower case. A sender may write them in any case. */
  readonly keys: readonly string[];
  readonly read: (sent: unknown) => Value | Wrong;
}

type ValuesOf<Fields> = { [Name in keyof Fields]?: Fields[Name] extends CommandField<infer Value> ? Value : never };

/**
 * Makes a reader of JSON objects. A sender may give one value under several of its keys, if all of them say the same. A key that belongs to
 * no field is refused with the sentence of `unknownKey`.
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

/**
 * The number that was sent as a number, or as a text with nothing but plain decimals, such as "2" or "-0.5". Undefined for everything else.
 */
export function plainNumber(sent: unknown): number | undefined {
  if (typeof sent === "number") return sent;
  return typeof sent === "string" && plainDecimal.test(sent.trim()) ? Number(sent) : undefined;
}

/** The word that was sent, in lower case; "" for a list, an object and nothing. A number and true or false are words too. */
export function plainWord(sent: unknown): string {
  // An object may have a toString of its sender's choice, which is no function.
  return typeof sent === "object" ? "" : String(sent).trim().toLowerCase();
}
