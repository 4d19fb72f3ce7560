/** What sensors have in common that are read one after the other. */
export interface Turn {
  /** Whose reading has begun and not ended. It may hang, and nobody wait for it any more. */
  reader: object | undefined;
}

/** Runs tasks of the same name one after the other, with what they have in common. Tasks without a name run at once, without it. */
export type InTurn = <T>(name: string | undefined, task: (turn?: Turn) => Promise<T>) => Promise<T>;

/** Makes an {@link InTurn}. */
export function takingTurns(): InTurn {
  const tails = new Map<string, Promise<unknown>>();
  const turns = new Map<string, Turn>();
  return (name, task) => {
    if (name === undefined) return task();
    const turn = turns.get(name) ?? { reader: undefined };
    turns.set(name, turn);
    const result = (tails.get(name) ?? Promise.resolve()).then(() => task(turn));
    tails.set(
      name,
      result.catch(() => {}),
    );
    return result;
  };
}
