import { describe, expect, it } from "vitest";
import { simulatedBank } from "../../src/gpio/simulated.ts";
import { startHouse } from "../fakes/house.ts";

/** Sends one command to a device that is on, at a brightness of 200 where it has one, and tells what became of it. */
async function send(device: string, before: string, payload: string) {
  const pins = simulatedBank();
  const { bus, clock, log } = await startHouse(`devices:\n  it: {topic: it, ${device}}\n`, { pins });
  bus.receive("it", before);
  const published = bus.published.length;
  bus.receive("it", payload);
  const refusal = log.at("warn").at(0);
  if (refusal !== undefined) expect(bus.published).toHaveLength(published);
  return { bus, clock, pins, state: bus.retained.get("it/state"), refusal: refusal?.["reason"] };
}

const relay = (showAs = "switch") => `kind: relay, pin: 17, show_as: ${showAs}`;

describe("a switch", () => {
  it.each([
    ["off", "on", "ON"],
    ["off", " On\n", "ON"],
    ["off", '"on"', "ON"],
    ["off", "TRUE", "ON"],
    ["off", "1", "ON"],
    ["off", "1.0", "ON"],
    ["on", "0.0", "OFF"],
    ["on", "toggle", "OFF"],
    ["off", '{"state":1.0}', "ON"],
    ["off", '{"state":"1.00"}', "ON"],
    ["off", '{"State":"ON"}', "ON"],
    ["off", '{"STATE":true}', "ON"],
    ["off", '{"on":true}', "ON"],
    ["on", '{"on":false}', "OFF"],
    ["off", '{"POWER":"ON"}', "ON"],
    ["on", '{"Power":"TOGGLE"}', "OFF"],
    ["off", '{"state":"ON","on":true}', "ON"],
    ["off", '{"state":"ON","POWER":"on","id":"1"}', "ON"],
  ])("that is %s takes %s: it is %s then", async (before, payload, state) => {
    expect(await send(relay(), before, payload)).toMatchObject({ state, refusal: undefined });
  });

  it.each(['{"state":"ON","on_time":"2"}', '{"state":"ON","on_time":2}', '{"on":true,"On_Time":"2.0"}'])(
    "is off again after the two seconds of %s",
    async (payload) => {
      const { bus, clock } = await send(relay(), "off", payload);
      await clock.advance(1_900);
      expect(bus.retained.get("it/state")).toBe("ON");
      await clock.advance(200);
      expect(bus.retained.get("it/state")).toBe("OFF");
    },
  );

  const words = "say on, off or toggle, 1 or 0, true or false";
  it.each([
    ["2", words],
    ["-1", words],
    ["1,0", words],
    ["01", words],
    ["ein", words],
    ["open", words],
    ["close", words],
    ["lock", words],
    ["unlock", words],
    ["constructor", words],
    ["128", words],
    ["50%", words],
    ['{"state":"OPEN"}', words],
    ['{"state":2}', words],
    ['{"on":[true]}', words],
    ['{"state":null}', words],
    ['{"state":"ON","on":false}', '"state" and "on" say different things'],
    ['{"state":"ON","State":"OFF"}', '"state" and "State" say different things'],
    ['{"state":"ON","on_time":5,"ON_TIME":6}', '"on_time" and "ON_TIME" say different things'],
    ['{"on_time":5}', 'say {"state":"ON"}'],
    ['{"state":"ON","off_time":5}', "off_time goes with a command to off, after which the output goes on again"],
    ['{"state":"OFF","off_time":5,"on_time":6}', "a command has on_time or off_time, not both"],
    ['{"state":"OFF","off_time":0}', "off_time is more than 0 seconds"],
    ["{}", 'say {"state":"ON"}'],
    ["[true]", 'say {"state":"ON"}'],
    ['{"state":"ON","on_time":"2s"}', "on_time is a number of seconds"],
    ['{"state":"ON","on_time":"0x10"}', "on_time is a number of seconds"],
    ['{"state":"ON","on_time":"1e3"}', "on_time is a number of seconds"],
    ['{"state":"ON","on_time":""}', "on_time is a number of seconds"],
    ['{"state":"ON","on_time":true}', "on_time is a number of seconds"],
    ['{"state":"ON","on_time":null}', "on_time is a number of seconds"],
    ['{"state":"ON","on_time":"0"}', "on_time is more than 0 seconds"],
    ['{"state":"ON","on_time":-1}', "on_time is more than 0 seconds"],
    ['{"state":"ON","on_time":"604801"}', "on_time is at most 604800 seconds"],
    [`{"state":"ON","on_time":"${"9".repeat(400)}"}`, "on_time is at most 604800 seconds"],
    [
      '{"state":"ON","on_tim":5}',
      'there is no "on_tim" in a command; say {"state":"ON"}, with "on_time" in seconds if wanted',
    ],
    [
      '{"state":"ON","__proto__":{}}',
      'there is no "__proto__" in a command; say {"state":"ON"}, with "on_time" in seconds if wanted',
    ],
    ['{"state":"no","on_time":"x"}', `${words}; on_time is a number of seconds`],
  ])("refuses %s", async (payload, refusal) => {
    expect(await send(relay(), "off", payload)).toMatchObject({ state: "OFF", refusal });
  });
});

