import { describe, expect, it } from "vitest";
import { exampleFlow } from "./flows.ts";

const files = ["node-red.json", "node-red-dashboard.json"];

describe("the files with Node-RED flows in examples", () => {
  it.each(files)("expect the broker where devices.yaml does, and retain no command: %s", (file) => {
    const nodes = exampleFlow(file);
    const ofType = (type: string) => nodes.filter((node) => node.type === type);
    expect(ofType("mqtt-broker")).toEqual([expect.objectContaining({ broker: "localhost", port: "1883" })]);
    expect(nodes.filter((node) => "credentials" in node)).toEqual([]);
    expect(ofType("mqtt out").map(({ retain }) => retain)).toEqual(["false"]);
  });

  it("can both be imported without a question, for no id is in both", () => {
    const ids = files.flatMap(exampleFlow).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
