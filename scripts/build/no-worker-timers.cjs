/** Replaces the package `worker-timers` in the bundle. mqtt.js uses it in a browser only. */
module.exports = {};
