import { agent } from "../contestants/agent.ts";
import { Line } from "../load/line.ts";
import { ready } from "../load/ready.ts";
import { withBroker } from "../machine/broker.ts";
import { end, pause } from "../machine/processes.ts";
import type { Figure } from "./figure.ts";

/** After so long without a message all are said. */
const settledMs = 4_000;

/** What an agent with ten devices says at its start, with Home Assistant's discovery. */
export const messagesAtStart: Figure = {
  name: "messages",
  about: "messages at the start",
  quick: true,
  measure: () =>
    withBroker(async ({ port }) => {
      let messages = 0;
      let bytes = 0;
      const line = await Line.open(port);
      line.heard = (topic, payload) => {
        messages += 1;
        bytes += topic.length + payload.length;
      };
      await line.subscribe(["#"], 1);
      const one = await ready(agent, { port, count: 10, what: "relays", qos: 1, label: "messages" });
      for (let before = -1; before !== messages; await pause(settledMs)) before = messages;
      const [said, size] = [messages, bytes];
      const kept = await keptBy(port);
      // What it says at its end does not count.
      if (one !== undefined) await end(one.child);
      line.close();
      return {
        rows: [
          { id: "messages-at-start", title: "messages at start, 10 devices", decimals: 0, values: { agent: said } },
          { id: "messages-retained", title: "retained messages, 10 devices", decimals: 0, values: { agent: kept } },
          {
            id: "messages-bytes",
            title: "their topics and payloads, KB",
            decimals: 1,
            values: { agent: size / 1024 },
          },
        ],
      };
    }),
};

/** How many topics the broker keeps. */
async function keptBy(port: number): Promise<number> {
  const line = await Line.open(port);
  let kept = 0;
  line.heard = () => {
    kept += 1;
  };
  await line.subscribe(["#"], 1);
  await pause(500);
  line.close();
  return kept;
}
