import type { DeviceKind } from "../../../src/core/kind.ts";
import { MachineLives } from "../../fakes/homes/machine-lives.ts";
import { kinds } from "../../fakes/kinds.ts";

const pin = 17;

/** A relay with these options, on a machine that runs and has a broker. */
export async function relayWith(options: string, more = "", ...others: DeviceKind[]) {
  const lives = new MachineLives(`devices:\n  it: {kind: relay, topic: it, pin: ${pin}, ${options}}\n${more}`, {
    kinds: [...kinds, ...others],
  });
  await lives.start();
  await lives.advance(1_000);
  return {
    lives,
    isOn: () => lives.level(pin) === 1,
    send: (payload: string) => lives.send("it", payload),
    attributes: () => JSON.parse(lives.bus.retained.get("it/attributes") ?? "{}") as Record<string, unknown>,
    /** What switched the output, by the log. */
    causes: () => lives.log.at("info").flatMap(({ message, cause }) => (message === "state" ? [cause] : [])),
  };
}
