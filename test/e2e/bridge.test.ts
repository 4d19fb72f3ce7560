import { afterEach, describe, expect, it } from "vitest";
import { mosquittoMissing, startMosquitto, type TestBroker } from "./brokers.ts";
import { startWithBrokers } from "./failing-over.ts";
import { Observer } from "./observer.ts";
import { cannotRun } from "./required.ts";

/**
 * The lines that join a site's Mosquitto to the centre's: states go out, commands come in. With both directions for the states
 * too, the centre would send its older ones back when it returns.
 */
const bridgeTo = ({ port }: TestBroker) => [
  "allow_anonymous true",
  "connection centre",
  `address 127.0.0.1:${port}`,
  "topic home/# out 1",
  "topic pi2mqtt/# out 1",
  "topic home/+/set in 1",
  "restart_timeout 1",
];

describe("an agent at a site whose Mosquitto is bridged to a central one", () => {
  if (mosquittoMissing !== undefined) return cannotRun(mosquittoMissing);

  const ending: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of ending.splice(0).reverse()) await end();
  });
  const observe = async ({ port }: TestBroker) => {
    const observer = await Observer.connect(port);
    ending.push(() => observer.close());
    return observer;
  };
  const startBoth = async () => {
    const centre = await startMosquitto();
    ending.push(() => centre.stop());
    const site = await startMosquitto(() => bridgeTo(centre));
    ending.push(() => site.stop());
    return { centre, site };
  };
  const startAgent = async (...brokers: Parameters<typeof startWithBrokers>) => {
    const started = await startWithBrokers(...brokers);
    ending.push(() => started.agent.stop());
    return started;
  };

  it("is controlled from both; from the site while the centre is lost, which then learns every state anew", async () => {
    const { centre, site } = await startBoth();
    const { pins, log } = await startAgent(site);
    const [atCentre, atSite] = [await observe(centre), await observe(site)];
    await atCentre.until("pi2mqtt/test/status", "online");
    await atCentre.publish("home/lamp/set", "on");
    await atCentre.until("home/lamp/state", "ON");

    await centre.stop();
    await atSite.publish("home/lamp/set", "toggle");
    await atSite.until("home/lamp/state", "OFF");
    pins.drive(5, 0);
    await atSite.until("home/door", "OFF");

    await centre.restart();
    const renewed = await observe(centre);
    await renewed.until("pi2mqtt/test/status", "online");
    await renewed.untilTrue(() => renewed.on("home/climate").length > 0);
    for (const [topic, payload] of [
      ["home/lamp/state", "OFF"],
      ["home/door", "OFF"],
      ["home/lamp/availability", "online"],
      ["home/door/availability", "online"],
      ["home/climate/availability", "online"],
    ] as const)
      await renewed.until(topic, payload);
    await renewed.publish("home/lamp/set", "toggle");
    await renewed.until("home/lamp/state", "ON");
    expect(pins.history(17)).toEqual([0, 1, 0, 1]);
    // The agent itself has noticed nothing of all this.
    expect(log.at("warn")).toEqual([]);
  });

  it("refuses what the centre has kept, which the bridge hands on as if it were new", async () => {
    const { centre, site } = await startBoth();
    const { pins, log } = await startAgent(site);
    const [atCentre, atSite] = [await observe(centre), await observe(site)];
    await atCentre.until("pi2mqtt/test/status", "online");
    await atCentre.publish("home/lamp/set", "on", { retain: true });
    await atSite.until("home/lamp/set", "on");
    await atSite.publish("home/lamp/set", "off");
    await atSite.until("home/lamp/set", "off");
    await atCentre.publish("home/lamp/set", "toggle");
    await atSite.until("home/lamp/state", "ON");
    expect(log.at("warn")).toMatchObject([{ message: "refused a command", payload: "on" }]);
    expect(pins.history(17)).toEqual([0, 1]);
  });

  it("goes over to the centre when the site's broker is lost, and back, and obeys each command once", async () => {
    const { centre, site } = await startBoth();
    const { pins } = await startAgent(site, centre);
    const atCentre = await observe(centre);
    await atCentre.until("pi2mqtt/test/status", "online");
    const toggles = async (times: number) => {
      for (let time = 0; time < times; time += 1) {
        const expected = atCentre.on("home/lamp/state").at(-1) === "ON" ? "OFF" : "ON";
        await atCentre.publish("home/lamp/set", "toggle");
        await atCentre.until("home/lamp/state", expected);
      }
    };
    await toggles(3);
    const stated = atCentre.on("pi2mqtt/test/status").length;
    await site.stop();
    await atCentre.untilTrue(() => atCentre.on("pi2mqtt/test/status").length > stated);
    await toggles(3);
    await site.restart();
    const atSite = await observe(site);
    await atSite.until("pi2mqtt/test/status", "online");
    expect(atSite.on("home/lamp/state").at(-1)).toBe(pins.level(17) === 1 ? "ON" : "OFF");
    await atSite.publish("home/lamp/set", "on");
    await atCentre.until("home/lamp/state", "ON");
    await toggles(2);
    const changes = pins.history(17).slice(1);
    expect(changes.every((level, index) => level !== changes[index - 1])).toBe(true);
    expect(atCentre.on("pi2mqtt/test/status")).not.toContain("offline");
  });
});
