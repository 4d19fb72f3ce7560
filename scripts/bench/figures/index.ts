import { brokerBack } from "./broker-back.ts";
import { bursts } from "./burst.ts";
import type { Figure } from "./figure.ts";
import { filesOpened } from "./files-opened.ts";
import { growthOfCommands } from "./growth-commands.ts";
import { growthOfDevices } from "./growth-devices.ts";
import { growthOfSensors } from "./growth-sensors.ts";
import { latency } from "./latency.ts";
import { heapPerPart, longRun } from "./live-heap.ts";
import { idleMemory, manyDevices, memoryAfterBurst } from "./memory.ts";
import { messagesAtStart } from "./messages.ts";
import { pacedCommands } from "./paced.ts";
import { packageSize } from "./package-size.ts";
import { idleSensors } from "./sensors.ts";
import { smallMemory } from "./small-memory.ts";
import { starts } from "./start.ts";

/** All figures, in the order of the table. */
export const figures: readonly Figure[] = [
  latency,
  bursts,
  pacedCommands,
  idleMemory,
  smallMemory,
  memoryAfterBurst,
  starts,
  idleSensors,
  brokerBack,
  manyDevices,
  longRun,
  heapPerPart,
  filesOpened,
  packageSize,
  messagesAtStart,
  growthOfDevices,
  growthOfSensors,
  growthOfCommands,
];
