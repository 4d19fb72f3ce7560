/** Stands for the package `debug` in the bundle: mqtt.js and mqtt-packet call it for each packet several times, and nobody listens. */
const silent = () => {};
module.exports = () => silent;
