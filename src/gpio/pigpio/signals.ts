/**
 * Signals that a process may get at any time and must survive, though nobody listens for them. systemd sends SIGCONT
 * right after SIGTERM, so that a stopped process can end.
 */
const harmless = ["SIGCONT", "SIGURG"] as const;

/**
 * Gives the signals back to Node.js. gpioInitialise replaces the handlers of all of them, and what it does with a
 * signal is to end the process at once, with no chance to bring a pin to its rest (fivdi/pigpio, doc/configuration.md).
 * Node.js installs its own when the first listener for a signal comes, so each listener leaves and comes again. A child
 * process that runs meanwhile is lost sight of: the SIGCHLD that tells of its end is Node.js' own, and comes back with
 * the first child that is started when none runs.
 */
export function takeBackSignals(): void {
  for (const name of process.eventNames()) {
    if (typeof name !== "string" || !name.startsWith("SIG")) continue;
    const signal = name as NodeJS.Signals;
    const listeners = process.rawListeners(signal) as NodeJS.SignalsListener[];
    process.removeAllListeners(signal);
    for (const listener of listeners) process.on(signal, listener);
  }
  for (const signal of harmless) if (process.listenerCount(signal) === 0) process.on(signal, () => {});
}
