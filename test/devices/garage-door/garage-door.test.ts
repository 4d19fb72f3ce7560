import { describe, expect, it } from "vitest";
import { both, deadTimeMs, Garage, marginMs, pulseMs, yaml } from "./garage.ts";

const fine = (state: string | null) => ({ state, problem: null });

describe("a garage door", () => {
  it.each([
    [0, "closed"],
    [100, "open"],
    [40, "open"],
  ])("that is at %i at the start says so, and gets no pulse", async (position, state) => {
    const garage = await Garage.started(yaml(), { position });
    await garage.pass(10 * 60_000);
    expect([garage.said.state, garage.pulses]).toEqual([state, 0]);
    await garage.house.agent.stop();
    expect(garage.door.bank.history(22)).toEqual([0]);
  });

  it("opens and closes by one pulse each, and says what its contacts see", async () => {
    const garage = await Garage.started();
    garage.send("OPEN");
    expect(garage.said).toEqual(fine("opening"));
    await garage.pass(14_000);
    expect(garage.said).toEqual(fine("opening"));
    await garage.pass(1_100);
    expect([garage.said, garage.pulses]).toEqual([fine("open"), 1]);
    garage.send('{"state":"close"}');
    await garage.pass(30_000);
    expect(garage.allSaid).toEqual(["closed", "opening", "open", "closing", "closed"]);
    expect(garage.door.pulses.map(({ forMs }) => forMs)).toEqual([pulseMs, pulseMs]);
    expect(garage.warnings).toEqual([]);
  });

  it("gets no pulse for where it is or goes already, and one for a command that comes twice", async () => {
    const garage = await Garage.started();
    garage.send("CLOSE");
    garage.send("STOP");
    await garage.pass(5_000);
    expect(garage.pulses).toBe(0);
    garage.send("OPEN");
    garage.send("OPEN");
    await garage.pass(200);
    garage.send("OPEN", "door");
    await garage.pass(3_000);
    garage.send("OPEN");
    await garage.pass(30_000);
    garage.send("OPEN");
    await garage.pass(5_000);
    expect([garage.pulses, garage.said]).toEqual([1, fine("open")]);
  });

  it("gives a pulse as long as pulse says, and keeps the dead time", async () => {
    const garage = await Garage.started(yaml(`${both}, pulse: 300ms, dead_time: 2s`));
    await garage.pass(2_000);
    garage.send("OPEN");
    garage.send("STOP");
    await garage.pass(30_000);
    const [first, second] = garage.door.pulses;
    expect([first?.forMs, second?.forMs, (second?.atMs ?? 0) - (first?.atMs ?? 0)]).toEqual([300, 300, 2_300]);
    expect([garage.door.position < 20, garage.said]).toEqual([true, fine("open")]);
  });

  it("stops on the way, and goes back by the next pulse", async () => {
    const garage = await Garage.started();
    garage.send("OPEN");
    await garage.pass(6_000);
    garage.send("STOP");
    await garage.pass(60_000);
    expect([garage.pulses, garage.said, garage.door.position]).toEqual([2, fine("open"), 40]);
    garage.send("CLOSE");
    await garage.pass(60_000);
    expect([garage.pulses, garage.said]).toEqual([3, fine("closed")]);
  });

  it("turns round by a pulse that stops it and one that starts it again", async () => {
    const garage = await Garage.started();
    garage.send("OPEN");
    await garage.pass(6_000);
    garage.send("CLOSE");
    await garage.pass(pulseMs + deadTimeMs - 1);
    expect([garage.pulses, garage.door.moves]).toEqual([2, undefined]);
    await garage.pass(1);
    expect([garage.pulses, garage.door.moves, garage.said]).toEqual([3, "close", fine("closing")]);
    await garage.pass(60_000);
    expect([garage.pulses, garage.said]).toEqual([3, fine("closed")]);
  });

  it("does not get the second pulse where something else is wanted before it", async () => {
    const garage = await Garage.started();
    garage.send("OPEN");
    await garage.pass(6_000);
    garage.send("CLOSE");
    await garage.pass(700);
    garage.send("STOP");
    await garage.pass(60_000);
    expect([garage.pulses, garage.said, garage.door.position]).toEqual([2, fine("open"), 40]);
  });

  it("does not get the second pulse where a command after it was refused", async () => {
    const garage = await Garage.started();
    garage.send("OPEN");
    await garage.pass(6_000);
    garage.send("CLOSE");
    await garage.pass(700);
    garage.send('{"state":"OPEN","id":1}');
    await garage.pass(60_000);
    expect(JSON.parse(garage.bus.on("door/result")[0] ?? "{}")).toMatchObject({ accepted: false, reason: "unsure" });
    expect([garage.pulses, garage.door.position]).toEqual([2, 40]);
  });

  it.each([
    ["OPEN", "CLOSE", "close"],
    ["CLOSE", "OPEN", "open"],
  ])(
    "that was stopped while it did what %s says gets no pulse for that, which would do the opposite",
    async (way, back, moves) => {
      const garage = await Garage.started(yaml(), { position: way === "OPEN" ? 0 : 100 });
      garage.send(way);
      await garage.pass(6_000);
      garage.send("STOP");
      await garage.pass(5_000);
      garage.send(way);
      await garage.pass(5_000);
      expect([garage.pulses, garage.door.moves]).toEqual([2, undefined]);
      expect(garage.warnings.join()).toContain("it was stopped while");
      garage.send(back);
      expect(garage.door.moves).toBe(moves);
    },
  );

  it("that opens again at a pulse while it closes needs one pulse to turn round, and two to stop", async () => {
    const garage = await Garage.started(yaml(`${both}, reverses: true`), { reverses: true, position: 100 });
    garage.send("CLOSE");
    await garage.pass(5_000);
    garage.send("OPEN");
    await garage.pass(30_000);
    expect([garage.pulses, garage.said]).toEqual([2, fine("open")]);
    garage.send("CLOSE");
    await garage.pass(10_000);
    garage.send("STOP");
    await garage.pass(30_000);
    expect([garage.pulses, garage.door.moves, garage.said]).toEqual([5, undefined, fine("open")]);
  });

  it.each(["pulse", '{"state":"PULSE"}'])("gets one pulse by %s, whatever it does", async (payload) => {
    const garage = await Garage.started(yaml(), { position: 40 });
    garage.send("OPEN");
    expect(garage.pulses).toBe(0);
    garage.send(payload);
    garage.send(payload);
    await garage.pass(60_000);
    expect([garage.pulses, garage.said]).toEqual([1, fine("open")]);
    expect(garage.door.position).toBe(100);
  });

  const say = "say open, close or stop, or pulse for one pulse, whatever it does";
  it.each([
    ["on", say],
    ["toggle", say],
    ["1", say],
    ["{}", say],
    ["[]", say],
    ['{"state":"on"}', say],
    ['{"position":50}', `there is no "position" in a command to a door; ${say}`],
  ])("refuses %s", async (payload, reason) => {
    const garage = await Garage.started();
    garage.send(payload);
    await garage.pass(5_000);
    expect([garage.pulses, garage.warnings]).toEqual([0, [reason]]);
  });

  it("is not moved by a retained command", async () => {
    const garage = await Garage.started();
    garage.bus.receive("door/set", "OPEN", { retained: true });
    await garage.pass(60_000);
    expect(garage.pulses).toBe(0);
  });

  it("has the button off after its pin failed during a pulse, and gives no other pulse by itself", async () => {
    const garage = await Garage.started();
    garage.send("OPEN");
    garage.door.isBroken = true;
    await garage.pass(3_000);
    expect(garage.bus.retained.get("door/availability")).toBe("offline");
    garage.door.isBroken = false;
    await garage.pass(60_000);
    expect([garage.bus.retained.get("door/availability"), garage.door.bank.level(22)]).toEqual(["online", 0]);
    expect([garage.pulses, garage.said]).toEqual([1, fine("open")]);
  });

  it("takes relays and contacts of the other polarity", async () => {
    const garage = await Garage.started(yaml(", closed_contact_pin: 5, contact_active_low: false, active_low: true"), {
      activeLow: true,
      position: 100,
    });
    expect([garage.door.bank.history(22), garage.said.state]).toEqual([[1], "closed"]);
    garage.send("OPEN");
    expect(garage.door.bank.history(22)).toEqual([1, 0]);
    await garage.pass(marginMs - 1);
    expect(garage.door.bank.history(22)).toEqual([1, 0, 1]);
  });
});

describe("a limit of a garage door", () => {
  it("that lets a pulse wait for longer than a minute gives no pulse: a door must not move that late", async () => {
    const garage = await Garage.started(yaml(`${both}, min_off: 2m`));
    garage.send("OPEN");
    await garage.pass(10 * 60_000);
    expect([garage.pulses, garage.said]).toEqual([0, fine("closed")]);
    expect(garage.warnings).toEqual(["it has waited for too long"]);
    garage.send("OPEN");
    await garage.pass(30_000);
    expect([garage.pulses, garage.said]).toEqual([1, fine("open")]);
  });

  it("that lets a pulse wait for less gives it then, unless something else is wanted", async () => {
    const garage = await Garage.started(yaml(`${both}, min_off: 30s`));
    garage.send("OPEN");
    await garage.pass(5_000);
    garage.send("CLOSE");
    await garage.pass(60_000);
    expect(garage.pulses).toBe(0);
    garage.send("OPEN");
    await garage.pass(3_000);
    garage.send("STOP");
    garage.send("OPEN");
    await garage.pass(40_000);
    // Its button must be off for half a minute before it can be stopped.
    expect([garage.pulses, garage.said]).toEqual([1, fine("open")]);
  });
});
