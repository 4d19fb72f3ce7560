import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { mosquittoMissing } from "./brokers.ts";
import { Network, type Running, untilPrinted } from "./own-network.ts";
import { readPages } from "./pages.ts";
import { folderWith } from "./process.ts";
import { cannotRun } from "./required.ts";

const lines = [...new Set(readPages().flatMap(({ text }) => mosquittoLines(text)))];
const programMissing =
  mosquittoMissing ??
  (spawnSync("mosquitto_pub", ["--help"]).error === undefined
    ? undefined
    : 'mosquitto_pub is not installed; "sudo apt install mosquitto-clients" gets it');
const network = programMissing === undefined ? await Network.withFree(1883) : undefined;

/** Where a reader of the pages may be: at the demo, or with a broker and an agent of their own. */
const places = [
  { place: "the demo", start: startDemo },
  { place: "Mosquitto and the agent", start: startMosquittoAndAgent },
];

describe("the lines with mosquitto_pub and mosquitto_sub in the README and in docs", () => {
  if (network === undefined)
    return cannotRun(programMissing ?? "another program has port 1883, which these lines are for");

  afterAll(() => network.close());

  it("are found, one of each at least", () => {
    expect(lines).toContainEqual(expect.stringContaining("mosquitto_pub"));
    expect(lines).toContainEqual(expect.stringContaining("mosquitto_sub"));
  });

  describe.each(places)("work as printed, at $place", ({ start }) => {
    let observer: Running;

    beforeEach(async () => {
      await start(network);
      observer = network.run("mosquitto_sub -h 127.0.0.1 -t '#' -F '%t %p'");
      await untilPrinted(observer, (printed) => /^pi2mqtt\/\S+\/status online$/m.test(printed));
      await untilPrinted(observer, (printed) => /^home\/office\/lamp\/state OFF$/m.test(printed));
    });
    afterEach(() => network.stopAll());

    it.each(lines)("%s", (line) => works(network, line, observer));

    it.each(lines.map(withNpx))("%s", (line) => works(network, line, observer));
  });
});

/** Every command line of a text in Markdown that runs one of Mosquitto's clients, in blocks and inside of sentences. */
function mosquittoLines(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/^```[^\n]*\n(.*?)^```/gms)].map(([, block]) => block as string);
  const blockLines = blocks.flatMap((block) => block.replaceAll("\\\n", " ").split("\n"));
  const inSentences = [...markdown.matchAll(/`(mosquitto_(?:pub|sub) -[^`\n]+)`/g)].map(([, line]) => line as string);
  return [...blockLines.filter((line) => /^[^#]*\bmosquitto_(pub|sub)\b/.test(line)), ...inSentences];
}

/** The same line for who has no Mosquitto. */
function withNpx(line: string): string {
  return line.replace(/\bmosquitto_(pub|sub)\b/g, "npx mqtt $1");
}

/** Runs a line and looks at its effect. */
async function works(network: Network, line: string, observer: Running): Promise<void> {
  const before = observer.stdout().length;
  const running = network.run(line);
  if (/\b(mosquitto_|npx mqtt )sub\b/.test(line)) return printsWhatTheAgentSays(running, observer);
  expect(await running.exitCode, running.stderr()).toBe(0);
  const topic = optionOf(line, "-t").replace(/\/set$/, "");
  const [word = ""] = /\b(on|off)\b/i.exec(optionOf(line, "-m")) ?? [];
  await untilPrinted(observer, (printed) =>
    linesOf(printed.slice(before)).some(
      (said) => said.startsWith(`${topic}/state `) && said.includes(word.toUpperCase()),
    ),
  );
}

async function printsWhatTheAgentSays(running: Running, observer: Running): Promise<void> {
  await untilPrinted(running, (printed) => printed.includes("\n"));
  const [first] = linesOf(running.stdout()) as [string];
  await untilPrinted(observer, (printed) => linesOf(printed).some((said) => said.endsWith(` ${first}`)));
}

const linesOf = (text: string) => text.split("\n");

/** What stands after an option, without its quotes. */
function optionOf(line: string, option: string): string {
  const found = new RegExp(` ${option} +('[^']*'|"[^"]*"|\\S+)`).exec(line)?.[1];
  if (found === undefined) throw new Error(`"${line}" has no ${option}`);
  return found.replace(/^(['"])(.*)\1$/, "$2");
}

async function startDemo(network: Network): Promise<void> {
  await untilPrinted(network.run("npm run demo"), (printed) => printed.includes("broker on 127.0.0.1:1883"));
}

async function startMosquittoAndAgent(network: Network): Promise<void> {
  const settings = ["listener 1883 127.0.0.1", "allow_anonymous true", "persistence false", "user root", ""];
  const file = join(folderWith({ "mosquitto.conf": settings.join("\n") }), "mosquitto.conf");
  await untilPrinted(network.run(`PATH="$PATH:/usr/sbin" mosquitto -c ${file}`), (_stdout, stderr) =>
    stderr.includes("running"),
  );
  network.run("node dist/main.js run --simulate", { MQTT_URL: "mqtt://127.0.0.1:1883" });
}
