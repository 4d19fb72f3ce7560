import { describe, expect, it } from "vitest";
import { FakeBus } from "../../fakes/bus.ts";
import { settled } from "../../fakes/clock.ts";
import { heaterPin, heating, warmHouse } from "../../fakes/homes/warm-house.ts";
import { FakeStateFile } from "../../fakes/state-file.ts";

describe("a thermostat's outputs", () => {
  it("are switched back a second after somebody else switched them", async () => {
    const { bus, clock, on, read } = await heating();
    bus.receive("heater", "off");
    expect(on()).toBe("nothing");
    await clock.advance(1_000);
    expect(on()).toBe("heater");
    await read(21);
    bus.receive("heater", "on");
    await clock.advance(1_000);
    expect(on()).toBe("nothing");
  });

  it("are switched back however often somebody else switches them", async () => {
    const { bus, clock, pins } = await heating({ first: 21 });
    await clock.advance(20_000);
    const before = pins.history(heaterPin).length;
    for (let count = 0; count < 40; count += 1) {
      bus.receive("heater", "on");
      await clock.advance(500);
    }
    // Half of the forty commands find it off again.
    expect(pins.history(heaterPin).length - before).toBeGreaterThanOrEqual(38);
  });

  it("are not both on though somebody switches the other one on: a second later neither is", async () => {
    const { bus, clock, on, state } = await warmHouse({ first: 19, cooler: "min_on: 1m" });
    bus.receive("it", "heat");
    await clock.advance(5_000);
    expect(on()).toBe("heater");
    bus.receive("cooler", "on");
    await clock.advance(1_000);
    // The cooler may not go off yet, so the heater has to.
    expect([on(), state()["action"]]).toEqual(["cooler", "cooling"]);
    await clock.advance(62_000);
    expect([on(), state()["action"]]).toEqual(["heater", "heating"]);
  });

  it("say what is done: heating that waits for min_off is idle, and goes on that waits for min_on", async () => {
    const { clock, read, on, state, bus } = await heating({ heater: "min_off: 1m, min_on: 2m" });
    expect([on(), state()["action"]]).toEqual(["nothing", "idle"]);
    await clock.advance(59_000);
    expect([on(), state()["action"]]).toEqual(["heater", "heating"]);
    await read(25);
    expect([on(), state()["action"]]).toEqual(["heater", "heating"]);
    bus.receive("it", "off");
    expect(state()).toMatchObject({ mode: "off", action: "heating" });
    await clock.advance(120_000);
    expect([on(), state()["action"]]).toEqual(["nothing", "off"]);
  });

  it("do not go on for a wish that is over while it waited", async () => {
    const { clock, read, on, pins } = await heating({ heater: "min_off: 1m" });
    await read(21);
    await clock.advance(120_000);
    expect([on(), pins.history(heaterPin)]).toEqual(["nothing", [0]]);
  });

  it("wait for each other where the one may not go off yet", async () => {
    const thermostat = "heater: heater, cooler: cooler, mode: heat_cool";
    const { clock, read, on } = await warmHouse({ thermostat, heater: "min_on: 1m" });
    await read(19);
    await read(22);
    expect(on()).toBe("heater");
    const seen = new Set<string>();
    for (let second = 0; second < 60; second += 1) {
      await clock.advance(1_000);
      seen.add(on());
    }
    expect(seen).not.toContain("both");
    expect(on()).toBe("cooler");
  });

  it("that are on when the agent starts go off where there is no reason for it", async () => {
    const { on, clock } = await warmHouse({ first: "hangs", heater: "initial: on" });
    expect(on()).toBe("heater");
    await clock.advance(1_000);
    expect(on()).toBe("nothing");
  });

  it("rest as their owner wants when the agent stops", async () => {
    const off = await heating();
    await off.agent.stop();
    expect(off.on()).toBe("nothing");
    const keep = await heating({ heater: "on_exit: keep" });
    await keep.agent.stop();
    expect(keep.on()).toBe("heater");
  });

  it("go off when the thermostat alone fails, and on again with its next run", async () => {
    const stateFile = new FakeStateFile();
    const bus = new FakeBus();
    const { clock, on, log } = await heating({ stateFile, bus });
    expect(on()).toBe("heater");
    const publish = bus.publish.bind(bus);
    bus.publish = (...message) => {
      if (message[0] === "it/state") throw new Error("broken");
      publish(...message);
    };
    bus.receive("it/target/set", "25");
    expect(on()).toBe("nothing");
    await settled();
    bus.publish = publish;
    expect(log.at("warn")).toMatchObject([{ device: "it", reason: "broken" }]);
    await clock.advance(2_000);
    expect(on()).toBe("heater");
  });
});
