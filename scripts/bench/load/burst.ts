import { pause } from "../machine/processes.ts";
import { since, type Used, usedSoFar } from "../machine/usage.ts";
import type { Line, Qos } from "./line.ts";
import { isInOrder, wanted } from "./order.ts";
import type { Ready } from "./ready.ts";
import { within } from "./within.ts";

/** What came of many commands that were sent at once. */
export interface Burst {
  readonly perSecond: number;
  readonly cpuMsPer1000: number;
  /** A state that is replaced while it waits need not be said. */
  readonly statesPer1000: number;
  /** Devices whose last state is not what the last command wanted. */
  readonly wrong: number;
  /** Devices whose states did not come in the order of the commands. */
  readonly outOfOrder: number;
}

/** When no state comes for so long, all have come. */
const quietMs = 300;

/**
 * Sends so many commands to each device but the last one, as fast as the broker takes them, and then one to the last device. The line must
 * hear all states. Afterwards the last states of all are on, so that the next burst begins as this one did.
 */
export async function burst(line: Line, contestant: Ready, perDevice: number, qos: Qos): Promise<Burst> {
  const { command, state, on, off, pid, job } = contestant;
  const devices = job.count - 1;
  const commands = Array.from({ length: devices }, (_one, device) =>
    Array.from({ length: perDevice }, (_command, index) => wanted(device, index)),
  );
  const packets: Buffer[] = [];
  for (let index = 0; index < perDevice; index += 1)
    for (let device = 0; device < devices; device += 1)
      packets.push(line.packet(command(device), commands[device]?.[index] ? on : off, qos));
  packets.push(line.packet(command(devices), on, qos));
  const bytes = Buffer.concat(packets);

  const states = new Map(Array.from({ length: devices }, (_one, device) => [state(device), [] as boolean[]]));
  const before = usedSoFar(pid);
  const begin = performance.now();
  let lastMs = begin;
  await within(120_000, `the state of the last command to ${contestant.contestant.name}`, (done) => {
    line.heard = (topic, word, retained) => {
      if (retained) return;
      lastMs = performance.now();
      if (topic === state(devices)) done();
      else states.get(topic)?.push(word === "ON");
    };
    line.write(bytes);
  });
  while (performance.now() - lastMs < quietMs) await pause(quietMs / 3);
  const used: Used = since(before, usedSoFar(pid));
  const told = [...states.values()];
  return {
    perSecond: (devices * perDevice * 1000) / (lastMs - begin),
    cpuMsPer1000: (used.cpuMs * 1000) / (devices * perDevice),
    statesPer1000: (told.flat().length * 1000) / (devices * perDevice),
    wrong: told.filter((list, device) => list.at(-1) !== commands[device]?.at(-1)).length,
    outOfOrder: told.filter((list, device) => !isInOrder(list, commands[device] ?? [])).length,
  };
}
