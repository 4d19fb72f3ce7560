import type { Bounds } from "./bounds.ts";

/** What must be so that a rule is carried out. Where nobody knows whether it is so, such as at an offline device, it is neither so nor not. */
export type Condition =
  | { readonly is: "state"; readonly device: string; readonly state: string }
  | { readonly is: "availability"; readonly device: string; readonly availability: "online" | "offline" }
  | { readonly is: "measure"; readonly device: string; readonly measure: string; readonly bounds: Bounds }
  /** From `after` on and until before `before`, in seconds since midnight; over midnight where `before` is the smaller one. */
  | { readonly is: "time"; readonly after: number | undefined; readonly before: number | undefined }
  | { readonly is: "weekday"; readonly days: readonly Weekday[] }
  | { readonly is: "sun"; readonly sun: "above_horizon" | "below_horizon" }
  | { readonly is: "broker"; readonly broker: "online" | "offline" }
  | { readonly is: "all" | "any"; readonly of: readonly Condition[] }
  | { readonly is: "not"; readonly of: Condition };

/** The days of a week, beginning with the one that JavaScript counts as 0. */
export const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

/** One of {@link weekdays}. */
export type Weekday = (typeof weekdays)[number];
