import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GarageTraits } from "../../fakes/homes/garage.ts";
import { runs } from "../../property-runs.ts";
import { deadTimeMs, Garage, pulseMs, traits, yaml } from "./garage.ts";

type What = {
  send?: string;
  remote?: true;
  killedForMs?: number;
  restart?: true;
  brokerLost?: true;
  retained?: true;
  brokenForMs?: number;
};

const command = {
  weight: 8,
  arbitrary: fc.record({ send: fc.constantFrom("OPEN", "OPEN", "CLOSE", "CLOSE", "STOP") }),
};
const others = [
  { weight: 1, arbitrary: fc.constant({ brokerLost: true as const }) },
  { weight: 1, arbitrary: fc.constant({ retained: true as const }) },
];
const troubles = [
  { weight: 3, arbitrary: fc.constant({ remote: true as const }) },
  { weight: 2, arbitrary: fc.record({ killedForMs: fc.integer({ min: 0, max: 30_000 }) }) },
  { weight: 1, arbitrary: fc.constant({ restart: true as const }) },
  { weight: 1, arbitrary: fc.record({ brokenForMs: fc.integer({ min: 0, max: 5_000 }) }) },
];
const thenMs = fc.oneof(fc.integer({ min: 0, max: 2_000 }), fc.nat(25_000));
const calm = fc.record({ what: fc.oneof(command, ...others), thenMs });
const wild = fc.record({ what: fc.oneof(command, ...others, ...troubles), thenMs });

const contacts = fc.constantFrom<GarageTraits["contacts"]>({ close: 5, open: 6 }, { close: 5 }, { open: 6 });
const house = fc.record({
  contacts,
  activeLow: fc.boolean(),
  reverses: fc.boolean(),
  position: fc.constantFrom(0, 100, 50),
});

function started(some: Pick<GarageTraits, "contacts" | "activeLow" | "reverses" | "position">): Promise<Garage> {
  const { close, open } = some.contacts;
  const pins = [close && `closed_contact_pin: ${close}`, open && `open_contact_pin: ${open}`].filter(Boolean);
  return Garage.started(yaml(`, ${pins.join(", ")}, active_low: ${some.activeLow}, reverses: ${some.reverses}`), some);
}

/** Watches that no pulse comes that no command asked for, and never too many or too soon for one. */
class Watch {
  #most = 0;

  /** A command may give two more pulses, from now on. */
  allow(garage: Garage): void {
    this.#most = garage.pulses + 2;
  }

  /** What was asked for until now is forgotten. */
  forget(garage: Garage): void {
    this.#most = garage.pulses;
  }

  look({ door, pulses }: Garage): void {
    expect(pulses).toBeLessThanOrEqual(this.#most);
    door.pulses.forEach(({ atMs }, index) => {
      const before = door.pulses[index - 1];
      if (before !== undefined) expect(atMs - before.atMs - before.forMs).toBeGreaterThanOrEqual(deadTimeMs);
    });
  }
}

async function happens(garage: Garage, what: What, ms: number, watch: Watch): Promise<void> {
  if (what.send !== undefined) {
    watch.allow(garage);
    garage.send(what.send);
  }
  if (what.retained) garage.bus.receive("door/set", "OPEN", { retained: true });
  if (what.remote) garage.door.press();
  if (what.brokerLost) garage.bus.disconnect({ forget: true });
  if (what.brokenForMs !== undefined) {
    garage.door.isBroken = true;
    await garage.pass(what.brokenForMs);
    garage.door.isBroken = false;
    await garage.pass(65_000);
  }
  if (what.restart || what.killedForMs !== undefined) {
    await garage.pass(0);
    watch.forget(garage);
    if (what.killedForMs === undefined) await garage.restart();
    else await garage.kill(what.killedForMs);
  }
  await garage.pass(ms);
  if (what.brokerLost) garage.bus.connect();
}

/** What the contacts tell must be what is said, once they have stood still for the debounce time. */
function saysWhatContactsTell({ door, said }: Garage, { close, open }: GarageTraits["contacts"]): void {
  const isAtClose = door.position < 0.7;
  const isAtOpen = door.position > 99.3;
  if (close !== undefined && isAtClose) expect(["closed", "opening", "closing"]).toContain(said.state);
  if (open !== undefined && isAtOpen) expect(["open", "opening", "closing"]).toContain(said.state);
  if (close !== undefined && door.position > 1.5) expect(said.state).not.toBe("closed");
}

describe("whatever happens to a garage door", () => {
  it("it gets no pulse that nobody asked for, and is what its contacts tell in the end", async () => {
    await fc.assert(
      fc.asyncProperty(house, fc.array(wild, { maxLength: 14 }), async (some, steps) => {
        const garage = await started(some);
        const watch = new Watch();
        for (const { what, thenMs } of steps) {
          await happens(garage, what, thenMs, watch);
          await garage.pass(100);
          watch.look(garage);
          saysWhatContactsTell(garage, some.contacts);
        }
        await garage.pass(120_000);
        watch.look(garage);
        const { position } = garage.door;
        const { state } = garage.said;
        if (some.contacts.close !== undefined) expect(state === "closed").toBe(position < 1);
        if (some.contacts.open !== undefined && position === 100) expect(state).toBe("open");
        expect(garage.door.bank.level(traits.button)).toBe(some.activeLow ? 1 : 0);
      }),
      { numRuns: runs(150) },
    );
  }, 120_000);

  it("no pulse does the opposite while nobody else moves it, and it comes to where it is wanted", async () => {
    await fc.assert(
      fc.asyncProperty(house, fc.array(calm, { maxLength: 14 }), async (some, steps) => {
        const garage = await started(some);
        const watch = new Watch();
        for (const { what, thenMs } of steps as { what: What; thenMs: number }[]) {
          const before = garage.pulses;
          const began = garage.door.moves;
          await happens(garage, what, 0, watch);
          for (let ms = 0; ms <= thenMs; ms += 250) {
            // From its second pulse on it goes where it is wanted, and from the first where it stood.
            const { moves } = garage.door;
            if (what.send === "OPEN" && began === undefined) expect(moves).not.toBe("close");
            if (what.send === "CLOSE" && began === undefined) expect(moves).not.toBe("open");
            if (what.send === "STOP" && began === undefined) expect(moves).toBeUndefined();
            await garage.pass(250);
          }
          watch.look(garage);
          if (what.send === undefined && before === garage.pulses) saysWhatContactsTell(garage, some.contacts);
          const { moves, pulses } = garage.door;
          for (const { forMs } of pulses.slice(0, -1)) expect(forMs).toBeCloseTo(pulseMs);
          if (moves !== undefined)
            expect([null, moves === "open" ? "opening" : "closing", "open", "closed"]).toContain(garage.said.state);
        }
        await garage.pass(60_000);
        const before = garage.pulses;
        watch.allow(garage);
        garage.send('{"state":"OPEN","id":"last"}');
        await garage.pass(60_000);
        watch.look(garage);
        const { accepted } = JSON.parse(garage.bus.on("door/result").at(-1) ?? "{}");
        if (accepted) expect([garage.door.position, garage.said.state]).toEqual([100, "open"]);
        else expect(garage.pulses).toBe(before);
      }),
      { numRuns: runs(150) },
    );
  }, 120_000);
});
