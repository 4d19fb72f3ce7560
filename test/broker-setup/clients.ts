import type { Machine, Said } from "./machine.ts";

const users = "/etc/mosquitto/pi2mqtt/users";

/** Who comes to the broker, and how: as a user with the password that the script made, or otherwise. */
export interface Client {
  readonly user?: string;
  /** Instead of the one that the script made. */
  readonly password?: string;
  readonly port?: number;
  readonly tls?: boolean;
  readonly certificate?: boolean;
}

/** The password that the script made for a user. */
export function passwordOf(machine: Machine, user: string): string {
  return machine.must(`sed -n 's/^MQTT_PASSWORD=//p' ${users}/${user}/env`);
}

function door(machine: Machine, { user, password, port = 1883, tls = false, certificate = false }: Client): string {
  const words = [`-h 127.0.0.1 -p ${port}`];
  if (user !== undefined) words.push(`-u ${user} -P ${password ?? passwordOf(machine, user)}`);
  if (tls) words.push("--cafile /etc/mosquitto/pi2mqtt/tls/ca.crt");
  if (certificate) words.push(`--cert ${users}/${user}/client.crt --key ${users}/${user}/client.key`);
  return words.join(" ");
}

/** Comes and publishes. The status is 0, or 5 when the broker does not let this client in; the text tells of a forbidden topic. */
export function publish(machine: Machine, client: Client, topic = "home/trial", payload = "on", retain = false): Said {
  const version = client.user === undefined || client.password !== undefined ? "311" : "5";
  return machine.shell(
    `timeout 10 mosquitto_pub ${door(machine, client)} -V ${version} -q 1 -t '${topic}' -m '${payload}' ${retain ? "-r" : ""}`,
  );
}

/** The command that waits for one message, retained or new. */
export function hear(machine: Machine, client: Client, topic: string): string {
  return `timeout 10 mosquitto_sub ${door(machine, client)} -W 2 -C 1 -t '${topic}'`;
}
