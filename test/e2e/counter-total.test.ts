import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { PigpiodServer } from "../fakes/pins/pigpiod-server.ts";
import { startAedes, type TestBroker } from "./brokers.ts";
import { Observer } from "./observer.ts";
import { folderWith, startProgram } from "./process.ts";

/** Pretended pins leave no traces in what is kept: these are behind a daemon, as if it ran on another machine. */
const devices = (pigpiodPort: number) => `
agent: {id: test}
gpio: {backend: pigpiod, pigpiod: "0.0.0.0:${pigpiodPort}"}
home_assistant: {discovery: false}
devices:
  meter: {kind: counter, topic: home/meter, pin: 5, pulses_per_unit: 1000}
`;

let broker: TestBroker;
let observer: Observer;
let pigpiod: PigpiodServer;
beforeEach(async () => {
  broker = await startAedes();
  observer = await Observer.connect(broker.port);
  pigpiod = new PigpiodServer();
  await pigpiod.listen();
});
afterEach(async () => {
  await observer.close();
  await broker.stop();
  await pigpiod.stop();
});

it("keeps what a device keeps in the folder of the service, over kill -9 and over a stop", async () => {
  const cwd = folderWith({ "devices.yaml": devices(pigpiod.port) });
  const environment = { MQTT_URL: `mqtt://127.0.0.1:${broker.port}`, STATE_DIRECTORY: join(cwd, "state") };
  const readings = [1234.5, 1300.001];
  for (const signal of ["SIGKILL", "SIGTERM"] as const) {
    const { child, ended } = startProgram(["run"], { cwd, environment });
    await observer.untilTrue(() => observer.on("pi2mqtt/test/status").at(-1) === "online");
    const reading = readings.shift();
    await observer.publish("home/meter/total/set", String(reading));
    await observer.untilTrue(() => observer.on("home/meter").at(-1)?.includes(`"total":${reading},`) === true);
    child.kill(signal);
    const { stdout } = await ended;
    expect(stdout).not.toContain("cannot store values");
    await observer.until("pi2mqtt/test/status", "offline");
    const again = startProgram(["run"], { cwd, environment });
    const before = observer.on("home/meter").length;
    await observer.untilTrue(() => observer.on("home/meter").length > before);
    expect(observer.on("home/meter").at(-1)).toContain(`"total":${reading},`);
    again.child.kill("SIGTERM");
    await once(again.child, "close");
    await observer.until("pi2mqtt/test/status", "offline");
  }
  expect(readFileSync(join(cwd, "state", "test.json"), "utf8")).toContain('"pulses":1300001');
});
