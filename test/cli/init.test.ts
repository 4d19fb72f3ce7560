import { parse } from "dotenv";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { certainDevices, devicesText, dotEnvText } from "../../src/cli/init/answers.ts";
import { findBrokers } from "../../src/cli/init/find-broker.ts";
import { optionAnswers } from "../../src/cli/init/options.ts";
import { askAll, type Known } from "../../src/cli/init/questions.ts";
import type { Question } from "../../src/cli/init/terminal.ts";
import { explain, UserError } from "../../src/core/errors.ts";
import type { FoundPlace } from "../../src/discover/finding.ts";
import { checked } from "../config/checked.ts";
import { FakePrograms } from "../fakes/programs.ts";
import { FakeTree } from "../fakes/tree.ts";
import { runs } from "../property-runs.ts";

const places: readonly FoundPlace[] = [
  {
    place: "1-Wire",
    findings: ["28-0316a2795dff", "28-0316a2795e00"].map((address) => ({
      what: `the part ${address}`,
      devices: [{ kind: "ds18b20", options: { address } }],
      isSure: true,
    })),
  },
  {
    place: "I2C bus 1",
    findings: [
      {
        what: "something answers at 0x76",
        devices: [{ kind: "bme280", options: { address: 0x76 } }],
        isSure: false,
      },
      { what: "ds3231 at 0x68", devices: [], isSure: false },
    ],
    problem: "something",
  },
];

const locked = async (_url: string, login?: { username: string; password: string }) =>
  login?.password === "right" ? ({ is: "open" } as const) : ({ is: "locked" } as const);
const known: Known = {
  serial: "10000000abcdef01",
  devices: certainDevices(places),
  probe: async () => ({ is: "open" }),
  brokers: [
    { url: "mqtt://localhost:1883", result: { is: "nothing", why: "ECONNREFUSED" } },
    { url: "mqtt://10.0.0.2:1883", result: { is: "locked" } },
  ],
};

/** A person who types these answers, and what was said to each that is wrong. */
function person(...typed: string[]) {
  const said: string[] = [];
  const ask = async ({ usual, problem }: Question): Promise<string> => {
    for (;;) {
      const next = typed.shift();
      if (next === undefined) throw new Error("there is one question more than answers");
      const answer = next === "" ? (usual ?? "") : next;
      const wrong = await problem?.(answer);
      if (wrong === undefined) return answer;
      said.push(wrong);
    }
  };
  return { ask, said, left: typed };
}

describe("the four questions", () => {
  it("take what was found where somebody only presses Enter, and no relay", async () => {
    const { ask, left } = person("pi", "", "", "");
    const answers = await askAll(ask, known, false);
    expect(answers).toMatchObject({ name: "pi", broker: { url: "mqtt://10.0.0.2:1883" }, relay: undefined });
    expect(answers.devices.map(({ id }) => id)).toEqual(["ds18b20-0316a2795dff", "ds18b20-0316a2795e00"]);
    expect(left).toEqual([]);
  });

  it("ask for name and password where the broker wants them, until it takes them", async () => {
    const { ask, said } = person("pi", "broker.local", "me", "wrong", "right", "17", "2");
    const answers = await askAll(ask, { ...known, probe: locked }, false);
    expect(answers.broker).toEqual({ url: "mqtt://broker.local", username: "me", password: "right" });
    expect(answers.relay).toBe("17");
    expect(answers.devices.map(({ id }) => id)).toEqual(["ds18b20-0316a2795e00"]);
    expect(said).toEqual([expect.stringMatching(/^the broker does not accept this name with this password/)]);
  });

  it("say what is wrong with an answer, and ask again", async () => {
    const { ask, said } = person("my pi", "pi", "a b", "http://x", "mqtts://x:8883", "40", "GPIO17", "7", "none");
    await askAll(ask, known, false);
    expect(said.map((sentence) => sentence.split(";")[0])).toEqual([
      '"my pi" is no name for topics',
      '"a b" is no address of a broker',
      '"http://x" is no address of a broker',
      '"40" is no pin of the header',
      '"7" names none of these',
    ]);
  });

  it("leave out the broker where .env is there, and the devices where nothing was found", async () => {
    const { ask, left } = person("pi", "none");
    expect(await askAll(ask, { ...known, devices: [] }, true)).toEqual({ name: "pi", devices: [] });
    expect(left).toEqual([]);
  });

  it("refuse the pin of something that was found", async () => {
    const devices = [{ id: "dht-4", kind: "dht", options: { pin: 4 } }];
    const { ask, said } = person("pi", "", "4", "17", "");
    await askAll(ask, { ...known, devices }, false);
    expect(said).toEqual(['"4" is the pin of a dht that was found; choose another one']);
  });
});

