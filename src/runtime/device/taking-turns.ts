/** Makes a function that runs tasks of the same name one after the other. Tasks without a name run at once. */
export function takingTurns(): <T>(name: string | undefined, task: () => Promise<T>) => Promise<T> {
  const tails = new Map<string, Promise<unknown>>();
  return (name, task) => {
    if (name === undefined) return task();
    const turn = (tails.get(name) ?? Promise.resolve()).then(task);
    tails.set(
      name,
      turn.catch(() => {}),
    );
    return turn;
  };
}
