import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadCLibrary } from "../../src/core/hardware/native.ts";
import { sendDatagram } from "../../src/service/datagram.ts";
import { notifier } from "../../src/service/notify.ts";
import { cannotRun } from "../e2e/required.ts";
import { FakeLog } from "../fakes/log.ts";
import { type DatagramReceiver, receiveDatagrams, thisMachine } from "./datagram-receiver.ts";

/** A systemd-notify that takes a moment, which is shorter for each next one, and remembers what it told; or fails. */
function fakeProgram(failure?: Error) {
  const calls: (readonly string[])[] = [];
  let turns = 5;
  const execute = async (program: string, words: readonly string[]) => {
    turns -= 1;
    for (let turn = turns; turn > 0; turn -= 1) await new Promise(setImmediate);
    calls.push([program, ...words]);
    if (failure !== undefined) throw failure;
  };
  return { calls, execute };
}

describe("telling systemd by a system call", () => {
  if (process.platform !== "linux") return cannotRun("only Linux has systemd");

  let systemd: DatagramReceiver;
  let log: FakeLog;

  beforeEach(async () => {
    systemd = await receiveDatagrams();
    log = new FakeLog();
  });

  afterEach(() => systemd.close());

  it("sends assignments as one datagram, one a line, in the order of the calls", async () => {
    const { calls, execute } = fakeProgram();
    const notify = notifier(systemd.path, { ...thisMachine, log, execute });
    await Promise.all([notify("READY=1", "STATUS=3 of 3 devices online"), notify("WATCHDOG=1")]);
    expect([systemd.next(), systemd.next(), systemd.next()]).toEqual([
      "READY=1\nSTATUS=3 of 3 devices online",
      "WATCHDOG=1",
      undefined,
    ]);
    expect(calls).toEqual([]);
  });

  it("sends what is not ASCII as UTF-8", async () => {
    await notifier(systemd.path, { ...thisMachine, log })("STATUS=Küche");
    expect(systemd.next()).toBe("STATUS=Küche");
  });

  it("lets systemd-notify wait where systemd does not keep up", async () => {
    const { calls, execute } = fakeProgram();
    const notify = notifier(systemd.path, { ...thisMachine, log, execute });
    // net.unix.max_dgram_qlen is 10 unless told, 512 under systemd.
    for (let sent = 0; sent < 2000 && calls.length === 0; sent += 1) await notify("WATCHDOG=1");
    expect(calls).toEqual([["systemd-notify", "WATCHDOG=1"]]);
  });

  it("says what is wrong with an address, and what the system answered", async () => {
    const library = await loadCLibrary(thisMachine);
    expect(() => sendDatagram(library, "vsock:2:1", "READY=1")).toThrow("not the address of a UNIX socket");
    expect(() => sendDatagram(library, `/${"x".repeat(200)}`, "READY=1")).toThrow("too long");
    expect(() => sendDatagram(library, "/nowhere/notify", "READY=1")).toThrow("ENOENT: sendto");
    expect(() => sendDatagram(library, "@pi2mqtt-nobody", "READY=1")).toThrow("ECONNREFUSED: sendto");
  });
});

describe("telling systemd without koffi", () => {
  const zero = { machine: "armv6l", load: () => Promise.reject(new Error("loaded koffi on ARMv6")) };

  it("runs systemd-notify for each message, one after the other", async () => {
    const { calls, execute } = fakeProgram();
    const notify = notifier("/run/systemd/notify", { ...zero, log: new FakeLog(), execute });
    await Promise.all([notify("READY=1", "STATUS=fine"), notify("WATCHDOG=1")]);
    expect(calls).toEqual([
      ["systemd-notify", "READY=1", "STATUS=fine"],
      ["systemd-notify", "WATCHDOG=1"],
    ]);
  });

  it("warns when systemd cannot be told, and goes on", async () => {
    const log = new FakeLog();
    const { execute } = fakeProgram(new Error("spawn systemd-notify ENOENT"));
    await notifier("/run/systemd/notify", { ...zero, log, execute })("READY=1");
    expect(log.at("warn")).toMatchObject([{ reason: "spawn systemd-notify ENOENT" }]);
  });
});
