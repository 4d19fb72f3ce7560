/** Replaces `worker_threads` and `thread-stream` in the bundle. Packages ask for the number of their thread only; loading them takes time. */
module.exports = { threadId: 0, isMainThread: true };
