import { chosenPins } from "../../core/pin.ts";
import type { SourceDocument } from "../../yaml/document.ts";
import type { Problem } from "../../yaml/problem.ts";
import { didYouMean } from "../../yaml/suggest.ts";
import type { KnownDevice } from "./checked-device.ts";

/**
 * Finds interlock groups that cannot hold: a group with one device, whose name is probably misspelt, outputs that are on while nobody
 * controls them, and two that are on from the start.
 */
export function checkInterlocks(devices: readonly KnownDevice[], source: SourceDocument): Problem[] {
  const members = devices.flatMap((device) => {
    const group = device.limits?.interlock?.group;
    return group === undefined ? [] : [{ device, group }];
  });
  const sizes = new Map<string, number>();
  for (const { group } of members) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const firstOn = new Map<string, string>();
  return members.flatMap(({ device, group }) => {
    const { id } = device;
    const path = ["devices", id, "interlock"];
    const say = (sentence: string): Problem => ({ path: path.join("."), place: source.placeOfValue(path), sentence });
    if (sizes.get(group) === 1) {
      const others = [...sizes.keys()].filter((one) => one !== group);
      return [
        say(
          `no other device is in the interlock group "${group}"${didYouMean(group, others) || "; write the same name at each device of which only one may be on"}`,
        ),
      ];
    }
    const outputs = chosenPins(device.kind.options, device.options).filter(
      ({ role }) => role === "output" || role === "pwm",
    );
    if (outputs.some(({ rest }) => rest !== "off"))
      return [say("needs a device that is off while the agent does not run; remove on_exit or write on_exit: off")];
    if (!outputs.some(({ initial }) => initial === "on")) return [];
    const first = firstOn.get(group);
    firstOn.set(group, first ?? id);
    return first === undefined ? [] : [say(`"${first}" of this group is on at the start too; choose one of the two`)];
  });
}
