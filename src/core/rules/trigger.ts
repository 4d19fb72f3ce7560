import type { Bounds } from "./bounds.ts";

/** What the sun does at a moment of the day; `dawn` and `dusk` are when it is 6° below the horizon. */
export const sunMoments = ["sunrise", "sunset", "dawn", "dusk"] as const;

/** One of {@link sunMoments}. */
export type SunMoment = (typeof sunMoments)[number];

/** Something that lasts, and sets a rule off when it begins or when it has lasted for `forMs` milliseconds. */
type Lasting =
  | { readonly on: "state"; readonly device: string; readonly state: string }
  | { readonly on: "availability"; readonly device: string; readonly availability: "online" | "offline" }
  | {
      readonly on: "measure";
      readonly device: string;
      readonly measure: string;
      readonly bounds: Bounds;
      /** By how much the number must leave its bounds before it can set the rule off again, in its own unit. */
      readonly hysteresis: number;
    }
  | { readonly on: "broker"; readonly broker: "online" | "offline" };

/** Something that happens in an instant. */
type Instant =
  | { readonly on: "event"; readonly device: string; readonly event: string; readonly type: string }
  /** Five or six fields of cron; a time of day is one, too. `written` is as the user has written it. */
  | { readonly on: "cron"; readonly cron: string; readonly written: string }
  | { readonly on: "sun"; readonly sun: SunMoment; readonly offsetMs: number }
  | { readonly on: "message"; readonly topic: string; readonly payload: WantedPayload | undefined }
  | { readonly on: "start" };

/** The payload that a message must have: exactly this text, or JSON with this value under a key. */
export type WantedPayload = string | { readonly key: string; readonly value: string | number | boolean | null };

/** What sets a rule off. */
export type Trigger = Instant | LastingTrigger;

/** A trigger by something that lasts. */
export type LastingTrigger = Lasting & { readonly forMs: number };
