import { describe, expect, it } from "vitest";
import { superviseBySystemd } from "../../src/service/supervision.ts";
import { FakeClock } from "../fakes/clock.ts";
import { FakeLog } from "../fakes/log.ts";

const socket = { NOTIFY_SOCKET: "/run/systemd/notify" };

/** An agent under a systemd that hears what systemd-notify is given. */
function supervise(environment: Readonly<Record<string, string>>) {
  const clock = new FakeClock();
  const heard: string[] = [];
  let status = "2 of 2 devices online";
  const supervision = superviseBySystemd({
    environment,
    pid: 100,
    clock,
    log: new FakeLog(),
    machine: "armv6l",
    load: () => Promise.reject(new Error("not here")),
    execute: async (_program, words) => void heard.push(words.join(" ")),
  });
  return {
    clock,
    heard,
    ready: () => supervision.ready(() => status),
    stopping: () => supervision.stopping(),
    become: (next: string) => {
      status = next;
    },
  };
}

const ready = "READY=1 STATUS=2 of 2 devices online";

describe("an agent under systemd", () => {
  it("says nothing and starts no timer where systemd did not start it", async () => {
    const agent = supervise({ WATCHDOG_USEC: "3000000" });
    await agent.ready();
    await agent.stopping();
    expect([agent.heard, agent.clock.pending]).toEqual([[], 0]);
  });

  it("sends the watchdog three messages in each of its periods", async () => {
    const agent = supervise({ ...socket, WATCHDOG_USEC: "30000000", WATCHDOG_PID: "100" });
    await agent.ready();
    expect(agent.heard).toEqual([ready]);
    await agent.clock.advance(30_000);
    expect(agent.heard).toEqual([ready, "WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1"]);
  });

  it.each([
    ["there is none", {}],
    ["it is another process's", { WATCHDOG_USEC: "3000000", WATCHDOG_PID: "99" }],
  ])("sends the watchdog nothing if %s, but sends each new status once", async (_why, watchdog) => {
    const agent = supervise({ ...socket, ...watchdog });
    await agent.ready();
    await agent.clock.advance(60_000);
    agent.become("1 of 2 devices online; offline: lamp");
    await agent.clock.advance(60_000);
    expect(agent.heard).toEqual([ready, "STATUS=1 of 2 devices online; offline: lamp"]);
  });

  it("says soon after the start that the devices work which were starting", async () => {
    const agent = supervise({ ...socket, WATCHDOG_USEC: "30000000" });
    agent.become("1 of 2 devices online; starting: climate");
    await agent.ready();
    agent.become("2 of 2 devices online");
    await agent.clock.advance(9_000);
    expect(agent.heard).toEqual([
      "READY=1 STATUS=1 of 2 devices online; starting: climate",
      "STATUS=2 of 2 devices online",
    ]);
    await agent.stopping();
    expect(agent.clock.pending).toBe(0);
  });

  it("goes on sending the watchdog its messages while devices are offline", async () => {
    const agent = supervise({ ...socket, WATCHDOG_USEC: "30000000" });
    await agent.ready();
    await agent.clock.advance(5_000);
    agent.become("0 of 2 devices online");
    await agent.clock.advance(15_000);
    expect(agent.heard.slice(1)).toEqual(["WATCHDOG=1 STATUS=0 of 2 devices online", "WATCHDOG=1"]);
  });

  it("says that it stops, and sends the watchdog no more messages", async () => {
    const agent = supervise({ ...socket, WATCHDOG_USEC: "30000000" });
    await agent.ready();
    await agent.stopping();
    await agent.clock.advance(60_000);
    expect(agent.heard).toEqual([ready, "STOPPING=1 STATUS=brings its devices to rest"]);
  });
});
