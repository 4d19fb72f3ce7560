import { stringify } from "yaml";
import { commandSchema, type DeviceSettings } from "../../src/core/device-settings.ts";
import { type DeviceKind, exampleDevices } from "../../src/core/kind.ts";
import { deviceTopics } from "../../src/core/messages/device-topics.ts";
import { type ChosenPin, chosenPins } from "../../src/core/pin.ts";
import { readPayload, understand } from "../../src/runtime/orders/payload.ts";
import { type SimulatedRoom, simulatedRoom } from "../../src/simulation/room.ts";
import { checked } from "../config/checked.ts";
import { FakeClock } from "../fakes/clock.ts";
import { type HouseParts, startHouse } from "../fakes/house.ts";
import { kinds } from "../fakes/kinds.ts";

/** The devices.yaml of a kind's own example: the device `it`, and the neighbours that its links name. */
export function exampleFile(kind: DeviceKind): string {
  return stringify({ devices: exampleDevices("it", kind) });
}

/** The kinds that the example names. The schemas of all the others would take most of the time of these tests. */
export function kindsOf(kind: DeviceKind): readonly DeviceKind[] {
  const names = Object.values(kind.exampleNeighbours ?? {}).map((neighbour) => neighbour["kind"]);
  return [kind, ...kinds.filter((one) => one.kind !== kind.kind && names.includes(one.kind))];
}

const checkedExamples = new WeakMap<DeviceKind, readonly DeviceSettings[]>();

/** The devices of the example, checked, with their defaults. */
export function exampleSettings(kind: DeviceKind): readonly DeviceSettings[] {
  const known = checkedExamples.get(kind);
  if (known !== undefined) return known;
  const { config, problems } = checked(exampleFile(kind), { kinds: kindsOf(kind) });
  if (config === undefined) throw new Error(problems.join("\n"));
  checkedExamples.set(kind, config.devices);
  return config.devices;
}

/** The device `it` of the example. */
export function ofIt(kind: DeviceKind) {
  const it = exampleSettings(kind).find(({ id }) => id === "it");
  if (it === undefined) throw new Error("the example has no device `it`");
  return it;
}

/** The outputs and pulse pins of the example's device. */
export function outputsOf(kind: DeviceKind): readonly ChosenPin[] {
  return chosenPins(kind.options, ofIt(kind).options).filter(({ role }) => role === "output" || role === "pwm");
}

/** The kinds that have one. */
export const kindsWithOutputs = kinds.filter((kind) => outputsOf(kind).length > 0);

/** The kinds whose example names other devices. */
export const kindsWithLinks = kinds.filter(({ exampleNeighbours = {} }) => Object.keys(exampleNeighbours).length > 0);

/** Starts the example in the pretended room, and gives it two seconds. */
export async function startExample(
  kind: DeviceKind,
  parts: Omit<HouseParts, "kinds"> & { readonly room?: SimulatedRoom } = {},
) {
  const clock = parts.clock ?? new FakeClock();
  const room = parts.room ?? simulatedRoom(exampleSettings(kind), clock);
  const starting = startHouse(exampleFile(kind), { ...room, ...parts, kinds: kindsOf(kind), clock });
  await clock.advance(2_000);
  return { ...(await starting), room, topics: deviceTopics(String(kind.example["topic"]), kind) };
}

/** A command as it is sent: on which topic, and what. */
export interface SentCommand {
  readonly topic: string;
  readonly payload: string;
}

/** Words and values that some kind understands; a kind that understands none of them adds one here. */
const sayings = [
  ..."on off toggle open close stop press lock unlock start heat cool auto away home none forward reverse pulse".split(
    " ",
  ),
  ...["0", "1", "25", "50%", "75", "100", "180", "255"],
  ...['{"state":"ON"}', '{"state":"OFF"}', '{"state":"ON","on_time":3}', '{"state":"OFF","off_time":3}'],
  ...[
    '{"position":30}',
    '{"position":70}',
    '{"tilt":40}',
    '{"brightness":120}',
    '{"brightness":0}',
    '{"percentage":60}',
  ],
  ...['{"target":18}', '{"mode":"off"}', '{"angle":45}', '{"speed":2}', '{"total":7}', '{"duration":2}'],
  ...['{"state":"ON","transition":1}', '{"color_temp":3000}', '{"color":{"r":9,"g":99,"b":199}}', '{"value":5}'],
];

/** What of a list of payloads the example's device understands, on each topic where it hears commands. */
export function understoodCommands(kind: DeviceKind, payloads: readonly string[] = sayings): readonly SentCommand[] {
  return sortedByUnderstanding(kind, payloads).understood;
}

/** What of a list of payloads the example's device does not understand, on each topic where it hears commands. */
export function misunderstoodCommands(kind: DeviceKind, payloads: readonly string[]): readonly SentCommand[] {
  return sortedByUnderstanding(kind, payloads).misunderstood;
}

function sortedByUnderstanding(kind: DeviceKind, payloads: readonly string[]) {
  const settings = ofIt(kind);
  const schema = commandSchema(settings);
  const { commands, setters } = deviceTopics(settings.topic, kind);
  const topics: [topic: string, setter: string | undefined][] = [
    ...commands.map((topic) => [topic, undefined] as [string, undefined]),
    ...Object.entries(setters).map(([name, topic]) => [topic, name] as [string, string]),
  ];
  const understood: SentCommand[] = [];
  const misunderstood: SentCommand[] = [];
  for (const [topic, setter] of topics)
    for (const payload of payloads) {
      const sent = readPayload(new TextEncoder().encode(payload));
      const command = setter === undefined || sent.problem !== undefined ? sent : { value: { [setter]: sent.value } };
      const isUnderstood = schema !== undefined && "command" in understand(schema, command);
      (isUnderstood ? understood : misunderstood).push({ topic, payload });
    }
  return { understood, misunderstood };
}
