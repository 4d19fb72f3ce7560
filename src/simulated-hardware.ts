import type { DeviceSettings } from "./core/device-settings.ts";
import type { GpioPorts } from "./core/hardware/gpio.ts";
import type { NamedChip } from "./core/hardware/named-chip.ts";
import { machineOf } from "./core/machine/machine.ts";
import { agentTopics } from "./core/messages/topic.ts";
import { namedLines } from "./gpio/named-lines.ts";
import { Pins } from "./gpio/pins.ts";
import { simulated, simulatedBank } from "./gpio/simulated.ts";
import { simulatedWorld } from "./simulation/simulated-world.ts";

/** What the simulated hardware is for. */
interface Simulated {
  readonly gpio: { readonly chips: readonly NamedChip[] };
  readonly devices: readonly DeviceSettings[];
  /** The topic above those of the agent. */
  readonly topic: string;
}

/** Simulated pins and sensors. With `routines` people and meters pretend to do something at the inputs. It is loaded only where it is used. */
export function simulatedHardware(
  { gpio, devices, topic }: Simulated,
  { routines, ...ports }: Omit<GpioPorts, "files"> & { readonly routines: boolean },
) {
  const { clock, log } = ports;
  const world = simulatedWorld(devices, simulatedBank(clock, { remembers: false }), {
    clock,
    log,
    routines,
    rulesTopic: agentTopics(topic).rules,
  });
  const open = async ({ named }: GpioPorts) => (named === undefined ? world.pins : namedLines(world.pins, named.name));
  const pins = new Pins([{ ...simulated, open }], simulated.name, { ...ports, files: world.room.files }, gpio.chips);
  const stop = () => {
    world.stop();
    return pins.close();
  };
  return { ...machineOf(world.room), pins, world, stop };
}
