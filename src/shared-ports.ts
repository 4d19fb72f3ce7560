import type { Config } from "./config/check.ts";
import type { Log } from "./core/log/log.ts";
import type { Bus } from "./core/messages/bus.ts";
import { LastingTime } from "./runtime/agent/lasting-time.ts";
import { WallClock } from "./runtime/agent/wall-clock.ts";
import { Beats } from "./runtime/device/beats.ts";
import type { HostPorts } from "./runtime/device/device-context.ts";
import { Neighbours } from "./runtime/device/neighbours.ts";
import { takingTurns } from "./runtime/device/taking-turns.ts";
import { BrokerPresence } from "./runtime/failsafe/broker-presence.ts";
import { Controllers } from "./runtime/failsafe/controllers.ts";
import { interlockGroups } from "./runtime/guard/interlocks.ts";
import { Refusals } from "./runtime/orders/refusals.ts";
import { LineLooks } from "./runtime/pins/line-looks.ts";
import { lookAgainMs } from "./runtime/pins/pin-ports.ts";
import { inTime } from "./runtime/time-limit.ts";
import { Uses } from "./runtime/use/uses.ts";

/** How long the agent waits for the files that tell whether the time is right. */
const timeLookMs = 500;

/** What all devices share and each agent makes for itself. */
type Made =
  | "bus"
  | "logOf"
  | "inTurn"
  | "refusals"
  | "neighbours"
  | "beats"
  | "looks"
  | "wallClock"
  | "lasting"
  | "interlocks"
  | "broker"
  | "controllers"
  | "uses";

/** What all devices share and the agent gets from outside. */
export type OuterPorts = Omit<HostPorts, Made>;

/** Makes what all devices share. `publish` does nothing while there is no connection. */
export async function openSharedPorts(
  { devices }: Pick<Config, "devices">,
  ports: OuterPorts,
  publish: Bus["publish"],
): Promise<HostPorts> {
  const { clock, random, log } = ports;
  const wallClock = new WallClock(ports);
  // What is known of the time decides what still runs after a power cut, but files that hang must not keep the outputs from their safe level.
  await inTime(clock, timeLookMs, wallClock.watch(), "").catch(() => {});
  const lasting = await LastingTime.open({ ...ports, wallClock });
  const bus = { publish };
  const logs = new Map<string, Log>();
  const logOf = (device: string) => {
    const known = logs.get(device) ?? log.child({ device });
    logs.set(device, known);
    return known;
  };
  return {
    ...ports,
    bus,
    logOf,
    wallClock,
    lasting,
    uses: new Uses(devices, { ...ports, wallClock, bus, logOf }),
    inTurn: takingTurns(),
    beats: new Beats(clock, random),
    looks: new LineLooks(clock, lookAgainMs),
    neighbours: new Neighbours(),
    refusals: new Refusals(clock),
    interlocks: interlockGroups(devices, clock),
    broker: new BrokerPresence(devices, { ...ports, lasting }),
    controllers: new Controllers(devices),
  };
}
