import type { Bounds } from "../core/rules/bounds.ts";
import type { Trigger } from "../core/rules/trigger.ts";
import { durationText } from "../core/time/duration-text.ts";

/** What sets a rule off, in a few words: `hall-button: single`, `cellar.temperature below 3 for 5m`. */
export function triggerText(trigger: Trigger): string {
  switch (trigger.on) {
    case "event":
      return `${trigger.device}: ${trigger.type}`;
    case "state":
      return `${trigger.device}: ${trigger.state}${lasting(trigger.forMs)}`;
    case "availability":
      return `${trigger.device}: ${trigger.availability}${lasting(trigger.forMs)}`;
    case "measure":
      return `${trigger.device}.${trigger.measure} ${boundsText(trigger.bounds)}${lasting(trigger.forMs)}`;
    case "broker":
      return `broker: ${trigger.broker}${lasting(trigger.forMs)}`;
    case "cron":
      return trigger.written;
    case "sun":
      return trigger.sun + offsetText(trigger.offsetMs);
    case "message":
      return `message on ${trigger.topic}`;
    case "start":
      return "start of the agent";
  }
}

function lasting(forMs: number): string {
  return forMs === 0 ? "" : ` for ${durationText(forMs)}`;
}

function boundsText({ above, below, between }: Bounds): string {
  if (between !== undefined) return `between ${between[0]} and ${between[1]}`;
  return [...(above === undefined ? [] : [`above ${above}`]), ...(below === undefined ? [] : [`below ${below}`])].join(
    " and ",
  );
}

function offsetText(offsetMs: number): string {
  if (offsetMs === 0) return "";
  return `, ${durationText(Math.abs(offsetMs))} ${offsetMs < 0 ? "before" : "after"} it`;
}
