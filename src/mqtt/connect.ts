import { createRequire } from "node:module";
import { createConnection } from "node:net";
import type { MqttClient as Client, IClientOptions } from "mqtt";
import clientModule from "mqtt/lib/client";

// The module is CommonJS, so what `import` makes of it depends on who carries it out: Node.js, esbuild or vitest.
const MqttClient = "default" in clientModule ? clientModule.default : (clientModule as typeof Client);

/** Loads a module that has a place of its own in a build, see scripts/build.ts. */
declare const requireLate: ((name: string) => unknown) | undefined;

/** How mqtt.js opens what it sends packets over. */
type StreamBuilder = ConstructorParameters<typeof MqttClient>[0];

/**
 * Opens a connection, as mqtt.js's own `connect` does, which loads what all addresses need: the package for WebSockets, TLS, and proxies.
 * That is half of the code of mqtt.js and 2 MB. Here it is loaded only for the addresses that need it.
 */
export function connect(url: string, options: IClientOptions): Client {
  const { protocol, hostname, port, pathname, search } = new URL(url);
  const name = protocol.slice(0, -1);
  const all = {
    ...options,
    protocol: name,
    // An IPv6 address is in brackets in a URL only.
    host: hostname.replace(/^\[(.*)\]$/, "$1"),
    ...(port !== "" && { port: Number(port) }),
    ...(name.startsWith("ws") && { path: `${pathname}${search}` }),
    ...(proxy() !== undefined && { socksProxy: proxy() }),
  } as IClientOptions;
  const build = streamBuilder(name);
  return new MqttClient((client) => build(client, all), all);
}

/** The SOCKS proxy, which mqtt.js takes from this variable for addresses that are not WebSockets. */
const proxy = () => process.env["MQTTJS_SOCKS_PROXY"];

function streamBuilder(protocol: string): StreamBuilder {
  if (protocol.startsWith("ws")) return (late("ws") as { streamBuilder: StreamBuilder }).streamBuilder;
  if (protocol === "mqtts") return (late("tls") as { default: StreamBuilder }).default;
  if (proxy() !== undefined) return (late("tcp") as { default: StreamBuilder }).default;
  return (_client, { host = "localhost", port = 1883 } = {}) => createConnection({ host, port });
}

function late(name: "ws" | "tls" | "tcp"): unknown {
  if (typeof requireLate === "function") return requireLate(`late:mqtt-${name}`);
  return createRequire(import.meta.url)(`mqtt/lib/connect/${name}`);
}
