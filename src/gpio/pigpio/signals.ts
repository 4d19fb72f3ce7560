/**
 * Signals that a process may get at any time and must survive, even if nobody listens for them. systemd sends SIGCONT right after SIGTERM,
 * so that a stopped process can end.
 */
const harmless = ["SIGCONT", "SIGURG"] as const;

/**
 * Gives the signals back to Node.js. gpioInitialise replaces the handlers of all signals by its own, which end the process at once, so that
 * no pin could be brought to rest (fivdi/pigpio, doc/configuration.md). Node.js installs its handler when a signal gets its first listener,
 * so all listeners are removed and added again. The end of a child process that runs meanwhile is never noticed: Node.js handles SIGCHLD
 * itself, and installs that handler again only with the next child that is started while none runs.
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
