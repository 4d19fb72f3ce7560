/** Commands without a pattern, the same ones in each run, so that two of them in the wrong order are noticed. True is on. */
export function wanted(device: number, index: number): boolean {
  // Two products by large odd numbers, mixed: as good as a coin.
  const mixed = Math.imul(index + 1, 2_654_435_761) ^ Math.imul(device + 1, 40_503_011);
  return (Math.imul(mixed ^ (mixed >>> 15), 2_246_822_519) & (1 << 21)) !== 0;
}

/**
 * Whether the states of a device came in the order of its commands. A state that was replaced while it waited need not be said; so each
 * state only has to stand for a command that is later than that of the state before.
 */
export function isInOrder(states: readonly boolean[], commands: readonly boolean[]): boolean {
  let next = 0;
  return states.every((state) => {
    while (next < commands.length && commands[next] !== state) next += 1;
    next += 1;
    return next <= commands.length;
  });
}