describe("what a relay is shown as", () => {
  it.each([
    ["valve", "OPEN", "ON"],
    ["valve", "close", "OFF"],
    ["valve", '{"state":"Open"}', "ON"],
    ["valve", "off", "OFF"],
    ["lock", "UNLOCK", "ON"],
    ["lock", "lock", "OFF"],
    ["lock", '{"state":"LOCK"}', "OFF"],
    ["lock", "ON", "ON"],
  ])("has words of its own: a %s takes %s and is %s", async (showAs, payload, state) => {
    const before = state === "ON" ? "off" : "on";
    expect(await send(relay(showAs), before, payload)).toMatchObject({ state, refusal: undefined });
  });

  it.each([
    ["valve", "lock", "say open or close, on, off or toggle, 1 or 0, true or false"],
    ["valve", "STOP", "say open or close, on, off or toggle, 1 or 0, true or false"],
    ["lock", "open", "say unlock or lock, on, off or toggle, 1 or 0, true or false"],
    ["light", "50%", "say on, off or toggle, 1 or 0, true or false"],
    ["fan", "open", "say on, off or toggle, 1 or 0, true or false"],
  ])("leaves the words of others: a %s refuses %s", async (showAs, payload, refusal) => {
    expect(await send(relay(showAs), "off", payload)).toMatchObject({ state: "OFF", refusal });
  });
});

describe("a light at 200", () => {
  const light = "kind: light, pin: 18";

  it.each([
    ["1", "ON", 200],
    ["1.0", "ON", 200],
    ["0", "OFF", 200],
    ["true", "ON", 200],
    ["128", "ON", 128],
    ["255", "ON", 255],
    ["2", "ON", 2],
    ["127.5", "ON", 128],
    ['"64"', "ON", 64],
    ["50%", "ON", 128],
    [" 100 % ", "ON", 255],
    ["0.1%", "ON", 1],
    ["0%", "OFF", 200],
    ['{"brightness":"128"}', "ON", 128],
    ['{"brightness":127.5}', "ON", 128],
    ['{"brightness":"25%"}', "ON", 64],
    ['{"Brightness":128}', "ON", 128],
    ['{"brightness":"0"}', "OFF", 200],
    ['{"on":true,"brightness":10}', "ON", 10],
    ['{"POWER":"OFF"}', "OFF", 200],
    ['{"state":"ON","transition":"2"}', "ON", 200],
  ])("takes %s: it is %s, at %i", async (payload, state, brightness) => {
    const answer = await send(light, '{"brightness":200}', payload);
    expect([answer.refusal, JSON.parse(answer.state ?? "")]).toMatchObject([undefined, { state, brightness }]);
    expect(Math.round((answer.pins.duty(18) ?? Number.NaN) * 255)).toBe(state === "ON" ? brightness : 0);
  });

  const words = "say on, off or toggle, 1 or 0, true or false";
  const number = "brightness is a number from 0 to 255, or a share such as 50%";
  const twoThings = "a brightness between 0 and 1 may mean two things; say 1 to 255, or a share such as 50%";
  it.each([
    ["256", "brightness is at most 255"],
    ["101%", "brightness is at most 100%"],
    ["0.5", twoThings],
    ["-1", `${words}, or a brightness such as 128 or 50%`],
    ["bright", `${words}, or a brightness such as 128 or 50%`],
    ["open", `${words}, or a brightness such as 128 or 50%`],
    ["0x80", number],
    ['{"brightness":0.5}', twoThings],
    ['{"brightness":-1}', "brightness is at least 0"],
    ['{"brightness":"full"}', number],
    ['{"brightness":true}', number],
    ['{"brightness":1,"Brightness":2}', '"brightness" and "Brightness" say different things'],
    ['{"state":"ON","on":"off"}', '"state" and "on" say different things'],
    ['{"state":128}', words],
    ['{"state":"ON","flash":"longer"}', "flash is short, long or a number of seconds"],
    ['{"flash":-1}', "flash is short, long or a number of seconds"],
    ['{"flash":3601}', "flash is at most 3600 seconds"],
    ['{"state":"ON","transition":"slow"}', "transition is a number of seconds"],
    ['{"state":"ON","transition":-1}', "transition is a number of seconds"],
    ['{"state":"ON","transition":86401}', "transition is at most 86400 seconds"],
    ['{"transition":10}', 'say {"state":"ON","brightness":128}'],
    ['{"effect":"disco"}', "effect is one of none, pulse, candle"],
    ['{"effect":1}', "effect is one of none, pulse, candle"],
    ['{"state":"OFF","effect":"pulse"}', "a light that is off has no effect; say on with the effect, or off alone"],
    ["#ff8800", `${words}, or a brightness such as 128 or 50%`],
    ['{"color_temp":3000}', 'there is no "color_temp" in a command to a light; say {"state":"ON","brightness":128}'],
    ["[128]", 'say {"state":"ON","brightness":128}'],
    ['{"color":"red"}', 'there is no "color" in a command to a light; say {"state":"ON","brightness":128}'],
    ['{"state":"ON","on_time":"5 s"}', "on_time is a number of seconds"],
    ['{"state":"ON","off_time":5}', "off_time goes with a command to off, after which the output goes on again"],
  ])("refuses %s", async (payload, refusal) => {
    const answer = await send(light, '{"brightness":200}', payload);
    expect([answer.refusal, JSON.parse(answer.state ?? "")]).toMatchObject([refusal, { state: "ON", brightness: 200 }]);
  });
});
