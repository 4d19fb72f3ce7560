// answer-at-once.mjs: answers each message with when it came, in nanoseconds of the monotonic clock. It does nothing else: it shows how
// long a program waits until the kernel wakes it.
process.on("message", () => process.send(String(process.hrtime.bigint())));
