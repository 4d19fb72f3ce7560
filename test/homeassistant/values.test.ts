import { expect, it } from "vitest";
import type { DeviceKind } from "../../src/core/kind.ts";
import { startExample } from "../contract/example-house.ts";
import { kinds } from "../fakes/kinds.ts";
import { componentsOf, exampleOf } from "./houses.ts";

/** The values of the state that the templates of an entity look for. */
const lookedFor = (component: object) =>
  [...JSON.stringify(component).matchAll(/value_json\.(\w+)/g)].map(([, name = ""]) => name);

/** Those of a kind's example. Events and their triggers look at another topic. */
function lookedForIn(kind: DeviceKind): readonly string[] {
  const components = Object.values(componentsOf(exampleOf(kind)));
  return components.filter(({ p }) => p !== "event" && p !== "device_automation").flatMap(lookedFor);
}

async function publishedBy(kind: DeviceKind): Promise<Readonly<Record<string, unknown>>> {
  const { bus, topics } = await startExample(kind);
  return JSON.parse(bus.retained.get(topics.state) ?? "{}");
}

// A template that finds nothing says an empty text, and Home Assistant would log a warning for each state.
it.each(kinds.filter((kind) => lookedForIn(kind).length > 0))(
  "the kind $kind publishes each value that Home Assistant is told to look for",
  async (kind) => {
    expect(Object.keys(await publishedBy(kind))).toEqual(expect.arrayContaining([...lookedForIn(kind)]));
  },
);

it("a sensor publishes as null what it does not say yet, and what is derived of that", async () => {
  const bme280 = kinds.find(({ kind }) => kind === "bme280") as DeviceKind;
  const later = { filters: { humidity: [{ skip_initial: 3 }] }, derive: ["dew_point"], quality: true };
  const kind = { ...bme280, example: { ...bme280.example, ...later } };
  const state = await publishedBy(kind);
  expect(Object.keys(state)).toEqual(expect.arrayContaining([...lookedForIn(kind)]));
  expect(state).toMatchObject({ humidity: null, dew_point: null, quality: "good" });
});
