import type { EntityPlatform } from "../core/entity.ts";
import type { Bus } from "../core/messages/bus.ts";
import type { Cancel, Clock } from "../core/time/clock.ts";
import { uniqueIdOf } from "./component.ts";
import type { Components } from "./difference.ts";
import type { House } from "./house.ts";
import { nodeOf, removalOf, sharedOf } from "./removal.ts";

/** Home Assistant sets an entity up before it can forget it. */
const pauseMs = 1_000;

/** What a platform's page requires besides what all have; the topic is one where nobody publishes or listens. */
const required: Readonly<Record<EntityPlatform, (nowhere: string) => Readonly<Record<string, unknown>>>> = {
  binary_sensor: (state_topic) => ({ state_topic }),
  button: (command_topic) => ({ command_topic }),
  climate: () => ({}),
  cover: () => ({}),
  event: (state_topic) => ({ state_topic, event_types: ["removed"] }),
  fan: (command_topic) => ({ command_topic }),
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
 * Makes a Home Assistant that has just started forget what was taken back while it was not running. It takes back only what it was
 * told of since its start, and shows what its list has besides as unavailable for ever: so it is told of each once more, and then
 * that it is gone. The broker keeps none of it. One message for each component fits where a broker has a limit.
 */
export class Farewell {
  readonly #agent: House["agent"];
  readonly #ports: { readonly publish: Bus["publish"]; readonly clock: Clock };
  #cancelPause: Cancel = () => {};

  constructor(agent: House["agent"], ports: { readonly publish: Bus["publish"]; readonly clock: Clock }) {
    this.#agent = agent;
    this.#ports = ports;
  }

  /** Calls back when all is said: at once where nothing is to be forgotten, else a second later. */
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

  /** Ends what waits. */
  stop(): void {
    this.#cancelPause();
  }

  #messages(topic: string, id: string, platform: EntityPlatform) {
    const { id: agentId, topic: agentTopic, version } = this.#agent;
    const settings = { unique_id: uniqueIdOf(id, platform, agentId), ...required[platform](`${agentTopic}/nowhere`) };
    // A single entity's topic ends with its platform, its device and itself.
    if (topic.endsWith(`/${platform}/${nodeOf(topic, true)}/${id}/config`))
      return { again: JSON.stringify({ ...sharedOf(nodeOf(topic, true), version), ...settings }), goodbye: "" };
    const cmps = { [id]: { p: platform, ...settings } };
    return {
      again: JSON.stringify({ ...sharedOf(nodeOf(topic), version), cmps }),
      goodbye: removalOf(topic, { [id]: platform }, version),
    };
  }
}
