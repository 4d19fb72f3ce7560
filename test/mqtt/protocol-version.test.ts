import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import {
  connack5Refused,
  connackAccepted5,
  connackRefused,
  isConnect,
  isSubscribe,
  suback,
  suback5,
} from "../fakes/scripted-broker.ts";
import { brokerThat, busBench, nextPause, until, untilAfterPauses } from "./bus-bench.ts";

/** What a broker does with a CONNECT: it accepts or refuses it, hangs up, cuts the connection, or lets it wait for ever. */
type Answer = "accepts" | "refuses" | "hangs up" | "cuts" | "is silent";

/** A broker that answers each version of MQTT in its way, which a test may change, and a bus to it. */
async function speaking(ways: { in5: Answer; in4: Answer }) {
  const sockets: Socket[] = [];
  const broker = await brokerThat((packet, socket) => {
    const is5 = isConnect(packet) ? packet[8] === 5 : socket === in5.at(-1);
    if (isConnect(packet)) {
      if (is5) in5.push(socket);
      const way = is5 ? ways.in5 : ways.in4;
      if (way === "accepts") socket.write(is5 ? connackAccepted5 : connackRefused(0));
      if (way === "refuses") socket.end(is5 ? connack5Refused(132) : connackRefused(1));
      if (way === "hangs up") socket.end();
      if (way === "cuts") socket.resetAndDestroy();
    }
    if (isSubscribe(packet)) {
      sockets.push(socket);
      socket.write(is5 ? suback5(packet, 1) : suback(packet, 1));
    }
  });
  const in5: Socket[] = [];
  const bench = busBench([broker]);
  const untilConnected = (times: number) => untilAfterPauses(bench.clock, () => bench.connected() >= times);
  const versions = () => broker.connects.map(({ protocolVersion }) => protocolVersion);
  const lose = async () => {
    await bench.clock.advance(60_000);
    sockets.at(-1)?.destroy();
  };
  return { ...bench, ways, versions, lose, untilConnected };
}

describe("the version of MQTT", () => {
  it.each([
    ["accepts MQTT 5", { in5: "accepts", in4: "accepts" }, [5]],
    ["says that it does not know MQTT 5", { in5: "refuses", in4: "accepts" }, [5, 4]],
    // That it lets us in over MQTT 3.1.1 proves that it is awake: only then its silence to MQTT 5 is believed.
    ["hangs up on MQTT 5", { in5: "hangs up", in4: "accepts" }, [5, 4, 5, 4]],
    ["cuts the connection on MQTT 5", { in5: "cuts", in4: "accepts" }, [5, 4, 5, 4]],
  ] as const)("is right for a broker that %s, also after the next loss", async (_what, ways, tried) => {
    const { versions, lose, untilConnected } = await speaking({ ...ways });
    await untilConnected(1);
    expect(versions()).toEqual(tried);
    await lose();
    await untilConnected(2);
    expect(versions()).toEqual([...tried, ...tried]);
  });

  it("says so in MQTT 3.1.1 too, where a broker answers MQTT 5 in its own words", async () => {
    const broker = await brokerThat((packet, socket) => {
      if (isConnect(packet)) socket.write(connackRefused(packet[8] === 5 ? 1 : 0));
      if (isSubscribe(packet)) socket.write(suback(packet, 1));
    });
    const { clock, connected } = busBench([broker]);
    await nextPause(clock);
    await until(() => connected() === 1);
    expect(broker.connects.map(({ protocolVersion }) => protocolVersion)).toEqual([5, 4]);
  });

  it("stays MQTT 5 for ever with a broker that knows it, however it hangs up later", async () => {
    const { clock, ways, versions, lose, untilConnected } = await speaking({ in5: "accepts", in4: "accepts" });
    await untilConnected(1);
    ways.in5 = "hangs up";
    await lose();
    for (let attempt = 0; attempt < 10; attempt += 1) await nextPause(clock);
    ways.in5 = "accepts";
    await untilConnected(2);
    expect(new Set(versions())).toEqual(new Set([5]));
    expect(versions().length).toBeGreaterThan(10);
  });

  it("is MQTT 5 again where a broker that only hung up at first was frozen, or about to stop", async () => {
    const { ways, versions, clock, untilConnected } = await speaking({ in5: "hangs up", in4: "accepts" });
    await until(() => versions().length === 1);
    ways.in5 = "accepts";
    await nextPause(clock);
    await untilConnected(1);
    expect(versions()).toEqual([5, 4, 5]);
  });

  it("falls back where a broker that knew it says that it does not, and rises again with the next connection", async () => {
    const { ways, versions, lose, untilConnected } = await speaking({ in5: "accepts", in4: "accepts" });
    await untilConnected(1);
    ways.in5 = "refuses";
    await lose();
    await untilConnected(2);
    ways.in5 = "accepts";
    await lose();
    await untilConnected(3);
    expect(versions()).toEqual([5, 5, 4, 5]);
  });

  it("is not changed by a refusal for another reason", async () => {
    const broker = await brokerThat((packet, socket) => {
      if (isConnect(packet)) socket.end(connack5Refused(135));
    });
    const { clock } = busBench([broker]);
    for (let attempt = 0; attempt < 4; attempt += 1) await nextPause(clock);
    await until(() => broker.connects.length === 5);
    expect(broker.connects.every(({ protocolVersion }) => protocolVersion === 5)).toBe(true);
  });

  it("is warned of once while it is MQTT 3.1.1, and again after it was MQTT 5", async () => {
    const { ways, log, lose, untilConnected } = await speaking({ in5: "refuses", in4: "accepts" });
    const warnings = () => log.at("warn").filter(({ protocol }) => protocol === "MQTT 3.1.1");
    await untilConnected(1);
    expect(warnings()).toMatchObject([{ message: expect.stringContaining("commands published with retain") }]);
    await lose();
    await untilConnected(2);
    expect(warnings()).toHaveLength(1);
    ways.in5 = "accepts";
    await lose();
    await untilConnected(3);
    ways.in5 = "refuses";
    await lose();
    await untilConnected(4);
    expect(warnings()).toHaveLength(2);
  });
});
