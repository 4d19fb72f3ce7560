import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startAedes, type TestBroker } from "../e2e/brokers.ts";
import { Observer } from "../e2e/observer.ts";
import { folderWith, startProgram } from "../e2e/process.ts";
import { cannotRun } from "../e2e/required.ts";
import { npmPackages } from "../npm-packages.ts";
import { DashboardPage } from "./dashboard-page.ts";
import { exampleFlow, idOf, withBrokerAt } from "./flows.ts";
import { NodeRed } from "./node-red.ts";

const installed = await npmPackages("node-red", "Node-RED");

const plain = exampleFlow("node-red.json");
const dashboard = exampleFlow("node-red-dashboard.json");
const devices = readFileSync(new URL("../../devices.yaml", import.meta.url), "utf8");
const agentStatus = "pi2mqtt/office-pi/status";

describe("the Node-RED flows of examples", () => {
  if (installed.missing !== undefined) return cannotRun(installed.missing);
  const { folder } = installed;

  let nodeRed: NodeRed;
  let broker: TestBroker;
  let observer: Observer;
  let agent: ReturnType<typeof startProgram>;

  beforeAll(async () => {
    broker = await startAedes();
    nodeRed = await NodeRed.start(folder);
  });
  afterAll(async () => {
    await nodeRed.stop();
    await broker.stop();
  });

  beforeEach(async () => {
    observer = await Observer.connect(broker.port);
    const cwd = folderWith({ "devices.yaml": `agent: {id: office-pi}\n${devices}` });
    const environment = { MQTT_URL: `mqtt://127.0.0.1:${broker.port}` };
    agent = startProgram(["run", "--simulate"], { cwd, environment });
    await observer.until(agentStatus, "online");
    await observer.until("home/office/lamp/state", "OFF");
  });
  afterEach(async () => {
    agent.child.kill("SIGKILL");
    await agent.ended;
    await observer.until(agentStatus, "offline");
    await observer.close();
  });

  it("need no other package without the dashboard, and name it with its version where they do", async () => {
    const typesOf = (nodes: typeof plain) =>
      nodes.map(({ type }) => type).filter((type) => type !== "tab" && type !== "group");
    const brought = await nodeRed.typesOf("node-red");
    const added = await nodeRed.typesOf("@flowfuse/node-red-dashboard");
    expect(brought).toEqual(expect.arrayContaining(typesOf(plain)));
    expect([...brought, ...added]).toEqual(expect.arrayContaining(typesOf(dashboard)));
    // From this the editor offers to install what is missing.
    const { dependencies } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));
    expect(dashboard.find(({ type }) => type === "global-config")?.["modules"]).toEqual({
      "@flowfuse/node-red-dashboard": dependencies["@flowfuse/node-red-dashboard"],
    });
  });

  describe("in the editor", () => {
    const statusOf = (name: string) => idOf(plain, "debug", name);

    beforeAll(() => nodeRed.deploy(withBrokerAt(broker.port, plain)));

    it("switch the lamp by a click, and show its state below the node", async () => {
      for (const [button, state] of [
        ["on", "ON"],
        ["off", "OFF"],
        ["on for 5 minutes", "ON"],
      ] as const) {
        await nodeRed.inject(idOf(plain, "inject", button));
        await observer.until("home/office/lamp/state", state);
        await nodeRed.untilStatus(statusOf("lamp"), state);
      }
      expect(observer.on("home/office/lamp/set")).toEqual(["on", "off", '{"state":"ON","on_time":300}']);
    });

    it("show what the sensor measures", async () => {
      await nodeRed.untilStatus(statusOf("temperature"), /^-?\d+(\.\d)? °C$/);
      await nodeRed.untilStatus(statusOf("humidity"), /^\d+(\.\d)? %$/);
      const readings = observer.on("home/office/climate").map((text) => `${JSON.parse(text).temperature} °C`);
      expect(readings).toContain(nodeRed.status(statusOf("temperature")));
    });

    it("show who is online, and that the agent was killed", async () => {
      await nodeRed.untilStatus(statusOf("agent"), "office-pi is online");
      await nodeRed.untilStatus(statusOf("lamp's availability"), "online");
      await nodeRed.untilStatus(statusOf("sensor's availability"), "online");
      agent.child.kill("SIGKILL");
      await nodeRed.untilStatus(statusOf("agent"), "office-pi is offline");
    });
  });

  describe("on the dashboard", () => {
    const lamp = idOf(dashboard, "ui-switch", "Lamp");
    let page: DashboardPage;

    beforeAll(() => nodeRed.deploy(withBrokerAt(broker.port, dashboard)));
    beforeEach(async () => {
      page = await DashboardPage.open(nodeRed.url, folder);
    });
    afterEach(() => page.close());

    it("have a page of their own", async () => {
      expect(page.paths).toEqual(["/office"]);
      expect((await fetch(`${nodeRed.url}/dashboard/office`)).status).toBe(200);
    });

    it("switch the lamp, and show the state that the agent says", async () => {
      await page.until(lamp, ({ message }) => message?.payload === "OFF");
      page.change(lamp, true);
      await observer.until("home/office/lamp/state", "ON");
      await page.until(lamp, ({ message }) => message?.payload === "ON");
      await observer.publish("home/office/lamp", "off");
      await page.until(lamp, ({ message }) => message?.payload === "OFF");
    });

    it("lock the switch while the agent is away", async () => {
      await page.until(lamp, ({ state }) => state.enabled === true);
      agent.child.kill("SIGKILL");
      await page.until(lamp, ({ state }) => state.enabled === false);
      await page.until(
        idOf(dashboard, "ui-text", "Agent"),
        ({ message }) => message?.payload === "office-pi is offline",
      );
    });

    it("show what the sensor measures, and keep both lines of the chart for a page that is opened later", async () => {
      const isNumber = ({ message }: { message?: { payload?: unknown } }) => typeof message?.payload === "number";
      await page.until(idOf(dashboard, "ui-gauge", "Temperature"), isNumber);
      await page.until(idOf(dashboard, "ui-gauge", "Humidity"), isNumber);
      const chart = idOf(dashboard, "ui-chart", "Temperature (°C), humidity (%)");
      const { points } = await page.until(chart, (widget) => widget.points.length >= 2);
      const pointOf = (line: string) => ({
        category: line,
        x: expect.stringMatching(/^\d{4}-/),
        y: expect.any(Number),
      });
      expect(points.slice(0, 2)).toEqual([pointOf("temperature"), pointOf("humidity")]);
    });

    it("draw what a sensor gives of its values, at the time of Node-RED where it does not know its own", async () => {
      const chart = idOf(dashboard, "ui-chart", "Temperature (°C), humidity (%)");
      const has = (points: readonly unknown[], y: number) => points.some((point) => (point as { y?: unknown }).y === y);
      await observer.publish("home/office/climate", '{"temperature":3.25,"humidity":null,"ts":null}');
      const { points } = await page.until(chart, (widget) => has(widget.points, 3.25));
      for (const point of points)
        expect(point).toMatchObject({ x: expect.stringMatching(/^2/), y: expect.any(Number) });
    });
  });
});
