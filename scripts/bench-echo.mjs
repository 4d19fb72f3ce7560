// The least that a program with mqtt.js can do, for comparison in npm run bench: it publishes each command as the state.
import { connect } from "mqtt";

const [, , url, status, qosText, count] = process.argv;
const qos = Number(qosText);
const client = connect(url, { protocolVersion: 5, clientId: "echo" });
client.on("connect", () => {
  client.stream.setNoDelay(true);
  const topics = Array.from({ length: Number(count) }, (_one, index) => `bench/${index}`);
  client.subscribe(topics, { qos }, () => client.publish(status, "online", { qos: 1, retain: true }));
});
client.on("message", (topic, payload) => {
  client.publish(`${topic}/state`, payload.toString().toUpperCase(), { qos, retain: true });
});
