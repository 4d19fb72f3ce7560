import { describe, expect, it } from "vitest";
import { checked } from "../../config/checked.ts";
import { Lives } from "../../fakes/homes/lives.ts";

const pin = 18;
const device = (more = "") => `devices:\n  it: {kind: fan, topic: it, pin: ${pin}${more}}\n`;

async function start(more = ", speed_count: 4") {
  const home = await Lives.begin(device(more));
  return {
    home,
    send: (payload: string, topic = "it") => home.bus.receive(topic, payload),
    state: () => home.stateOn("it/state"),
    /** The share of the time that the pin is high, in percent. */
    duty: () => Number(((home.bank.duty(pin) ?? Number.NaN) * 100).toFixed(2)),
  };
}
const off = { state: "OFF", percentage: 0, speed: 0 };
const on = (speed: number, percentage = speed * 25) => ({ state: "ON", percentage, speed });

describe("a fan with pulses", () => {
  it("is off at the start, and at full speed when it is switched on for the first time", async () => {
    const { home, send, state, duty } = await start();
    expect([duty(), state(), home.frequencies]).toEqual([0, off, [1_000]]);
    send("on");
    expect([duty(), state()]).toEqual([100, on(4)]);
    expect([home.bus.retained.get("it/speed"), home.bus.retained.get("it/percentage")]).toEqual(["4", "100"]);
  });

  it.each([
    ["50", "it", on(2)],
    ["50%", "it", on(2)],
    ["51", "it", on(3)],
    ["0.5 %", "it", on(1)],
    ['{"percentage":"75"}', "it", on(3)],
    ['{"speed":1}', "it", on(1)],
    ['{"State":"on","Speed":"2"}', "it", on(2)],
    ['{"state":"ON","percentage":100}', "it", on(4)],
    ["2", "it/speed/set", on(2)],
    ["2", "it/percentage/set", on(1)],
    ["1", "it/speed/set", on(1)],
    ["1", "it", on(4)],
    ["toggle", "it", on(4)],
    ["0", "it", off],
    ["0", "it/speed/set", off],
    ["0", "it/percentage/set", off],
    ['{"state":"ON","speed":0}', "it", off],
    ['{"state":"OFF","percentage":0}', "it", off],
  ])("takes %s on %s", async (payload, topic, expected) => {
    const { home, send, state, duty } = await start();
    send(payload, topic);
    expect([state(), duty()]).toEqual([expected, expected.speed * 25]);
    expect(home.house.log.at("warn")).toEqual([]);
  });

  it("says the percentages that Home Assistant has for its speeds, and takes each of them back as the same speed", async () => {
    const { send, state } = await start(", speed_count: 3");
    const percentages = [];
    for (const speed of ["1", "2", "3"]) {
      send(speed, "it/speed/set");
      const { percentage } = state();
      percentages.push(percentage);
      send(String(percentage), "it/percentage/set");
      expect(state()).toMatchObject({ speed: Number(speed), percentage });
    }
    expect(percentages).toEqual([33, 66, 100]);
  });

  it("has a hundred speeds where nothing is said", async () => {
    const { send, state, duty } = await start("");
    send("37");
    expect([state(), duty()]).toEqual([on(37, 37), 37]);
  });

  it("goes back to its last speed, also after a kill, and is off at the start all the same", async () => {
    const { home, send, state } = await start();
    send("2", "it/speed/set");
    send("off");
    expect(state()).toEqual(off);
    send("toggle");
    expect(state()).toEqual(on(2));
    await home.pass(11_000);
    await home.kill();
    expect([state(), home.bank.duty(pin)]).toEqual([off, 0]);
    send("on");
    expect(state()).toEqual(on(2));
  });

  it("spreads its speeds above min_power", async () => {
    const { send, duty } = await start(", speed_count: 4, min_power: 0.2");
    const duties = ["1", "2", "3", "4", "0"].map((speed) => {
      send(speed, "it/speed/set");
      return duty();
    });
    expect(duties).toEqual([40, 60, 80, 100, 0]);
  });

  it("begins with full power for kickstart, and says the speed that it is to have", async () => {
    const { home, send, state, duty } = await start(", speed_count: 4, kickstart: 2s");
    send("1", "it/speed/set");
    expect([duty(), state()]).toEqual([100, on(1)]);
    await home.pass(1_000);
    send("2", "it/speed/set");
    expect([duty(), state()]).toEqual([100, on(2)]);
    await home.pass(999);
    expect(duty()).toBe(100);
    await home.pass(1);
    expect([duty(), state()]).toEqual([50, on(2)]);
    send("1", "it/speed/set");
    expect(duty()).toBe(25);
  });

  it("is off for good where it is switched off during kickstart, and kicks again the next time", async () => {
    const { home, send, state, duty } = await start(", speed_count: 4, kickstart: 2s");
    send("1", "it/speed/set");
    await home.pass(1_000);
    send("off");
    await home.pass(60_000);
    expect([duty(), state()]).toEqual([0, off]);
    send("on");
    await home.pass(1_999);
    expect(duty()).toBe(100);
    await home.pass(1);
    expect(duty()).toBe(25);
  });

  it("kicks after it waited for min_off", async () => {
    const { home, send, state, duty } = await start(", speed_count: 4, kickstart: 2s, min_off: 30s");
    send("1", "it/speed/set");
    await home.pass(29_999);
    expect([duty(), state()]).toEqual([0, off]);
    await home.pass(1_500);
    expect([duty(), state()]).toEqual([100, on(1)]);
    await home.pass(1_000);
    expect(duty()).toBe(25);
  });

  it.each([
    ["", 0],
    [", on_exit: on", 100],
    [", on_exit: keep", 50],
  ])("rests as its owner wants it%s", async (more, expected) => {
    const { home, send, duty } = await start(`, speed_count: 4${more}`);
    send("2", "it/speed/set");
    await home.house.agent.stop();
    expect(duty()).toBe(expected);
  });

  it("is on while its pin is low, where it is active-low", async () => {
    const { send, duty } = await start(", speed_count: 4, active_low: true, frequency: 25000");
    expect(duty()).toBe(100);
    send("1", "it/speed/set");
    expect(duty()).toBe(75);
  });
});

