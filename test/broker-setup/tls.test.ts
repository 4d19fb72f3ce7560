import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cannotRun } from "../e2e/required.ts";
import { hear, passwordOf, publish } from "./clients.ts";
import { Machine, machineMissing } from "./machine.ts";

const missing = machineMissing();
const home = "/etc/mosquitto/pi2mqtt";
const network = { port: 8883, tls: true };
const anna = { user: "anna" };

const devices = (id: string) =>
  `agent: {id: ${id}}\\ndevices:\\n  lamp: {kind: relay, topic: home/${id}/lamp, pin: 17}\\n`;

describe("the real agent and a broker that setup-broker.sh gave TLS", () => {
  if (missing !== undefined) return cannotRun(missing);

  let machine: Machine;
  /** A folder as /etc/pi2mqtt on the machine of that agent, with the files the script made for it. */
  const folderOf = (id: string, change = "true") => {
    const folder = `/run/${id}-${Math.random().toString(36).slice(2)}`;
    machine.must(`cp -r ${home}/users/pi2mqtt-${id} ${folder} && cd ${folder} && mv env .env && printf '${devices(id)}' >devices.yaml
      ${change}`);
    return folder;
  };
  const start = (folder: string) => machine.startAgent(`${folder}/devices.yaml`);
  const switches = async (id: string) => {
    await machine.until(`${hear(machine, anna, `pi2mqtt/${id}/status`)} | grep -x online`);
    for (const [command, state] of [
      ["on", "ON"],
      ["off", "OFF"],
    ] as const) {
      publish(machine, anna, `home/${id}/lamp`, command);
      await machine.until(`${hear(machine, anna, `home/${id}/lamp/state`)} | grep -x ${state}`);
    }
  };

  beforeAll(async () => {
    machine = await Machine.start();
    machine.setUp("--people anna --agent cellar-pi --agent attic-pi --tls");
  });
  afterAll(() => machine.stop());

  it("serves the network with TLS only, and this machine on 1883", () => {
    const listening = machine.must("ss -Hltn | awk '{ print $4 }'").split("\n");
    expect(
      listening.filter((address) => address.endsWith(":1883")).every((address) => /^(127\.|\[::1\])/.test(address)),
    ).toBe(true);
    expect(listening).toEqual(expect.arrayContaining(["127.0.0.1:1883", "0.0.0.0:8883", "[::]:8883"]));
    expect(publish(machine, { ...anna, ...network }).status).toBe(0);
    expect(publish(machine, { ...network }).status).toBe(5);
    expect(publish(machine, { ...anna, port: 8883 }).status).not.toBe(0);
  });

  it("lets an agent in with the files made for it, and its lamp switches", async () => {
    start(folderOf("cellar-pi"));
    await switches("cellar-pi");
  });

  it("is refused by an agent that knows another CA, or another name", async () => {
    const stranger = start(
      folderOf(
        "attic-pi",
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=foreign -keyout /dev/null -out ca.crt 2>/dev/null",
      ),
    );
    await machine.until(`grep 'its certificate is not signed by a CA that is trusted here; set MQTT_CA' ${stranger}`);
    const misled = start(folderOf("attic-pi", "sed -i s/office-pi.local/called-otherwise/ .env"));
    await machine.until(
      `grep 'its certificate is for another host name; use the name that the certificate has' ${misled}`,
    );
    expect(machine.must(`cat ${stranger} ${misled}`)).not.toContain("connected to the broker");
  });

  it("takes another name into its certificate, with the same CA, and is then believed", async () => {
    const authority = machine.must(`sha256sum ${home}/tls/ca.*`);
    machine.setUp("--name called-otherwise --name fd00::2 --name 192.0.2.9");
    expect(machine.must(`sha256sum ${home}/tls/ca.*`)).toBe(authority);
    expect(machine.must(`openssl x509 -in ${home}/tls/broker.crt -noout -ext subjectAltName`)).toMatch(
      /DNS:office-pi.local, .*DNS:called-otherwise, IP Address:FD00:.*:2, IP Address:192\.0\.2\.9$/,
    );
    expect(machine.must(`cat ${home}/users/pi2mqtt-attic-pi/env`)).toContain("MQTT_URL=mqtts://called-otherwise:8883");
    start(folderOf("attic-pi"));
    await switches("attic-pi");
  });

  it("asks for certificates too when it is told to, and knows those it made", async () => {
    const passwords = ["anna", "pi2mqtt-cellar-pi"].map((user) => passwordOf(machine, user));
    machine.setUp("--client-certificates --agent porch-pi");
    expect(["anna", "pi2mqtt-cellar-pi"].map((user) => passwordOf(machine, user))).toEqual(passwords);
    expect(publish(machine, { ...anna, ...network }).status).not.toBe(0);
    expect(publish(machine, { ...anna, ...network, certificate: true }).status).toBe(0);
    expect(publish(machine, { ...anna, ...network, certificate: true, password: "guessed" }).status).toBe(5);
    start(folderOf("porch-pi"));
    await switches("porch-pi");
  });

  it("keeps private keys from everybody but root and the broker's own from all but the broker", () => {
    const keys = machine.must(`find ${home} -name '*.key' -printf '%P %m %u:%g\\n' | sort`).split("\n");
    expect(keys).toContain("tls/broker.key 600 mosquitto:mosquitto");
    for (const key of keys) if (!key.startsWith("tls/broker.key")) expect(key).toMatch(/ 600 root:root$/);
    expect(keys).toHaveLength(6);
  });

  it("changes nothing when it runs again, and makes certificates anew in their last year", () => {
    const once = machine.snapshot("/etc");
    machine.setUp();
    expect(machine.snapshot("/etc")).toBe(once);
    const certificates = () => machine.must(`cd ${home} && sha256sum tls/broker.crt users/anna/client.crt`);
    const old = certificates();
    machine.must(`cd ${home} && openssl x509 -in tls/broker.crt -out tls/short.crt -days 300 -signkey tls/broker.key 2>/dev/null &&
      openssl x509 -req -in <(openssl req -new -key tls/broker.key -subj /CN=office-pi) -CA tls/ca.crt -CAkey tls/ca.key -set_serial 7 -days 300 -out tls/broker.crt 2>/dev/null
      rm tls/short.crt`);
    machine.setUp();
    const [broker, client] = certificates().split("\n");
    expect(old).not.toContain(broker);
    expect(old).toContain(client);
    expect(machine.shell(`openssl x509 -in ${home}/tls/broker.crt -noout -checkend 94608000`).status).toBe(0);
  });

  it("goes back to no TLS with --plain", () => {
    machine.setUp("--plain");
    expect(publish(machine, anna).status).toBe(0);
    expect(publish(machine, { ...anna, ...network }).status).not.toBe(0);
    expect(machine.must(`ls ${home}/users/anna`)).toBe("env");
  });
});
