import type { DeviceSettings } from "../../core/device-settings.ts";
import type { Clock } from "../../core/time/clock.ts";
import { InterlockGroup } from "./interlock-group.ts";

/** The interlock groups of an agent, by their names. Each group has the longest wait that one of its devices asks for. */
export function interlockGroups(
  devices: readonly Pick<DeviceSettings, "id" | "limits">[],
  clock: Pick<Clock, "monotonicMs">,
): ReadonlyMap<string, InterlockGroup> {
  const members = new Map<string, { readonly ids: string[]; waitMs: number }>();
  for (const { id, limits } of devices) {
    if (limits?.interlock === undefined) continue;
    const { group, waitMs } = limits.interlock;
    const known = members.get(group) ?? { ids: [], waitMs: 0 };
    members.set(group, known);
    known.ids.push(id);
    known.waitMs = Math.max(known.waitMs, waitMs);
  }
  return new Map([...members].map(([name, { ids, waitMs }]) => [name, new InterlockGroup(name, waitMs, ids, clock)]));
}
