import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import {
  connack5Refused,
  connackAccepted5,
  connackRefused,
  disconnect5,
  isConnect,
  isSubscribe,
  suback,
  suback5,
} from "../fakes/scripted-broker.ts";
import { brokerThat, busBench, nextPause, until, untilAfterPauses } from "./bus-bench.ts";

/** A bus to a broker that serves in this version of MQTT, and that a test has end the connection. */
async function served(version: 4 | 5, rival: string | undefined) {
  const sockets: Socket[] = [];
  const broker = await brokerThat((packet, socket) => {
    if (isConnect(packet) && version === 5) socket.write(connackAccepted5);
    else if (isConnect(packet) && packet[8] === 5) socket.end(connack5Refused(132));
    else if (isConnect(packet)) socket.write(connackRefused(0));
    if (!isSubscribe(packet)) return;
    socket.write(version === 5 ? suback5(packet, 1) : suback(packet, 1));
    sockets.push(socket);
  });
  const bench = busBench([broker], { rival: () => rival });
  let times = 0;
  /** Ends the connection after a minute, in this way, and tells the pause after it and what the log gives as the reason. */
  const ended = async (end: (socket: Socket) => void) => {
    times += 1;
    await untilAfterPauses(bench.clock, () => bench.connected() === times);
    await bench.clock.advance(60_000);
    const before = bench.log.at("warn").length;
    end(sockets.at(-1) as Socket);
    await until(() => bench.log.at("warn").length > before);
    return { reason: bench.log.at("warn").at(-1)?.["reason"], pauseMs: await nextPause(bench.clock) };
  };
  return { ...bench, ended };
}

const hangUp = (socket: Socket) => socket.end();
const reset = (socket: Socket) => socket.resetAndDestroy();
const takeOver = (socket: Socket) => socket.end(disconnect5(142));

describe("two machines with one id", () => {
  it.each([
    ["MQTT 5", 5, takeOver],
    ["MQTT 3.1.1, which has no word for it", 4, hangUp],
    ["MQTT 3.1.1, with a reset", 4, reset],
  ] as const)(
    "are named as the cause over %s, and each gives the other one peace for longer",
    async (_how, version, end) => {
      const { ended } = await served(version, 'the machine "cellar-pi"');
      const pauses: number[] = [];
      for (let time = 0; time < 4; time += 1) {
        const { reason, pauseMs } = await ended(end);
        expect(reason).toContain('most likely the machine "cellar-pi"; give each agent an agent.id of its own');
        pauses.push(pauseMs);
      }
      for (const [index, pauseMs] of pauses.slice(1).entries()) expect(pauseMs).toBe((pauses[index] ?? 0) * 2);
    },
  );

  it.each([
    ["no other machine is known", undefined, hangUp, "it closed the connection without a word"],
    [
      "the broker gives another reason",
      'the machine "cellar-pi"',
      (socket: Socket) => socket.end(disconnect5(139)),
      "it shuts down",
    ],
  ] as const)("are not the cause where %s", async (_where, rival, end, reason) => {
    const { ended } = await served(5, rival);
    for (let time = 0; time < 3; time += 1) expect(await ended(end)).toEqual({ reason, pauseMs: 600 });
  });
});
