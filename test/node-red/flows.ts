import { readFileSync } from "node:fs";

/** A node of a Node-RED flow, as in the files that Menu > Import reads. */
export interface FlowNode {
  readonly id: string;
  readonly type: string;
  readonly name?: string;
  readonly label?: string;
  readonly title?: string;
  readonly [property: string]: unknown;
}

/** The nodes of a file in examples/. */
export function exampleFlow(file: string): FlowNode[] {
  return JSON.parse(readFileSync(new URL(`../../examples/${file}`, import.meta.url), "utf8")) as FlowNode[];
}

/** The same nodes, with their broker on another port of this machine: what a user changes in the editor. */
export function withBrokerAt(port: number, nodes: readonly FlowNode[]): FlowNode[] {
  return nodes.map((node) =>
    node.type === "mqtt-broker" ? { ...node, broker: "127.0.0.1", port: String(port) } : node,
  );
}

/** The id of the node of this type that the editor shows under this name. */
export function idOf(nodes: readonly FlowNode[], type: string, name: string): string {
  const found = nodes.filter((node) => node.type === type && (node.name || node.label || node.title) === name);
  if (found.length !== 1) throw new Error(`there are ${found.length} nodes of type "${type}" with the name "${name}"`);
  return (found[0] as FlowNode).id;
}
