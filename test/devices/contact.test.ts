import { describe, expect, it } from "vitest";
import { startHouse } from "../fakes/house.ts";

const contact = (more = "") => `devices:\n  door: {kind: contact, topic: door, pin: 5${more}}\n`;

describe("a contact", () => {
  it("is ON while a door contact between pin and ground is open", async () => {
    const { bus, pins, clock } = await startHouse(contact());
    expect(bus.retained.get("door")).toBe("ON");
    pins.drive(5, 0);
    await clock.advance(50);
    expect(bus.retained.get("door")).toBe("OFF");
  });

  it("is ON while an active-low button is pressed", async () => {
    const { bus, pins, clock } = await startHouse(contact(", active_low: true"));
    expect(bus.retained.get("door")).toBe("OFF");
    pins.drive(5, 0);
    await clock.advance(50);
    expect(bus.retained.get("door")).toBe("ON");
  });

  it("counts a level once it has stood still, and forgets what bounced", async () => {
    const { bus, pins, clock } = await startHouse(contact(", debounce: 20ms"));
    for (let bounce = 0; bounce < 10; bounce += 1) {
      pins.drive(5, (bounce % 2) as 0 | 1);
      await clock.advance(5);
    }
    pins.drive(5, 0);
    await clock.advance(19);
    expect(bus.on("door")).toEqual(["ON"]);
    await clock.advance(1);
    expect(bus.on("door")).toEqual(["ON", "OFF"]);
    pins.drive(5, 1);
    await clock.advance(5);
    pins.drive(5, 0);
    await clock.advance(1_000);
    expect(bus.on("door")).toEqual(["ON", "OFF"]);
  });

  it("with debounce_mode leading reports a change at once, nothing for the time of debounce, and then what is there", async () => {
    const { bus, pins, clock } = await startHouse(contact(", debounce: 200ms, debounce_mode: leading"));
    pins.drive(5, 0);
    expect(bus.on("door")).toEqual(["ON", "OFF"]);
    await clock.advance(50);
    pins.drive(5, 1);
    await clock.advance(149);
    expect(bus.on("door")).toEqual(["ON", "OFF"]);
    await clock.advance(1);
    expect(bus.on("door")).toEqual(["ON", "OFF", "ON"]);
  });

  it("reports at once without debounce", async () => {
    const { bus, pins } = await startHouse(contact(", debounce: 0ms"));
    pins.drive(5, 0);
    expect(bus.on("door")).toEqual(["ON", "OFF"]);
  });

  it("repairs an edge that got lost", async () => {
    const lines: { level: 0 | 1 } = { level: 1 };
    const bank = {
      description: "a bank that loses edges",
      output: () => Promise.reject(new Error("no outputs here")),
      input: async () => ({ debounced: false, read: () => lines.level, close: async () => {} }),
      close: async () => {},
    };
    const { bus, clock } = await startHouse(contact(), { bank });
    lines.level = 0;
    await clock.advance(2_100);
    expect([...new Set(bus.on("door"))]).toEqual(["ON", "OFF"]);
  });

  it("goes offline when its pin fails, and comes back when it works again", async () => {
    let isBroken = false;
    const read = () => {
      if (isBroken) throw new Error("pin 5 was taken away");
      return 1 as const;
    };
    const bank = {
      description: "a bank that breaks",
      output: () => Promise.reject(new Error("no outputs here")),
      input: async () => ({ debounced: false, read, close: async () => {} }),
      close: async () => {},
    };
    const { bus, clock, log } = await startHouse(contact(), { bank });
    isBroken = true;
    await clock.advance(600_000);
    expect(bus.retained.get("door/availability")).toBe("offline");
    expect(log.at("warn")).toMatchObject([{ device: "door", reason: "pin 5 was taken away" }]);
    isBroken = false;
    await clock.advance(60_000);
    expect(bus.retained.get("door/availability")).toBe("online");
    expect(log.at("info")).toMatchObject([{ device: "door", message: "device is online again" }]);
  });
});
