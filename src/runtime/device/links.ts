import type { KnownState } from "../../core/house/known-state.ts";
import { readingIn } from "../../core/house/reading-in.ts";
import { wordIn } from "../../core/house/word-in.ts";
import type { ChosenLink, DeviceLink, InputLink, MeasureLink } from "../../core/link.ts";
import type { Clock } from "../../core/time/clock.ts";
import type { Neighbours } from "./neighbours.ts";

/** What links need from the device that has them. */
export interface LinkPorts {
  /** The device's id. */
  readonly id: string;
  readonly neighbours: Neighbours;
  readonly clock: Pick<Clock, "monotonicMs">;
  /** The links that the device's options name. Others are not allowed, because nobody has checked them. */
  readonly chosen: readonly ChosenLink[];
  readonly onStop: (task: () => void) => void;
  readonly fail: (error: Error) => void;
}

/** The links of a device. */
interface DeviceLinks {
  measure(written: string): MeasureLink;
  device(id: string): DeviceLink;
  input(id: string): InputLink;
}

function notNamed(written: string): never {
  throw new Error(`no option that was made with link() names "${written}"`);
}

/** For a device whose options name no other, as those of most do not. */
const noLinks: DeviceLinks = { measure: notNamed, device: notNamed, input: notNamed };

/** Makes the links for one run of a device. */
export function deviceLinks(ports: LinkPorts): DeviceLinks {
  if (ports.chosen.length === 0) return noLinks;
  const chosen = (written: string) => ports.chosen.find((one) => one.written === written) ?? notNamed(written);
  const listen = (id: string, tell: (said: KnownState | undefined) => void) => {
    const task = (said: KnownState | undefined) => {
      try {
        tell(said);
      } catch (error) {
        ports.fail(error as Error);
      }
    };
    ports.onStop(ports.neighbours.listen(id, task));
  };
  const input = (written: string): InputLink => {
    const { device } = chosen(written);
    return {
      isOn: () => isOn(ports.neighbours.said(device)),
      watch: (tell) => listen(device, (said) => tell(isOn(said))),
    };
  };
  return {
    measure(written) {
      const { device, measure } = chosen(written);
      const reading = (said: KnownState | undefined) => readingIn(said, measure, ports.clock.monotonicMs());
      return {
        last: () => reading(ports.neighbours.said(device)),
        watch: (tell) => listen(device, (said) => tell(reading(said))),
      };
    },
    input,
    device(written) {
      const { device } = chosen(written);
      return {
        ...input(written),
        command: (command) => ports.neighbours.order(device, command, { by: "device", id: ports.id }),
      };
    },
  };
}

/** Whether a state says that its device is on: as the word of the state, or as the value `state` of an object. */
function isOn(said: KnownState | undefined): boolean | undefined {
  const word = wordIn(said);
  return word === "ON" ? true : word === "OFF" ? false : undefined;
}
