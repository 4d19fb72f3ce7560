import { FakeClock, settled } from "../fakes/clock.ts";
import { type HouseParts, startHouse } from "../fakes/house.ts";
import { kinds } from "../fakes/kinds.ts";
import { type Given, settableKinds, withoutTime } from "../fakes/settable-sensor.ts";

const devices = `
  button: {kind: button, topic: button, pin: 22}
  door: {kind: contact, topic: door, pin: 23, debounce: 0s}
  lamp: {kind: relay, topic: lamp, pin: 17}
  fan: {kind: relay, topic: fan, pin: 27}
  heater: {kind: relay, topic: heater, pin: 24}
  holiday: {kind: virtual, topic: holiday, type: switch}
  cellar: {kind: thermometer, topic: cellar}
`;

/** What a test may bring of its own. */
export interface RuledParts extends HouseParts {
  /** Below `agent:`. */
  readonly agent?: string;
  /** What the thermometer in the cellar gives first. Default: 20 °C. */
  readonly first?: Given;
  /** More devices, a line each. */
  readonly devices?: string;
}

/** A house with a button on pin 22, a door contact on pin 23, three relays on 17, 27 and 24, a switch and a thermometer, and with rules. */
export async function ruledHouse(rules: string, parts: RuledParts = {}) {
  let given: Given = parts.first ?? { temperature: 20 };
  const agent = `agent: {location: {latitude: 52.52, longitude: 13.405}, time_zone: Europe/Berlin${parts.agent ?? ""}}`;
  const yaml = `${agent}\nhome_assistant: {discovery: false}\ndevices:${devices}${parts.devices ?? ""}\nrules:\n${rules}`;
  const { clock = new FakeClock() } = parts;
  const house = await startHouse(yaml, { ...parts, clock, kinds: [...kinds, ...settableKinds(() => given)] });
  await clock.advance(1_000);
  const isOn = (pin: number) => house.pins.level(pin) === 1;
  return {
    ...house,
    /** Presses the button for so long. */
    async press(ms = 100) {
      house.pins.drive(22, 0);
      await clock.advance(ms);
      house.pins.drive(22, 1);
      await clock.advance(1_000);
    },
    async door(word: "open" | "closed") {
      house.pins.drive(23, word === "open" ? 1 : 0);
      await settled();
    },
    /** Lets the thermometer give this at its next beat, and waits for it. */
    async read(next: Given) {
      given = next;
      await clock.advance(10_000);
    },
    async send(topic: string, payload: string, retained = false) {
      house.bus.receive(topic, payload, { retained });
      await settled();
    },
    /** What is known of a rule. */
    rule: (id: string) =>
      JSON.parse(house.bus.retained.get(`pi2mqtt/test/rules/${id}`) ?? "{}") as Record<string, unknown>,
    lamp: () => isOn(17),
    fan: () => isOn(27),
    heater: () => isOn(24),
    temperature: () => withoutTime(house.bus.retained.get("cellar"))["temperature"],
  };
}
