// The least that a program with mqtt.js can do. With relays it publishes each command as the state; with sensors it publishes a reading of
// each in each second.
import { connect } from "mqtt";

const { port, count, what, qos, stateQos, protocolVersion, phased, prefix, clientId } = JSON.parse(process.argv[2]);
const client = connect({ host: "127.0.0.1", port, protocolVersion, clientId });
const numbers = Array.from({ length: count }, (_one, index) => index);

client.on("connect", () => {
  client.stream.setNoDelay(true);
  const ready = () => client.publish(`${prefix}/status`, "online", { qos: 1, retain: true });
  if (what === "sensors") ready();
  else
    client.subscribe(
      numbers.map((number) => `${prefix}/${number}`),
      { qos },
      ready,
    );
});
client.on("message", (topic, payload) => {
  client.publish(`${topic}/state`, payload, { qos: stateQos, retain: true });
});

if (what === "sensors") {
  const reading = (number) =>
    client.publish(`${prefix}/${number}`, JSON.stringify({ temperature: 40 + Math.random() }), { qos: stateQos });
  for (const number of numbers)
    setTimeout(() => setInterval(reading, 1_000, number), phased ? (number * 1_000) / count : 0);
}
