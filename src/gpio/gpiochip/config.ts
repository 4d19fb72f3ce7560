import { UserError } from "../../core/errors.ts";
import type { InputRequest, Pull } from "../../core/hardware/gpio.ts";
import * as abi from "./line-abi.ts";

/** An input in a group. */
export interface GroupMember {
  readonly pin: number;
  readonly request: InputRequest;
}

const pullFlag: Readonly<Record<Pull, number>> = {
  up: abi.flag.pullUp,
  down: abi.flag.pullDown,
  none: abi.flag.noPull,
};
const edges = abi.flag.input | abi.flag.risingEdge | abi.flag.fallingEdge;

/** What the kernel does with the inputs of a group by itself. */
export interface KernelWatch {
  /** Whether it reports their edges. */
  readonly edges: boolean;
  /** Whether it debounces them. */
  readonly debounces: boolean;
}

/** The settings of all members of a group. What differs between them is written as attributes. */
export function configOf(members: readonly GroupMember[], kernel: KernelWatch): Uint8Array {
  const flags = kernel.edges ? edges : abi.flag.input;
  const attributes = [
    ...grouped(members, ({ request }) => pullFlag[request.pull]).map(
      ([pull, lines]): abi.Attribute => ({ lines, flags: flags | pull }),
    ),
    ...grouped(members, ({ request }) => (kernel.debounces ? request.debounceMs : 0))
      .filter(([debounceMs]) => debounceMs > 0)
      .map(([debounceMs, lines]): abi.Attribute => ({ lines, debounceUs: debounceMs * 1000 })),
  ];
  // The caller then divides the claim, until each request has few enough attributes.
  if (attributes.length > abi.maxAttributes) throw new UserError("these inputs differ too much for one request");
  return abi.encodeConfig(flags, attributes);
}

/** The positions of the members, grouped by what they want. */
function grouped(members: readonly GroupMember[], want: (member: GroupMember) => number): [number, number[]][] {
  const places = new Map<number, number[]>();
  for (const [index, member] of members.entries())
    places.set(want(member), [...(places.get(want(member)) ?? []), index]);
  return [...places];
}
