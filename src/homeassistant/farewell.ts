import type { EntityPlatform } from "../core/entity.ts";
import type { Bus } from "../core/messages/bus.ts";
import type { Cancel, Clock } from "../core/time/clock.ts";
import type { AnnouncedHouse } from "./announced-house.ts";
import { uniqueIdOf } from "./component.ts";
import type { Components } from "./difference.ts";
import { nodeOf, removalOf, sharedOf } from "./removal.ts";

/** How long Home Assistant needs to set up an entity before it can remove it. */
const pauseMs = 1_000;

/** The options that each platform requires besides the common ones. The topic is one on which nobody publishes or listens. */
const required: Readonly<Record<EntityPlatform, (nowhere: string) => Readonly<Record<string, unknown>>>> = {
  binary_sensor: (state_topic) => ({ state_topic }),
  button: (command_topic) => ({ command_topic }),
  climate: () => ({}),
  cover: () => ({}),
  event: (state_topic) => ({ state_topic, event_types: ["removed"] }),
  fan: (command_topic) => ({ command_topic }),
  humidifier: (command_topic) => ({ command_topic, target_humidity_command_topic: command_topic }),
  light: (command_topic) => ({ command_topic }),
  lock: (command_topic) => ({ command_topic }),
  number: (command_topic) => ({ command_topic }),
  select: (command_topic) => ({ command_topic, options: ["removed"] }),
  sensor: (state_topic) => ({ state_topic }),
  siren: (command_topic) => ({ command_topic }),
  switch: (command_topic) => ({ command_topic }),
  valve: (command_topic) => ({ command_topic }),
};

/**
 * Makes a Home Assistant that has just started forget entities that were removed while it was not running. It removes only entities that
 * were announced since its start, and shows the others as unavailable for ever. So each entity is announced once more and then removed. The
 * broker keeps none of these messages. There is a message for each component, so that a broker's size limit does not matter.
 */
export class Farewell {
  readonly #agent: AnnouncedHouse["agent"];
  readonly #ports: { readonly publish: Bus["publish"]; readonly clock: Clock };
  #cancelPause: Cancel = () => {};

  constructor(agent: AnnouncedHouse["agent"], ports: { readonly publish: Bus["publish"]; readonly clock: Clock }) {
    this.#agent = agent;
    this.#ports = ports;
  }

  /** Calls back when everything is sent: at once if there is nothing to forget, otherwise after a second. */
  begin(removed: Components, done: () => void): void {
    const { clock, publish } = this.#ports;
    const messages = Object.entries(removed).flatMap(([topic, components]) =>
      // Of triggers it has no list: it does not know those any more.
      Object.entries(components).flatMap(([id, platform]) =>
        platform === "device_automation" ? [] : [{ topic, ...this.#messages(topic, id, platform) }],
      ),
    );
    this.#cancelPause();
    for (const { topic, again } of messages) publish(topic, again, { retain: false });
    const finish = () => {
      for (const { topic, goodbye } of messages) publish(topic, goodbye, { retain: false });
      done();
    };
    if (messages.length === 0) finish();
    else this.#cancelPause = clock.after(pauseMs, finish);
  }

  /** Cancels what waits. */
  stop(): void {
    this.#cancelPause();
  }

  #messages(topic: string, id: string, platform: EntityPlatform) {
    const { id: agentId, topic: agentTopic, version } = this.#agent;
    const settings = { unique_id: uniqueIdOf(id, platform, agentId), ...required[platform](`${agentTopic}/nowhere`) };
    // The topic of a single entity ends with its platform, its device and itself.
    if (topic.endsWith(`/${platform}/${nodeOf(topic, true)}/${id}/config`))
      return { again: JSON.stringify({ ...sharedOf(nodeOf(topic, true), version), ...settings }), goodbye: "" };
    const cmps = { [id]: { p: platform, ...settings } };
    return {
      again: JSON.stringify({ ...sharedOf(nodeOf(topic), version), cmps }),
      goodbye: removalOf(topic, { [id]: platform }, version),
    };
  }
}
