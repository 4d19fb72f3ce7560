import { expect, it } from "vitest";
import { startExample } from "../contract/example-house.ts";
import { kinds } from "../fakes/kinds.ts";
import { componentsOf, exampleOf } from "./houses.ts";

/** The values of the state that the templates of an entity look for. */
const lookedFor = (component: object) =>
  [...JSON.stringify(component).matchAll(/value_json\.(\w+)/g)].map(([, name = ""]) => name);

/** Events and their triggers look at another topic. */
const ofState = Object.fromEntries(
  kinds.map((kind) => {
    const components = Object.values(componentsOf(exampleOf(kind)));
    return [kind.kind, components.filter(({ p }) => p !== "event" && p !== "device_automation").flatMap(lookedFor)];
  }),
);

// A template that finds nothing says an empty text, and Home Assistant would log a warning for each state.
it.each(kinds.filter(({ kind }) => ofState[kind]?.length))(
  "the kind $kind publishes each value that Home Assistant is told to look for",
  async (kind) => {
    const { bus, topics } = await startExample(kind);
    const state = JSON.parse(bus.retained.get(topics.state) ?? "{}");
    expect(Object.keys(state)).toEqual(expect.arrayContaining(ofState[kind.kind] ?? []));
  },
);
