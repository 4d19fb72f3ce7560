import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { DeviceContext } from "../../src/core/device.ts";
import { startHouse } from "../fakes/house.ts";
import { probe } from "../fakes/probe.ts";

const yaml = "devices:\n  it: {kind: probe, topic: home/it}\n";

/** A device with a position that can be set alone, and with events. */
async function blind(more: Parameters<typeof probe>[0] = {}) {
  let context: DeviceContext<unknown> | undefined;
  const commands: unknown[] = [];
  const kind = probe({
    command: z.union([z.enum(["open", "close"]), z.strictObject({ position: z.coerce.number().min(0).max(100) })]),
    state: z.strictObject({ state: z.string(), position: z.number().nullable() }),
    setters: ["position"] as never,
    shown: ["position"] as never,
    events: { action: ["single", "double"] },
    setup: async (_options, given) => {
      context = given;
      given.report({ state: "open", position: 100 });
      return { command: (command) => void commands.push(command) };
    },
    ...more,
  });
  const house = await startHouse(yaml, { kinds: [kind] });
  // Set by setup, which has run; TypeScript does not see that.
  return { ...house, commands, context: context as unknown as DeviceContext<unknown> };
}

describe("one value of a command", () => {
  it("may be sent alone on a topic of its own, and is refused there as it would be among others", async () => {
    const { bus, commands, log } = await blind();
    bus.receive("home/it/position/set", "75");
    bus.receive("home/it/set", '{"position":20}');
    bus.receive("home/it", "open");
    bus.receive("home/it/position/set", "101");
    bus.receive("home/it/position/set", "50", { retained: true });
    bus.receive("home/it/position/set", '{"position":5}');
    expect(commands).toEqual([{ position: 75 }, { position: 20 }, "open"]);
    expect(log.lines.filter(({ message }) => message === "refused a command")).toHaveLength(3);
  });
});

describe("one value of the state", () => {
  it("stands alone too, retained, and is said again to a broker that forgot it", async () => {
    const { bus, context } = await blind();
    expect(bus.retained.get("home/it/position")).toBe("100");
    context.report({ state: "closed", position: 0 });
    expect(bus.retained.get("home/it/position")).toBe("0");
    bus.disconnect({ forget: true });
    bus.connect();
    expect(bus.retained.get("home/it/position")).toBe("0");
  });

  it("is taken away while it is not known, also what an agent before this one has left", async () => {
    const { bus, context } = await blind();
    context.report({ state: "open", position: null });
    expect(bus.retained.has("home/it/position")).toBe(false);
    bus.disconnect();
    bus.retained.set("home/it/position", "100");
    bus.connect();
    expect(bus.retained.has("home/it/position")).toBe(false);
  });
});

describe("an event", () => {
  it("is told once, and never kept or said again", async () => {
    const { bus, context } = await blind();
    context.emit("action", "double");
    expect(bus.published.filter(({ topic }) => topic === "home/it/action")).toEqual([
      { topic: "home/it/action", payload: '{"event_type":"double"}', retain: false },
    ]);
    bus.disconnect();
    bus.connect();
    expect(bus.on("home/it/action")).toHaveLength(1);
    expect(bus.retained.has("home/it/action")).toBe(false);
  });
});

describe("a kind that mainly reports and takes commands all the same", () => {
  it("has its state on the topic itself, and hears commands on <topic>/set alone", async () => {
    const { bus, commands } = await blind({ reports: true });
    expect(JSON.parse(bus.retained.get("home/it") ?? "")).toMatchObject({ position: 100 });
    bus.receive("home/it", "open");
    bus.receive("home/it/set", "close");
    expect(commands).toEqual(["close"]);
  });
});
