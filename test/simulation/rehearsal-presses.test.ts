import { describe, expect, it } from "vitest";
import { z } from "zod";
import { pin } from "../../src/core/pin.ts";
import { rehearsed, steps } from "../fakes/homes/rehearsed.ts";
import { kinds } from "../fakes/kinds.ts";
import { probe } from "../fakes/probe.ts";

const house = `devices:
  bell: {kind: button, topic: bell, pin: 5}
  tap: {kind: button, topic: tap, pin: 6, presses: 1}
  pump: {kind: relay, topic: pump, pin: 17, min_off: 1m}
  shade: {kind: cover, topic: shade, open_pin: 22, close_pin: 23, open_time: 20s}
`;

/** An encoder that says which edges it has seen, as letters: A and B for on, a and b for off. */
const knob = probe({
  kind: "knob",
  options: {
    first: pin("One contact.", "input", { activeLow: true, pull: "up" }),
    second: pin("The other contact.", "input", { activeLow: false, pull: "down" }),
  },
  pretend: { encoder: { a: "first", b: "second" } },
  state: z.strictObject({ seen: z.string(), last_ms: z.number() }),
  setup: async (options, context) => {
    const { first, second } = options as { first: number; second: number };
    let seen = "";
    const see = (letter: string) => (active: boolean, atMs: number) => {
      seen += active ? letter.toUpperCase() : letter;
      context.report({ seen, last_ms: atMs });
    };
    await context.gpio.input(first, { debounceMs: 0, onState: see("a") });
    await context.gpio.input(second, { debounceMs: 0, onState: see("b") });
    return {};
  },
});

describe("presses in a rehearsal", () => {
  it("are held for a time, and what the button tells is heard", async () => {
    const { failures, states } = await rehearsed(
      steps(
        "at: 1s, set: {bell: {to: ON, for: 200ms}}, expect: {bell: {action: single}}, within: 1s",
        "at: 5s, set: {bell: {pulses: 2, within: 400ms}}, expect: {bell: {action: double}}, within: 1s",
        "at: 10s, set: {bell: {to: ON, bounces: 3, for: 2s}}, expect: {bell: {action: long}}, within: 1s",
        "at: 11s, expect: {bell: ON}",
        "at: 11s, expect: {bell: {action: long_release}}, within: 2s",
        "at: 14s, expect: {bell: OFF}",
      ),
      house,
    );
    expect(failures).toEqual([]);
    expect(states("bell").slice(-2)).toEqual(["ON", "OFF"]);
  });

  it("are heard from the time of the step on, that instant included", async () => {
    const { failures } = await rehearsed(
      steps(
        "at: 1s, set: {tap: {to: ON, for: 30ms}}",
        "at: 1060ms, expect: {tap: {action: single}}, within: 10ms",
        "at: 1061ms, expect: {tap: {action: single}}, within: 10ms",
      ),
      house,
    );
    expect(failures).toEqual([
      "scenario.yaml:4:27  within 0.01 s from 1061ms: tap should tell action single, but has told nothing",
    ]);
  });

  it("are not taken for others, nor for those before the step", async () => {
    const { failures } = await rehearsed(
      steps(
        "at: 1s, set: {bell: {to: ON, for: 200ms}}",
        "at: 3s, expect: {bell: {action: single}}, within: 1s",
        "at: 5s, set: {bell: {pulses: 2, within: 400ms}}, expect: {bell: {action: single}}, within: 2s",
      ),
      house,
    );
    expect(failures).toEqual([
      "scenario.yaml:3:23  within 1 s from 3s: bell should tell action single, but has told nothing",
      "scenario.yaml:4:64  within 2 s from 5s: bell should tell action single, but has told double",
    ]);
  });
});

describe("a turned encoder", () => {
  const turned = (line: string) =>
    rehearsed(
      steps(`at: 1s, set: {it: {turn: ${line}}}`, "at: 1s, expect: {it: {seen: none}}, within: 5s"),
      "devices:\n  it: {kind: knob, topic: it, first: 5, second: 6}\n",
      [...kinds, knob],
    );

  it.each([
    ["1", "abABab", 1_100],
    ["-1", "abBAba", 1_100],
    ["{by: 2, within: 700ms}", "abABabABab", 1_700],
  ])("gives four edges at each notch: %s", async (line, edges, lastMs) => {
    const { failures, states } = await turned(line);
    expect(failures).toHaveLength(1);
    expect(JSON.parse(String(states("it").at(-1)))).toMatchObject({ seen: edges, last_ms: lastMs });
  });
});

describe("a turned knob", () => {
  it.each(["up", "down"])("has turned by each notch, whatever its pull is: %s", async (pull) => {
    const { failures } = await rehearsed(
      steps(
        "at: 0s, set: {knob: {button_pin: OFF}}",
        "at: 1s, set: {knob: {turn: 5}}, expect: {knob: {position: 5, rotation: clockwise}}, within: 1s",
        "at: 3s, set: {knob: {turn: {by: -2, within: 100ms}}}, expect: {knob: {position: 3}}, within: 1s",
        "at: 3s, expect: {knob: {rotation: anticlockwise}}, within: 1s",
        "at: 5s, set: {knob: {button_pin: {to: ON, for: 100ms}}}, expect: {knob: {action: single}}, within: 1s",
      ),
      `devices:\n  knob: {kind: rotary, topic: knob, pin_a: 5, pin_b: 6, button_pin: 13, pull: ${pull}}\n`,
    );
    expect(failures).toEqual([]);
  });
});

describe("answers in a rehearsal", () => {
  it("are those to the last command: carried out, waiting, refused", async () => {
    const { failures } = await rehearsed(
      steps(
        "at: 1m, command: {pump: on}, expect: {pump: {answer: {accepted: true}}}",
        "at: 2m, command: {pump: off}, expect: {pump: OFF}",
        "at: 130s, command: {pump: on}, expect: {pump: {answer: {waits_for: min_off, wait: [49, 50]}}}",
        "at: 131s, fault: {shade: EIO}, command: {shade: open}, expect: {shade: {answer: {accepted: false, reason: failed}}}",
      ),
      house,
    );
    expect(failures).toEqual([]);
  });

  it("are missed where the answer is another one, or where nothing was asked", async () => {
    const { failures } = await rehearsed(
      steps(
        "at: 1m, command: {pump: on}, expect: {pump: {answer: {accepted: false}}, shade: {answer: {accepted: true}}}",
      ),
      house,
    );
    expect(failures).toEqual([
      "scenario.yaml:2:44  at 1m: pump should answer with accepted false, but accepted is true",
      "scenario.yaml:2:79  at 1m: shade should answer with accepted true, but has not answered",
    ]);
  });

  it("may be expected together with values of the state", async () => {
    const { failures } = await rehearsed(
      steps("at: 1s, command: {shade: close}, expect: {shade: {state: closing, answer: {accepted: false}}}"),
      house,
    );
    expect(failures).toEqual([
      "scenario.yaml:2:48  at 1s: shade should answer with accepted false, but accepted is true",
    ]);
  });
});
