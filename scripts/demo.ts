/**
 * npm run demo: runs the agent with a broker of its own and simulated hardware. The devices are those of the devices.yaml of this repository,
 * or of another file: npm run demo -- --config FILE.
 */
import { createServer } from "node:net";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Aedes } from "aedes";
import { readConfig } from "../src/config/read.ts";
import { commandSchema, type DeviceSettings, topicsOf } from "../src/core/device-settings.ts";
import { backends } from "../src/gpio/index.ts";
import { simulatedBackend } from "../src/hardware.ts";
import { loadKinds } from "../src/kinds.ts";
import { createLog } from "../src/log/pino.ts";
import { run } from "../src/run.ts";

const usualPort = 1883;

async function main(): Promise<void> {
  const file = chosenFile();
  if (file === undefined) {
    console.error("the demo has one option: npm run demo -- --config FILE");
    process.exitCode = 1;
    return;
  }
  // The demo has a broker of its own, so environment variables about another one are ignored.
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("MQTT_")));
  const { config, problems } = readConfig(file, { kinds: await loadKinds(), backends, hostname: "demo", environment });
  for (const problem of problems) console.error(problem);
  if (config === undefined) {
    process.exitCode = 78;
    return;
  }

  const port = await startBroker(usualPort);
  console.log(instructions(basename(file), config.devices, port));
  const log = await createLog({ level: "debug", terminal: process.stdout.isTTY ?? false });
  const broker = { ...config.broker, url: `mqtt://127.0.0.1:${port}` };
  const agent = await run({ ...config, broker, gpio: { ...config.gpio, backend: simulatedBackend } }, log);
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(
      signal,
      () =>
        void agent
          .stop()
          .then(log.drained)
          .then(() => process.exit(0)),
    );
}

/** The file with the devices. Undefined if the command line has something else. */
function chosenFile(): string | undefined {
  try {
    const { values } = parseArgs({ options: { config: { type: "string" } } });
    return values.config ?? fileURLToPath(new URL("../devices.yaml", import.meta.url));
  } catch {
    return undefined;
  }
}

/** Starts a broker on this machine only, on the first free port from the given one. */
async function startBroker(port: number): Promise<number> {
  const broker = await Aedes.createBroker();
  const server = createServer((socket) => broker.handle(socket.setNoDelay(true)));
  for (let attempt = port; ; attempt += 1) {
    const isFree = await new Promise<boolean>((resolve, reject) => {
      server.once("error", (error: NodeJS.ErrnoException) =>
        error.code === "EADDRINUSE" ? resolve(false) : reject(error),
      );
      server.listen(attempt, "127.0.0.1", () => resolve(true));
    });
    if (isFree) return attempt;
    console.log(`Port ${attempt} is taken (by another broker?), so the demo tries ${attempt + 1}.`);
  }
}

function instructions(file: string, devices: readonly DeviceSettings[], port: number): string {
  const at = port === usualPort ? "" : ` -p ${port}`;
  const lamp = devices.find((device) => commandSchema(device)?.safeParse("on").success);
  const sensor = devices.find(({ kind }) => kind.pretend?.values !== undefined);
  const lines = [
    "",
    `pi2mqtt demo: broker on 127.0.0.1:${port}, SIMULATED hardware,`,
    `devices from ${file}. Stop with Ctrl+C.`,
    "",
    "In a second terminal, in this folder, with Mosquitto's clients",
    "or with the command that npm has installed:",
    "",
  ];
  if (lamp !== undefined)
    lines.push(
      `  switch ${lamp.id}:`,
      `    mosquitto_pub -h 127.0.0.1${at} -t ${topicsOf(lamp).commands[0]} -m on`,
      `    npx mqtt pub -h 127.0.0.1${at} -t ${topicsOf(lamp).commands[0]} -m on`,
      "",
    );
  if (sensor !== undefined)
    lines.push(
      `  watch ${sensor.id}:`,
      `    mosquitto_sub -h 127.0.0.1${at} -t ${topicsOf(sensor).state}`,
      `    npx mqtt sub -h 127.0.0.1${at} -t ${topicsOf(sensor).state}`,
      "",
    );
  return lines.join("\n");
}

await main();
