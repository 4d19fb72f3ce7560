import { describe, expect, it } from "vitest";
import { relayWith as relay } from "./relay-with.ts";

const minute = 60_000;

describe("after_silence", () => {
  it("switches off when no command has come for so long; each one begins it anew", async () => {
    const { lives, isOn, send } = await relay("failsafe: {after_silence: 10m}");
    send("on");
    for (let round = 0; round < 5; round += 1) {
      await lives.advance(9 * minute);
      send("on");
    }
    send("nonsense");
    await lives.advance(5 * minute);
    send("nonsense");
    await lives.advance(5 * minute - 1);
    expect(isOn()).toBe(true);
    await lives.advance(1);
    expect(isOn()).toBe(false);
    send("on");
    expect(isOn()).toBe(true);
  });

  it("goes on over crashes", async () => {
    const { lives, isOn, send } = await relay("initial: last, failsafe: {after_silence: 10m}");
    send("on");
    for (let round = 0; round < 4; round += 1) {
      await lives.advance(minute);
      await lives.kill(minute);
      expect(isOn()).toBe(true);
    }
    await lives.advance(2 * minute);
    expect(isOn()).toBe(false);
  });
});

describe("on_controller_lost", () => {
  const status = "homeassistant/status";

  it("switches off when the controller says that it is gone, and commands go on", async () => {
    const { lives, isOn, send, attributes } = await relay(`failsafe: {on_controller_lost: ${status}}`);
    send("on");
    lives.send(status, "offline");
    expect([isOn(), attributes()["failsafe"]]).toEqual([false, "on_controller_lost"]);
    lives.send(status, "online");
    expect([isOn(), attributes()["failsafe"]]).toEqual([false, null]);
    lives.send(status, "offline");
    send("on");
    expect([isOn(), attributes()["failsafe"]]).toEqual([true, null]);
  });

  it("waits, for its own word, where that is written", async () => {
    const group = "{topic: bridge/state, payload: gone, after: 5m}";
    const { lives, isOn, send } = await relay(`failsafe: {on_controller_lost: ${group}}`);
    send("on");
    lives.send("bridge/state", "offline");
    await lives.advance(10 * minute);
    lives.send("bridge/state", "gone");
    await lives.advance(5 * minute - 1);
    expect(isOn()).toBe(true);
    lives.send("bridge/state", "back");
    await lives.advance(10 * minute);
    expect(isOn()).toBe(true);
    lives.send("bridge/state", "gone");
    await lives.advance(5 * minute);
    expect(isOn()).toBe(false);
  });

  it("counts what the broker has kept", async () => {
    const { lives, isOn, send } = await relay(`failsafe: {on_controller_lost: ${status}}`);
    send("on");
    lives.bus.retained.set(status, "offline");
    await lives.loseBroker(minute);
    expect(isOn()).toBe(false);
  });
});

describe("resume", () => {
  it("goes on as before when the reason is gone", async () => {
    const { lives, isOn, send, causes } = await relay("failsafe: {after_offline: 10m, resume: true}");
    send("on");
    await lives.loseBroker(11 * minute);
    expect(isOn()).toBe(true);
    expect(causes()).toEqual(["failsafe:after_offline", "failsafe:resume"]);
    send("off");
    await lives.loseBroker(11 * minute);
    expect(isOn()).toBe(false);
  });

  it("does not go on after a command meanwhile", async () => {
    const { lives, isOn, send } = await relay("failsafe: {on_controller_lost: c, resume: true}");
    send("on");
    lives.send("c", "offline");
    send("off");
    lives.send("c", "online");
    expect(isOn()).toBe(false);
  });

  it("goes on after a crash too", async () => {
    const { lives, isOn, send } = await relay("initial: last, failsafe: {after_offline: 10m, resume: true}");
    send("on");
    await lives.setBroker(false);
    await lives.advance(11 * minute);
    await lives.kill(minute);
    expect(isOn()).toBe(false);
    await lives.setBroker(true);
    expect(isOn()).toBe(true);
  });

  it("displaces no other output of the interlock group", async () => {
    const other = "  other: {kind: relay, topic: other, pin: 27, interlock: motor}\n";
    const { lives, isOn, send } = await relay(
      "interlock: motor, failsafe: {on_controller_lost: c, resume: true}",
      other,
    );
    send("on");
    lives.send("c", "offline");
    lives.send("other", "on");
    await lives.advance(minute);
    lives.send("c", "online");
    await lives.advance(minute);
    expect([isOn(), lives.level(27)]).toEqual([false, 1]);
  });
});
