import type { HouseView } from "../core/house/house-view.ts";
import type { Log } from "../core/log/log.ts";
import type { RepeatedWarnings } from "../core/log/repeated-warnings.ts";
import type { Bus } from "../core/messages/bus.ts";
import type { Store } from "../core/store.ts";
import type { Clock } from "../core/time/clock.ts";
import type { LastingClock } from "../core/time/lasting-clock.ts";
import type { Connection } from "./connection.ts";
import type { Messages } from "./messages.ts";
import type { WallTimes } from "./times/wall-times.ts";

/** Where the house is. */
export interface GeoPlace {
  /** In degrees, north is positive. */
  readonly latitude: number;
  /** In degrees, east is positive. */
  readonly longitude: number;
}

/** What rules see of the time of day. */
export interface RuleTime {
  /** The time of day; undefined while it is not known. */
  now(): Date | undefined;
  /** The time zone in which times of day are meant, such as `Europe/Berlin`; undefined: that of the machine. */
  readonly timeZone: string | undefined;
  /** Undefined where devices.yaml does not say where the house is. Then no rule needs the sun. */
  readonly place: GeoPlace | undefined;
}

/** What all rules share. */
export interface RulePorts {
  readonly house: HouseView;
  readonly clock: Clock;
  readonly lasting: LastingClock;
  readonly time: RuleTime;
  readonly wallTimes: WallTimes;
  readonly connection: Connection;
  readonly messages: Messages;
  readonly store: Store;
  readonly log: Log;
  readonly bus: Pick<Bus, "publish">;
  /** For warnings that may come often. */
  readonly warnings: RepeatedWarnings;
}
