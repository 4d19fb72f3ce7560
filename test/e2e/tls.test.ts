import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Agent } from "../../src/agent.ts";
import type { BusSettings } from "../../src/mqtt/settings.ts";
import { startRealAgent } from "./agent.ts";
import { freePort, mosquittoMissing, startMosquitto, type TestBroker } from "./brokers.ts";
import { cannotRun } from "./required.ts";
import { authority, opensslMissing } from "./tls-authority.ts";

const missing = mosquittoMissing ?? opensslMissing;

/** Waits for a log line; the test's own time limit ends a vain wait. */
async function until<T>(find: () => T | undefined): Promise<T> {
  for (;;) {
    const found = find();
    if (found !== undefined) return found;
    await new Promise(setImmediate);
  }
}

describe("an agent and a Mosquitto with TLS", () => {
  if (missing !== undefined) return cannotRun(missing);

  const folder = mkdtempSync(join(tmpdir(), "pi2mqtt-tls-"));
  let ours: ReturnType<typeof authority>;
  let foreign: ReturnType<typeof authority>;
  beforeAll(() => {
    ours = authority(folder, "ours");
    foreign = authority(folder, "foreign");
  });

  const ending: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of ending.splice(0).reverse()) await end();
  });

  /** A broker with a certificate for that host, and further lines of its configuration. */
  const brokerFor = async (pair: { certFile: string; keyFile: string }, ...settings: string[]) => {
    const own = [`certfile ${pair.certFile}`, `keyfile ${pair.keyFile}`];
    const broker = await startMosquitto(() => ["allow_anonymous true", ...own, ...settings]);
    ending.push(() => broker.stop());
    return broker;
  };

  const agentAt = async ({ port }: TestBroker, settings: Partial<BusSettings>) => {
    const started = await startRealAgent(port, { url: `mqtts://127.0.0.1:${port}`, ...settings });
    const agent: Agent = started.agent;
    ending.push(() => agent.stop());
    const { log } = started;
    return {
      log,
      connected: () => until(() => log.at("info").find(({ message }) => message === "connected to the broker")),
      refused: () => until(() => log.at("warn").find(({ reason }) => reason !== undefined)),
    };
  };

  it("names the file and the setting of a CA that did not sign the broker's certificate", async () => {
    const broker = await brokerFor(ours.sign("IP:127.0.0.1", "broker"));
    const { refused } = await agentAt(broker, { ca: foreign.cert, pemNames: { ca: "old-ca.crt", cert: undefined } });
    expect(await refused()).toMatchObject({
      message: "cannot connect to the broker",
      reason:
        'its certificate is not signed by a CA that is trusted here; set MQTT_CA to the file of its CA (now "old-ca.crt", of broker.ca) (UNABLE_TO_VERIFY_LEAF_SIGNATURE)',
    });
  });

  it("says for which host the certificate of another host is", async () => {
    const broker = await brokerFor(ours.sign("DNS:broker.local,IP:10.1.2.3", "elsewhere"));
    const { refused } = await agentAt(broker, { ca: ours.cert });
    expect(await refused()).toMatchObject({
      reason:
        "its certificate is for another host name; use the name that the certificate has (broker.local, 10.1.2.3) in broker.url (ERR_TLS_CERT_ALTNAME_INVALID)",
    });
  });

  it("takes the certificate of another host only when told to, loudly, and still none of a foreign CA", async () => {
    const broker = await brokerFor(ours.sign("DNS:broker.local", "named"));
    const trusting = await agentAt(broker, { ca: ours.cert, checkServerName: false });
    await trusting.connected();
    expect(trusting.log.at("warn")).toMatchObject([
      {
        message: "the broker's name is not checked: another may pose as it",
        setting: "broker.check_server_name",
      },
    ]);
    const doubting = await agentAt(broker, { ca: foreign.cert, checkServerName: false });
    expect(await doubting.refused()).toMatchObject({
      reason: expect.stringContaining("not signed by a CA that is trusted here"),
    });
  });

  it("checks the name, and leaves it be, over a WebSocket too", async () => {
    const port = await freePort();
    const { certFile, keyFile } = ours.sign("DNS:broker.local", "socket");
    // Mosquitto opens no WebSocket on an address, only on all of them.
    const listener = [`listener ${port}`, "protocol websockets", `certfile ${certFile}`, `keyfile ${keyFile}`];
    const broker = await startMosquitto(() => ["allow_anonymous true", ...listener]);
    ending.push(() => broker.stop());
    const url = `wss://127.0.0.1:${port}`;
    const strict = await agentAt(broker, { url, ca: ours.cert });
    expect(await strict.refused()).toMatchObject({
      reason: expect.stringMatching(/^its certificate is for another host name/),
    });
    const trusting = await agentAt(broker, { url, ca: ours.cert, checkServerName: false });
    await trusting.connected();
  });

  it("says that a certificate has expired: the broker's, or that of the CA", async () => {
    const expired = authority(folder, "expired", "expired");
    const names = { pemNames: { ca: "ca.crt", cert: undefined } };
    const reason =
      'its certificate or that of the CA in "ca.crt" (broker.ca) has expired; renew it, or set the clock of this machine (CERT_HAS_EXPIRED)';
    const byOld = await brokerFor(expired.sign("IP:127.0.0.1", "by-expired"));
    const first = await agentAt(byOld, { ca: expired.cert, ...names });
    expect(await first.refused()).toMatchObject({ reason });
    const old = await brokerFor(ours.sign("IP:127.0.0.1", "worn-out", "expired"));
    const second = await agentAt(old, { ca: ours.cert, ...names });
    expect(await second.refused()).toMatchObject({ reason });
  });

  it("shows its own certificate to a broker that wants one, and says what is missing", async () => {
    const { certFile, keyFile } = ours.sign("IP:127.0.0.1", "strict");
    const broker = await brokerFor({ certFile, keyFile }, `cafile ${ours.certFile}`, "require_certificate true");
    const { cert, key } = ours.sign("DNS:agent", "agent");
    const known = await agentAt(broker, { ca: ours.cert, cert, key });
    await known.connected();
    const nobody = await agentAt(broker, { ca: ours.cert });
    expect(await nobody.refused()).toMatchObject({
      reason: expect.stringMatching(/^it wants a certificate of this agent; set broker.cert and broker.key/),
    });
    const stranger = foreign.sign("DNS:agent", "stranger");
    const unknown = await agentAt(broker, {
      ca: ours.cert,
      cert: stranger.cert,
      key: stranger.key,
      pemNames: { ca: undefined, cert: "agent.crt" },
    });
    expect(await unknown.refused()).toMatchObject({
      reason: expect.stringMatching(
        /^it does not accept the certificate of this agent; check "agent.crt" of broker.cert or MQTT_CERT/,
      ),
    });
  });

  it("does not speak TLS to an address without, whatever certificates it has", async () => {
    const broker = await startMosquitto();
    ending.push(() => broker.stop());
    const { cert, key } = ours.sign("DNS:agent", "spare");
    const { connected } = await agentAt(broker, { url: `mqtt://127.0.0.1:${broker.port}`, cert, key });
    expect(await connected()).toMatchObject({ protocol: "MQTT 5" });
  });

  it("tries a certificate that is none with growing pauses, and goes on to the next broker", async () => {
    const broker = await startMosquitto();
    ending.push(() => broker.stop());
    const fallback = { url: `mqtt://127.0.0.1:${broker.port}`, username: undefined, password: undefined };
    const { connected, log } = await agentAt(broker, { cert: "no PEM", key: "no PEM", fallbacks: [fallback] });
    expect(await connected()).toMatchObject({ broker: fallback.url });
    expect(log.at("warn")).toMatchObject([
      { reason: expect.stringMatching(/^broker.ca, broker.cert or broker.key \(MQTT_CA, MQTT_CERT, MQTT_KEY\) names/) },
    ]);
  });
});
