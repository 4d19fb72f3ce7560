import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FakeBus } from "../fakes/bus.ts";
import { expanderBench } from "../fakes/pins/expander.ts";
import { runs } from "../property-runs.ts";

const lamp = "  lamp: {kind: relay, topic: lamp, pin: relays/3}\n";
/** As after a crash: what the last run left is taken up. */
const kept = "  lamp: {kind: relay, topic: lamp, pin: relays/3, initial: keep, on_exit: keep}\n";
const door = "  door: {kind: contact, topic: door, pin: relays/5, pull: none, debounce: 50ms}\n";

describe("an output of a chip on a bus", () => {
  it("takes its device offline when the chip does not answer, though the driver hides that, and says why", async () => {
    const { start, chip } = expanderBench();
    const { bus, log } = await start(lamp);
    chip.answers = false;
    bus.receive("lamp", "on");
    await chip.clock.advance(0);
    expect([bus.retained.get("lamp/state"), bus.retained.get("lamp/availability")]).toEqual(["OFF", "offline"]);
    expect(log.at("warn").map(({ reason }) => reason)).toContain(
      "pin relays/3 has a chip that does not answer (EREMOTEIO); check the chip's wires, its supply and its address",
    );
    chip.answers = true;
    await chip.clock.advance(10_000);
    bus.receive("lamp", "on");
    expect([chip.level(3), bus.retained.get("lamp/state"), bus.retained.get("lamp/availability")]).toEqual([
      1,
      "ON",
      "online",
    ]);
  });

  it("is set up anew when the chip was away and is back, with another number", async () => {
    const { start, chip } = expanderBench();
    const { bus } = await start(lamp);
    chip.unplug();
    await chip.clock.advance(3_000);
    expect(bus.retained.get("lamp/availability")).toBe("offline");
    chip.plugAgain(7);
    await chip.clock.advance(60_000);
    bus.receive("lamp", "on");
    expect([chip.level(3), bus.retained.get("lamp/availability")]).toEqual([1, "online"]);
  });

  it("that does not take its level is not said to be on", async () => {
    const { start, chip } = expanderBench();
    const { bus, log } = await start(lamp);
    chip.heldLow.add(3);
    bus.receive("lamp", "on");
    await chip.clock.advance(0);
    expect([bus.retained.get("lamp/state"), bus.retained.get("lamp/availability")]).toEqual(["OFF", "offline"]);
    expect(log.at("warn").map(({ reason }) => reason)).toContain(
      "pin relays/3 did not become high; something holds the line, or its chip has lost its supply",
    );
  });

  it("of a pcf8574 may be held low by what it switches, as its high level is weak", async () => {
    const { start, chip } = expanderBench({ label: "pcf8574", lines: 8 });
    const { bus } = await start(lamp);
    chip.heldLow.add(3);
    bus.receive("lamp", "on");
    await chip.clock.advance(10_000);
    expect([bus.retained.get("lamp/state"), bus.retained.get("lamp/availability")]).toEqual(["ON", "online"]);
    chip.answers = false;
    await chip.clock.advance(3_000);
    expect(bus.retained.get("lamp/availability")).toBe("offline");
  });

  it("never says another level than the chip has, whatever the chip and the agent do", async () => {
    const step = fc.oneof(
      fc.constantFrom("on", "off", "silent", "answers", "unplug", "plug", "restart").map((what) => ({ what, ms: 0 })),
      fc.integer({ min: 1, max: 90_000 }).map((ms) => ({ what: "time", ms })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const bus = new FakeBus();
        const { start, chip } = expanderBench({}, bus);
        let { agent } = await start(kept);
        let number = 1;
        let movedAtMs = Number.NEGATIVE_INFINITY;
        for (const { what, ms } of steps) {
          if (what === "on" || what === "off") bus.receive("lamp", what);
          if (what === "unplug" || what === "plug") movedAtMs = chip.clock.monotonicMs();
          if (what === "silent" || what === "answers") chip.answers = what === "answers";
          if (what === "unplug" && chip.isThere) chip.unplug();
          if (what === "plug" && !chip.isThere) chip.plugAgain(++number);
          if (what === "restart") {
            await agent.stop();
            ({ agent } = await start(kept));
          }
          await chip.clock.advance(ms);
          const isOnline = bus.retained.get("lamp/availability") === "online";
          // A chip that went and came back is noticed when the level is read again, every two seconds.
          const isSettled = chip.clock.monotonicMs() - movedAtMs > 2_100;
          if (isOnline && isSettled && chip.isThere)
            expect(bus.retained.get("lamp/state")).toBe(chip.level(3) === 1 ? "ON" : "OFF");
        }
        await agent.stop();
      }),
      { numRuns: runs(60) },
    );
  });
});

describe("an input of a chip without an interrupt", () => {
  it("is looked at, and follows each level that stands still", async () => {
    const { start, chip, log } = expanderBench();
    const { bus } = await start(door);
    const states = () => bus.on("door");
    chip.drive(5, 1);
    await chip.clock.advance(200);
    chip.drive(5, 0);
    await chip.clock.advance(30);
    chip.drive(5, 1);
    await chip.clock.advance(200);
    chip.drive(5, 0);
    await chip.clock.advance(200);
    expect(states()).toEqual(["OFF", "ON", "OFF"]);
    expect(log.at("info").map(({ message }) => message)).toContain(
      "the chip has no interrupt; its inputs are looked at",
    );
  });

  it("shares its looks with the others of the chip", async () => {
    const { start, chip } = expanderBench();
    await start(`${door}  gate: {kind: contact, topic: gate, pin: relays/6, pull: none}\n`);
    expect(chip.requests.size).toBe(1);
  });

  it("is forgiven a transfer that failed, and not a chip that is gone; it is back with the chip", async () => {
    const { start, chip } = expanderBench();
    const { bus } = await start(door);
    chip.answers = false;
    await chip.clock.advance(30);
    chip.answers = true;
    await chip.clock.advance(500);
    expect(bus.retained.get("door/availability")).toBe("online");
    chip.answers = false;
    await chip.clock.advance(500);
    expect(bus.retained.get("door/availability")).toBe("offline");
    chip.answers = true;
    await chip.clock.advance(60_000);
    chip.drive(5, 1);
    await chip.clock.advance(200);
    expect([bus.retained.get("door"), bus.retained.get("door/availability")]).toEqual(["ON", "online"]);
  });

  it("counts pulses that are longer than a look, and says that it misses others", async () => {
    const { start, chip, log } = expanderBench();
    const { bus } = await start(
      "  meter: {kind: counter, topic: meter, pin: relays/2, pull: none, active_low: false}\n",
    );
    for (let pulse = 0; pulse < 5; pulse += 1) {
      chip.drive(2, 1);
      await chip.clock.advance(100);
      chip.drive(2, 0);
      await chip.clock.advance(100);
    }
    await chip.clock.advance(20_000);
    expect(JSON.parse(bus.retained.get("meter") ?? "{}")).toMatchObject({ pulses: 5 });
    expect(log.at("warn")).toMatchObject([{ pin: "relays/2", every: "20ms" }]);
  });
});

describe("an input of a chip with an interrupt", () => {
  it("follows the edges, and where no interrupt is wired after all, the level within two seconds", async () => {
    const { start, chip } = expanderBench({ interrupts: true });
    const { bus } = await start(door);
    chip.drive(5, 1);
    await chip.clock.advance(100);
    expect(bus.retained.get("door")).toBe("ON");
    chip.line(5).levels.push(0);
    await chip.clock.advance(3_000);
    expect(bus.retained.get("door")).toBe("OFF");
  });
});
