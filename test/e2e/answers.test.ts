import { connectAsync, type MqttClient } from "mqtt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Agent } from "../../src/agent.ts";
import { startRealAgent } from "./agent.ts";
import { mosquittoMissing, startMosquitto, type TestBroker } from "./brokers.ts";
import { cannotRun } from "./required.ts";

if (mosquittoMissing !== undefined) cannotRun(mosquittoMissing);
else
  describe("answers over MQTT 5, through Mosquitto", () => {
    let broker: TestBroker;
    let agent: Agent;
    let client: MqttClient;

    beforeAll(async () => {
      broker = await startMosquitto();
      client = await connectAsync(`mqtt://127.0.0.1:${broker.port}`, { protocolVersion: 5 });
      const online = next("pi2mqtt/test/status");
      ({ agent } = await startRealAgent(broker.port));
      await online;
    });
    afterAll(async () => {
      await agent.stop();
      await client.endAsync(true);
      await broker.stop();
    });

    /** The next message on a topic, kept or not. */
    async function next(topic: string): Promise<{ payload: string; retain: boolean; correlation: string | undefined }> {
      const arrived = new Promise<{ payload: string; retain: boolean; correlation: string | undefined }>((resolve) => {
        client.on("message", (onTopic, payload, { retain, properties }) => {
          const correlation = properties?.correlationData?.toString();
          if (onTopic === topic) resolve({ payload: payload.toString(), retain, correlation });
        });
      });
      await client.subscribeAsync(topic, { qos: 1 });
      return arrived;
    }

    it("go to the response topic with the correlation data, and are not kept", async () => {
      await client.subscribeAsync("asker/inbox");
      const answer = next("asker/inbox");
      const properties = { responseTopic: "asker/inbox", correlationData: Buffer.from("question 1") };
      await client.publishAsync("home/lamp/set", "on", { qos: 1, properties });
      expect(await answer).toEqual({
        payload: '{"accepted":true,"state":"ON","cause":"mqtt"}',
        retain: false,
        correlation: "question 1",
      });
    });

    it("go to the result topic where the command has an id", async () => {
      await client.subscribeAsync("home/lamp/result");
      const answer = next("home/lamp/result");
      await client.publishAsync("home/lamp", '{"state":"OFF","id":"42"}', { qos: 1 });
      expect(JSON.parse((await answer).payload)).toEqual({ id: "42", accepted: true, state: "OFF", cause: "mqtt" });
    });

    it("tell the state where somebody gets it", async () => {
      await client.subscribeAsync("asker/state");
      const answer = next("asker/state");
      const properties = { responseTopic: "asker/state" };
      await client.publishAsync("home/lamp/get", "", { qos: 1, properties });
      expect(JSON.parse((await answer).payload)).toEqual({ accepted: true, state: "OFF", cause: "mqtt" });
    });

    it("stand beside what the agent keeps with the broker: what it is, and how it is", async () => {
      const [info, health] = [await next("pi2mqtt/test/info"), await next("pi2mqtt/test/health")];
      expect(JSON.parse(info.payload)).toMatchObject({ devices: { lamp: { kind: "relay", topic: "home/lamp" } } });
      expect(JSON.parse(health.payload)).toMatchObject({ reconnects: 0, failures: {} });
      expect([info.retain, health.retain]).toEqual([true, true]);
    });
  });
