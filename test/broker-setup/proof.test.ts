import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cannotRun } from "../e2e/required.ts";
import { hear } from "./clients.ts";
import { Machine, machineMissing } from "./machine.ts";

const missing = machineMissing();
const anna = { user: "anna" };

describe("the proof of setup-broker.sh", () => {
  if (missing !== undefined) return cannotRun(missing);

  let machine: Machine;
  beforeEach(async () => {
    machine = await Machine.start();
  });
  afterEach(() => machine.stop());

  it("fails, with what the agent says, where an agent does not come to work", () => {
    machine.setUp("--topics home/office --people anna");
    const broken = machine.must(
      "mkdir /run/broken && printf '#!/bin/sh\\n[ $2 = check ] || { echo no luck; exit 1; }\\n' >/run/broken/node && chmod 755 /run/broken/node && echo /run/broken",
    );
    const { status, text } = machine.shell(`PATH=${broken}:$PATH ${machine.script}`);
    expect(text).toMatch(/An agent with the password of pi2mqtt-office-pi does not come to work\. It says: no luck/);
    expect(status).toBe(1);
  });

  it("leaves nothing of a proof behind that failed while its agent was at work", () => {
    machine.setUp("--topics home/office --people anna");
    const unfit =
      machine.must(`mkdir /run/unfit && cat >/run/unfit/node <<'END' && chmod 755 /run/unfit/node && echo /run/unfit
${diesAtItsFirstState}
END`);
    const { status, text } = machine.shell(`PATH=${unfit}:$PATH ${machine.script}`);
    expect(text).toMatch(/"on" of anna does not switch the relay of an agent with the password of pi2mqtt-office-pi/);
    expect(status).toBe(1);
    expect(machine.shell(hear(machine, anna, "#")).text).toBe("Timed out\n");
    expect(machine.must("find /run -maxdepth 1 -name 'tmp.*'")).toBe("");
  });

  it("fails, and puts everything back, when the broker does not ask for certificates after all", () => {
    const before = machine.snapshot("/etc");
    const conf = "/etc/mosquitto/conf.d/pi2mqtt.conf";
    // Starts the real one with other settings than the script wrote.
    machine.must(`mkdir /run/lenient && cat >/run/lenient/mosquitto <<'END' && chmod 755 /run/lenient/mosquitto
#!/bin/sh
cp -p ${conf} /run/strict && sed -i '/^require_certificate/d' ${conf}
$(PATH=/usr/sbin:/usr/bin command -v mosquitto) "$@"
status=$?
cp -p /run/strict ${conf}
exit $status
END`);
    const { status, text } = machine.shell(`PATH=/run/lenient:$PATH ${machine.script} --client-certificates`);
    expect(text).toMatch(/The proof failed\. pi2mqtt-office-pi comes in on port 8883 without a certificate/);
    expect(status).toBe(1);
    expect(machine.snapshot("/etc")).toBe(before);
  });
});

/** A node whose agent ends without a word as soon as its relay has said OFF. */
const diesAtItsFirstState = `#!/bin/bash
case "$*" in *" check "*) exec ${process.execPath} "$@" ;; esac
. "$(dirname "\${@: -1}")/.env"
${process.execPath} "$@" &
mosquitto_sub -h 127.0.0.1 -u "$MQTT_USERNAME" -P "$MQTT_PASSWORD" -W 20 -C 1 -t home/office/setup-broker-proof/relay/state
kill -KILL $!`;
