import type { Files } from "../../core/machine/files.ts";
import { readTrimmed } from "../../core/machine/files.ts";
import type { Programs } from "../../core/machine/programs.ts";
import { type ProbeResult, probeBroker } from "./mqtt-probe.ts";

/** A broker that was found, or an address at which none was. */
export interface TriedBroker {
  readonly url: string;
  readonly result: ProbeResult;
}

/** What is needed to look for brokers. */
export interface BrokerPorts {
  readonly files: Files;
  readonly programs: Programs;
  readonly probe?: (url: string) => Promise<ProbeResult>;
}

/**
 * Tries the addresses where a broker usually is: this machine, what announces itself on the network, Home Assistant and the router. All at
 * once, so that it takes a few seconds at most. The best one comes first.
 */
export async function findBrokers({
  files,
  programs,
  probe = probeBroker,
}: BrokerPorts): Promise<readonly TriedBroker[]> {
  const announced = await announcedBrokers(programs);
  const gateway = await defaultGateway(files);
  const hosts = ["localhost", ...announced, "homeassistant.local", ...(gateway === undefined ? [] : [gateway])];
  const urls = [...new Set(hosts)].flatMap((host) => [`mqtt://${host}:1883`, `mqtts://${host}:8883`]);
  return Promise.all(urls.map(async (url) => ({ url, result: await probe(url) })));
}

/** The brokers that announce themselves by mDNS. None where the program avahi-browse (package avahi-utils) is not there. */
async function announcedBrokers(programs: Programs): Promise<readonly string[]> {
  const words = ["avahi-browse", "--parsable", "--resolve", "--terminate", "_mqtt._tcp"];
  try {
    const { stdout } = await programs.run(words, { timeoutMs: 3_000, mostBytes: 64 * 1024 });
    // "=;eth0;IPv4;name;_mqtt._tcp;local;host.local;192.168.1.5;1883;..." for each that was resolved.
    const lines = stdout.split("\n").map((line) => line.split(";"));
    return lines.flatMap(([sign, , family, , , , , address = ""]) =>
      sign === "=" && family === "IPv4" && /^[\d.]+$/.test(address) ? [address] : [],
    );
  } catch {
    return [];
  }
}

/** The address of the router: in /proc/net/route the gateway of destination 0, as hexadecimal bytes with the last one first. */
async function defaultGateway(files: Files): Promise<string | undefined> {
  const lines = ((await readTrimmed(files, "/proc/net/route")) ?? "")
    .split("\n")
    .map((line) => line.trim().split(/\s+/));
  const [, , gateway] = lines.find(([, destination]) => destination === "00000000") ?? [];
  if (gateway === undefined || !/^[0-9A-F]{8}$/i.test(gateway)) return undefined;
  return (gateway.match(/../g) ?? [])
    .reverse()
    .map((byte) => Number.parseInt(byte, 16))
    .join(".");
}