describe("the answers of the command line", () => {
  const withOptions = (options: object) => optionAnswers({ config: "devices.yaml", ...options }, known, false);

  it("have the usual ones where none is given", () => {
    expect(withOptions({ name: "pi" })).toMatchObject({ broker: { url: "mqtt://10.0.0.2:1883" }, relay: undefined });
    expect(withOptions({ name: "pi" }).devices).toHaveLength(2);
    expect(withOptions({ take: "none", relay: "17", broker: "x" })).toMatchObject({
      devices: [],
      relay: "17",
      broker: { url: "mqtt://x" },
    });
  });

  it.each([
    [{ name: "a b" }, /^"a b" is no name for topics/],
    [{ broker: "mqtt//x" }, /^"mqtt\/\/x" is no address of a broker; write mqtt:\/\/HOST:1883/],
    [{ broker: "mqtt:/x" }, /^"mqtt:\/x" is no address of a broker/],
    [{ broker: "ftp://x" }, /^"ftp:\/\/x" is no address of a broker/],
    [{ relay: "99" }, /^"99" is no pin of the header/],
    [
      { take: "ds18b20-1" },
      /^--take ds18b20-1 names something that was not found; write all, none, or of these: ds18b20-/,
    ],
  ])("are refused with what to do: %j", (options, sentence) => {
    expect(() => withOptions(options)).toThrow(UserError);
    try {
      withOptions(options);
    } catch (error) {
      expect(explain(error)).toMatch(sentence);
    }
  });
});

describe("the devices.yaml that is written", () => {
  it.each([
    ["everything", "17", known.devices],
    ["a relay", "GPIO17", []],
    ["a relay by its position", "BOARD11", []],
    ["nothing", undefined, []],
    ["what was found", undefined, known.devices],
  ])("passes check with %s, for any name", (_what, relay, devices) => {
    for (const name of ["office-pi", "123", "true", "null", "0x1F", "1e3"]) {
      const text = devicesText({ name, relay, devices }, places);
      const { problems, config } = checked(text);
      expect(problems).toEqual([]);
      expect(config?.agent.id).toBe(name);
      expect(config?.devices.every(({ topic }) => topic.startsWith(`${name}/`))).toBe(true);
    }
  });

  it("has what is not certain as comments", () => {
    const text = devicesText({ name: "pi", devices: [] }, places);
    expect(text).toContain("  # something answers at 0x76:\n  # bme280-76: {kind: bme280,");
    expect(text).not.toContain("ds3231");
  });
});

describe("the .env that is written", () => {
  it("is read to what was typed, whatever was typed", () => {
    const typed = fc
      .string({ minLength: 1, maxLength: 20, unit: "grapheme-ascii" })
      .filter((text) => text.trim() === text);
    fc.assert(
      fc.property(typed, typed, (username, password) => {
        const text = dotEnvText({ broker: { url: "mqtt://x:1883", username, password } });
        // Not everything can be written; then nothing is, and somebody is told.
        fc.pre(text !== undefined);
        expect(parse(text ?? "")).toEqual({
          MQTT_URL: "mqtt://x:1883",
          MQTT_USERNAME: username,
          MQTT_PASSWORD: password,
        });
      }),
      { numRuns: runs(300) },
    );
  });
});

describe("a password", () => {
  it.each(["a#b", "'a'", " a", 'x"#', "a\\", "it's #1", "$HOME `x`", "ä€"])(
    "is written and read again: %s",
    (password) => {
      const text = dotEnvText({ broker: { url: "mqtt://x", username: "a\\", password } });
      expect(parse(text ?? "")).toMatchObject({ MQTT_USERNAME: "a\\", MQTT_PASSWORD: password });
    },
  );

  it("that cannot be written is no text at all", () => {
    for (const password of ["'`\"#", "#\\"])
      expect(dotEnvText({ broker: { url: "mqtt://x", password } })).toBeUndefined();
  });
});

describe("the search for a broker", () => {
  it("tries this machine, what announces itself, Home Assistant and the router", async () => {
    const programs = new FakePrograms({
      "avahi-browse --parsable --resolve --terminate _mqtt._tcp":
        "+;eth0;IPv4;Mosquitto;_mqtt._tcp;local\n=;eth0;IPv4;Mosquitto;_mqtt._tcp;local;nas.local;192.168.1.5;1883;\n=;eth0;IPv6;M;_mqtt._tcp;local;nas.local;fe80::1;1883;\n",
    });
    const route =
      "Iface\tDestination\tGateway\tFlags\neth0\t00000000\t0101A8C0\t0003\neth0\t0001A8C0\t00000000\t0001\n";
    const found = await findBrokers({
      files: new FakeTree({ "/proc/net/route": route }),
      programs,
      probe: async (url) => (url.includes("192.168.1.5:1883") ? { is: "locked" } : { is: "nothing", why: "no answer" }),
    });
    expect(found.map(({ url }) => url)).toEqual(
      ["localhost", "192.168.1.5", "homeassistant.local", "192.168.1.1"].flatMap((host) => [
        `mqtt://${host}:1883`,
        `mqtts://${host}:8883`,
      ]),
    );
    expect(found.filter(({ result }) => result.is !== "nothing")).toEqual([
      { url: "mqtt://192.168.1.5:1883", result: { is: "locked" } },
    ]);
  });

  it("goes on without avahi and without a router", async () => {
    const found = await findBrokers({
      files: new FakeTree(),
      programs: new FakePrograms(),
      probe: async () => ({ is: "nothing", why: "no answer" }),
    });
    expect(found).toHaveLength(4);
  });
});