describe("a fan after a start", () => {
  it.each([
    ["off", "on", off],
    ["on", "off", on(2)],
    ["last", "on", on(2)],
    ["last", "off", off],
  ])("with initial: %s, after it was told %s", async (initial, word, expected) => {
    for (const end of ["kill", "restart"] as const) {
      const { home, send, state } = await start(`, speed_count: 4, initial: ${initial}`);
      send("2", "it/speed/set");
      send(word);
      await home.pass(11_000);
      await home[end]();
      expect(state()).toEqual(expected);
    }
  });

  it("with initial: last is off where max_on has ended it, and on where an order still waited", async () => {
    const { home, send, state } = await start(", speed_count: 4, initial: last, max_on: 10s");
    send("on");
    await home.pass(20_000);
    await home.kill();
    expect(state()).toEqual(off);
    const waiting = await start(", speed_count: 4, initial: last, min_off: 10s");
    waiting.send("on");
    await waiting.home.kill();
    await waiting.home.pass(10_000);
    expect(waiting.state()).toEqual(on(4));
  });

  it("does not use a speed that it has no more", async () => {
    const { home, send, state } = await start();
    send("4", "it/speed/set");
    await home.restart(device(", speed_count: 3"));
    send("on");
    expect(state()).toEqual(on(3, 100));
  });
});

describe("a command to a fan", () => {
  const words = "say on, off or toggle, 1 or 0, true or false";
  const example = 'say {"state":"ON"}, {"percentage":66} or {"speed":2}';
  const speed = "speed is a whole number from 0 to 4";
  const percentage = "percentage is a number from 0 to 100";
  it.each([
    ["101", `${words}, or a percentage such as 66`],
    ["-1", `${words}, or a percentage such as 66`],
    ["fast", `${words}, or a percentage such as 66`],
    ['{"speed":5}', speed],
    ['{"speed":1.5}', speed],
    ['{"speed":"50%"}', speed],
    ['{"speed":null}', speed],
    ['{"percentage":101}', percentage],
    ['{"percentage":true}', percentage],
    ['{"percentage":[5]}', percentage],
    ['{"percentage":50,"speed":2}', 'say "speed" or "percentage", not both'],
    ['{"state":"OFF","speed":2}', 'a speed goes with "state":"ON"'],
    ['{"preset_mode":"auto"}', `there is no "preset_mode" in a command to a fan; ${example}`],
    ["{}", example],
    ["[50]", example],
  ])("is refused where it is %s", async (payload, reason) => {
    const { home, send, duty } = await start();
    send(payload);
    expect(home.house.log.at("warn")).toMatchObject([{ message: "refused a command", reason }]);
    expect(duty()).toBe(0);
  });
});

describe("the options of a fan", () => {
  const problems = (options: string) =>
    checked(`devices:\n  it: {kind: fan, topic: it, ${options}}\n`).problems.map((line) =>
      line.replace(/^devices\.yaml:\d+:\d+ {2}devices\.it\./, ""),
    );

  const pulses = "is for a fan with pulses; remove it";
  it.each([
    ["active_low: true", ["pin: is missing, and so is speed_pins; name a pin with pulses, or one pin for each speed"]],
    ["pin: 18, speed_pins: [17, 27]", ["speed_pins: are beside pin; write one of the two"]],
    ["pin: 18, dead_time: 1s", ["dead_time: is for speed_pins; remove it"]],
    [
      "speed_pins: [17, 27], speed_count: 2, min_power: 0.1, on_exit: on",
      [`speed_count: ${pulses}`, `min_power: ${pulses}`, `on_exit: ${pulses}`],
    ],
    ["speed_pins: [17, 27], frequency: 25000, kickstart: 1s", [`frequency: ${pulses}`, `kickstart: ${pulses}`]],
    ["speed_pins: [17]", ['speed_pins: "[17]" has too few pins; write 2 to 8']],
    ["pin: 18, speed_count: 1", ['speed_count: "1" is too small; write at least 2']],
    ["pin: 18, min_power: 1", ['min_power: "1" is too large; write at most 0.99']],
    ["pin: 18, frequency: 50000", ['frequency: "50000" is too large; write at most 40000']],
    ["pin: 18, kickstart: 1m", ['kickstart: "1m" is out of range; write a duration from 0ms to 30s']],
    ["speed_pins: [17, 27], dead_time: 1ms", ['dead_time: "1ms" is out of range; write a duration from 50ms to 10s']],
    ["pin: 18, initial: keep", ['initial: "keep" is none of off, on, last']],
  ])("%s are refused", (options, sentences) => {
    expect(problems(options)).toEqual(sentences);
  });

  it("refuse a pin for two speeds", () => {
    expect(problems("speed_pins: [17, 27, 17]")).toHaveLength(1);
  });
});
