import type { DeviceSettings } from "../../core/device-settings.ts";
import type { Log } from "../../core/log/log.ts";
import { onOffWord } from "../../core/switching.ts";
import type { HostPorts } from "../device/device-context.ts";
import type { Orders } from "../orders/orders.ts";
import { FailSafe } from "./fail-safe.ts";

/** Makes the fail-safe of a device. Undefined for a device without one. `onChange` is called when its reason has changed. */
export function failSafeOf(
  { id, limits: { failSafe: settings, interlock } = {} }: DeviceSettings,
  shared: HostPorts,
  own: { readonly log: Log; readonly orders: Orders; readonly onChange: () => void },
): FailSafe | undefined {
  if (settings === undefined) return undefined;
  const group = interlock && shared.interlocks.get(interlock.group);
  return new FailSafe({
    ...shared,
    settings,
    log: own.log,
    onChange: own.onChange,
    keep: shared.store.of(id, own.log).keep,
    isTakenBesides: () => group?.isTakenBesides(id) ?? false,
    order: (on, from, done) =>
      own.orders.give({ sent: { value: { state: onOffWord(on) } }, from, fields: () => ({}), done }),
  });
}
