import { type EffectName, effects } from "./effects.ts";
import { between, type Look } from "./look.ts";

/** How a light looks from one moment on: a transition, a flash or an effect. All times are in milliseconds after its begin. */
export interface Course {
  /** How long it lasts. Infinite for an effect. */
  readonly ms: number;
  /** The time from one step to the next. */
  readonly everyMs: number;
  /** The look of the step at this time. */
  readonly lookAt: (ms: number) => Look;
  /** Whether the state tells its steps. A flash or an effect is told as the look from which it is made. */
  readonly told: Look | undefined;
  /** One word for the log. */
  readonly word: "transition" | "flash" | "effect";
}

/** 25 steps a second look smooth, and are little work for the smallest Pi. */
const stepMs = 40;
/** How long a flashing light is on, and how long it is dark. */
const blinkMs = 500;

/** A slow change. Its first step, at once, has gone one step of the way already, and the last one is the end itself. */
export function transition(from: Look, to: Look, ms: number): Course {
  return {
    ms,
    everyMs: stepMs,
    lookAt: (at) => between(from, to, (at + stepMs) / (ms + stepMs)),
    told: undefined,
    word: "transition",
  };
}

/** A light that is on and dark in turn. */
export function flash(look: Look, ms: number): Course {
  const dark = { ...look, brightness: 0 };
  return {
    ms,
    everyMs: blinkMs,
    lookAt: (at) => (Math.floor(at / blinkMs) % 2 === 0 ? look : dark),
    told: look,
    word: "flash",
  };
}

/** An effect, which has no end. */
export function effect(look: Look, name: Exclude<EffectName, "none">): Course {
  return {
    ms: Number.POSITIVE_INFINITY,
    everyMs: stepMs,
    lookAt: (at) => ({ ...look, brightness: look.brightness * effects[name](at) }),
    told: look,
    word: "effect",
  };
}
