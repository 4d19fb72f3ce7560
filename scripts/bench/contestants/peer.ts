import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { folder, start } from "../machine/processes.ts";
import type { Contestant } from "./contestant.ts";

/** mqtt-io, a program in Python for the same task, where python3 (or what PEER_PYTHON names) can import it. */
export function peer(): Contestant | undefined {
  const python = process.env["PEER_PYTHON"] ?? "python3";
  if (spawnSync(python, ["-c", "import mqtt_io"]).status !== 0) return undefined;
  const contestant: Contestant = {
    name: "peer",
    title: "mqtt-io",
    start(job) {
      // Its sensors need hardware.
      if (job.what === "sensors") return undefined;
      const prefix = `bench/${job.label}/peer`;
      const file = join(folder, `peer-${job.label}.yaml`);
      const outputs = Array.from({ length: job.count }, (_one, pin) => ({ name: `d${pin}`, module: "mock", pin }));
      writeFileSync(
        file,
        stringify({
          mqtt: { host: "127.0.0.1", port: job.port, topic_prefix: prefix, client_id: `peer-${job.label}` },
          gpio_modules: [{ name: "mock", module: "mock" }],
          digital_outputs: outputs,
        }),
      );
      return {
        contestant,
        job,
        child: start(python, ["-m", "mqtt_io", file]),
        status: { topic: `${prefix}/status`, word: "running" },
        command: (index) => `${prefix}/output/d${index}/set`,
        state: (index) => `${prefix}/output/d${index}`,
        on: "ON",
        off: "OFF",
      };
    },
  };
  return contestant;
}
