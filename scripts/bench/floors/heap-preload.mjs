// Loaded before the agent with --import and --expose-gc: answers each message on the channel of its parent with the bytes that are alive.
process.on("message", () => {
  globalThis.gc();
  globalThis.gc();
  process.send(process.memoryUsage().heapUsed);
});
// The channel must not keep the agent running.
process.channel.unref();
