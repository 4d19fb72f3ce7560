import type { Trigger } from "../../core/rules/trigger.ts";
import type { Cancel } from "../../core/time/clock.ts";
import { nextCron } from "../../core/time/cron.ts";
import { isWanted } from "../messages.ts";
import type { RulePorts } from "../rule-ports.ts";
import { nextSun } from "../times/sun.ts";
import { startAvailability } from "./availability.ts";
import { startBroker } from "./broker.ts";
import type { Firing } from "./firing.ts";
import { startMeasure } from "./measure.ts";
import { startState } from "./state.ts";

/** A trigger that works. */
export interface StartedTrigger {
  readonly cancel: Cancel;
  /** When it sets the rule off next, if that is known. */
  readonly due?: Date | undefined;
}

/** Starts to look for what sets a rule off. */
export function startTrigger(trigger: Trigger, ports: RulePorts, fire: (firing: Firing) => void): StartedTrigger {
  switch (trigger.on) {
    case "state":
      return { cancel: startState(trigger, ports, fire) };
    case "availability":
      return { cancel: startAvailability(trigger, ports, fire) };
    case "measure":
      return { cancel: startMeasure(trigger, ports, fire) };
    case "broker":
      return { cancel: startBroker(trigger, ports, fire) };
    case "event": {
      const { device, event, type } = trigger;
      const tell = (toldEvent: string, toldType: string) => {
        if (toldEvent === event && toldType === type) fire({ by: `${device}: ${type}`, cause: undefined });
      };
      return { cancel: ports.house.listenToEvents(device, tell) };
    }
    case "message": {
      const { topic, payload: wanted } = trigger;
      const tell = (payload: string) => {
        if (isWanted(wanted, payload)) fire({ by: `message on ${topic}`, cause: undefined });
      };
      return { cancel: ports.messages.listen(topic, tell) };
    }
    case "start":
      queueMicrotask(() => fire({ by: "start", cause: undefined }));
      return { cancel: () => {} };
    case "cron": {
      const { cron, written } = trigger;
      return ports.wallTimes.at(
        (after) => nextCron(cron, after, ports.time.timeZone),
        () => fire({ by: written, cause: undefined }),
      );
    }
    case "sun": {
      const { sun, offsetMs } = trigger;
      const { place } = ports.time;
      if (place === undefined) return { cancel: () => {} };
      return ports.wallTimes.at(
        (after) => nextSun(sun, offsetMs, after, place),
        () => fire({ by: sun, cause: undefined }),
      );
    }
  }
}
