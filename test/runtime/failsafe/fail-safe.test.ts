import { describe, expect, it } from "vitest";
import { MachineLives } from "../../fakes/homes/machine-lives.ts";
import { neighbours } from "../../fakes/neighbour.ts";
import { relayWith as relay } from "./relay-with.ts";

const pin = 17;
const minute = 60_000;

describe("after_offline", () => {
  it("switches off when there has been no broker for so long, and says so", async () => {
    const { lives, isOn, send, attributes, causes } = await relay("failsafe: {after_offline: 10m}");
    send("on");
    await lives.setBroker(false);
    await lives.advance(10 * minute - 1);
    expect(isOn()).toBe(true);
    await lives.advance(1);
    expect(isOn()).toBe(false);
    expect(lives.log.at("warn")).toContainEqual(
      expect.objectContaining({ device: "it", reason: "after_offline", state: "off" }),
    );
    expect(causes()).toEqual(["failsafe:after_offline"]);
    await lives.setBroker(true);
    expect([isOn(), lives.bus.retained.get("it/state"), attributes()["failsafe"]]).toEqual([false, "OFF", null]);
  });

  it("does nothing where the broker comes back in time", async () => {
    const { lives, isOn, send } = await relay("failsafe: {after_offline: 10m}");
    send("on");
    for (let round = 0; round < 5; round += 1) await lives.loseBroker(9 * minute);
    expect(isOn()).toBe(true);
  });

  it("switches on, as a circulation pump needs", async () => {
    const { lives, isOn, causes } = await relay("failsafe: {state: on, after_offline: 10m}");
    await lives.setBroker(false);
    await lives.advance(10 * minute);
    expect([isOn(), causes()]).toEqual([true, ["failsafe:after_offline"]]);
  });

  it("with keep moves nothing, and tells", async () => {
    const { lives, isOn, send } = await relay("failsafe: {state: keep, after_offline: 10m}");
    send("on");
    await lives.setBroker(false);
    await lives.advance(10 * minute);
    expect(isOn()).toBe(true);
    expect(lives.log.at("warn")).toContainEqual(expect.objectContaining({ reason: "after_offline", state: "keep" }));
  });

  it("switches on through the interlock group, which switches the other output off first", async () => {
    const other = "  other: {kind: relay, topic: other, pin: 27, interlock: motor, interlock_wait: 2s}\n";
    const { lives, isOn } = await relay("interlock: motor, failsafe: {state: on, after_offline: 10m}", other);
    lives.send("other", "on");
    await lives.advance(5_000);
    await lives.setBroker(false);
    await lives.advance(10 * minute);
    expect([isOn(), lives.level(27)]).toEqual([false, 0]);
    await lives.advance(2_000);
    expect([isOn(), lives.level(27)]).toEqual([true, 0]);
  });

  it("ends what an earlier command would still do", async () => {
    const { lives, isOn, send } = await relay("failsafe: {after_offline: 1m}");
    send('{"state":"OFF","off_time":300}');
    await lives.loseBroker(2 * minute);
    await lives.advance(10 * minute);
    expect(isOn()).toBe(false);
  });

  it("ends that also where the agent is killed before it is stored", async () => {
    const { lives, isOn, send } = await relay("failsafe: {after_offline: 1m}");
    send('{"state":"OFF","off_time":300}');
    await lives.setBroker(false);
    await lives.advance(minute + 1_000);
    await lives.kill(0);
    await lives.advance(10 * minute);
    expect(isOn()).toBe(false);
  });

  it("that was over while no agent ran keeps the output off at later starts too", async () => {
    const { lives, isOn, send } = await relay("initial: last, failsafe: {after_offline: 10m}");
    send("on");
    await lives.setBroker(false);
    await lives.advance(5 * minute);
    await lives.kill(6 * minute);
    expect(isOn()).toBe(false);
    await lives.setBroker(true);
    await lives.stop(0);
    expect(isOn()).toBe(false);
  });

  it("never goes past max_on", async () => {
    const { lives, isOn } = await relay("max_on: 5m, max_on_rest: 1h, failsafe: {state: on, after_offline: 10m}");
    await lives.setBroker(false);
    await lives.advance(10 * minute);
    expect(isOn()).toBe(true);
    await lives.advance(5 * minute);
    expect(isOn()).toBe(false);
    await lives.advance(20 * minute);
    expect(isOn()).toBe(false);
  });

  it("works where there never was a broker", async () => {
    const lives = new MachineLives(
      `devices:\n  it: {kind: relay, topic: it, pin: ${pin}, initial: on, failsafe: {after_offline: 10m}}\n`,
    );
    await lives.setBroker(false);
    await lives.start();
    await lives.advance(10 * minute - 1);
    expect(lives.level(pin)).toBe(1);
    await lives.advance(1);
    expect(lives.level(pin)).toBe(0);
  });

  it("is not put off by crashes and restarts, and the output does not go on at the next start", async () => {
    const { lives, isOn, send } = await relay("initial: last, failsafe: {after_offline: 10m}");
    send("on");
    await lives.setBroker(false);
    for (let round = 0; round < 9; round += 1) {
      await lives.advance(minute / 2);
      await lives.kill(minute / 2);
      expect(isOn()).toBe(true);
    }
    await lives.advance(minute);
    expect(isOn()).toBe(false);
    await lives.kill(minute);
    expect(isOn()).toBe(false);
    await lives.setBroker(true);
    await lives.stop(0);
    expect(isOn()).toBe(false);
  });

  it("does not drop an output at a restart while the broker is there", async () => {
    const { lives, isOn, send } = await relay("initial: last, failsafe: {after_offline: 1m}");
    send("on");
    for (const downMs of [0, 30_000, 10 * minute]) {
      await lives.advance(3 * 60 * minute);
      await lives.kill(downMs);
      await lives.advance(minute);
      expect(isOn()).toBe(true);
    }
  });

  it("lets this house command, which begins the time anew", async () => {
    const button = neighbours();
    const { lives, isOn, send } = await relay(
      "failsafe: {after_offline: 10m}",
      "  button: {kind: neighbour, topic: button, target: it}\n",
      button.kind,
    );
    send("on");
    await lives.setBroker(false);
    await lives.advance(8 * minute);
    button.command("it", "on");
    await lives.advance(10 * minute - 1);
    expect(isOn()).toBe(true);
    await lives.advance(1);
    expect(isOn()).toBe(false);
    button.command("it", "on");
    await lives.advance(10 * minute - 1);
    expect(isOn()).toBe(true);
    await lives.advance(1);
    expect(isOn()).toBe(false);
  });
});
