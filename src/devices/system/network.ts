import { UserError } from "../../core/errors.ts";
import { around } from "../../core/simulation/pretend.ts";
import type { Source } from "./source.ts";

const wirelessFile = "/proc/net/wireless";

/** The strength of the Wi-Fi signal. A driver that does not give it in dBm gives a number above 0, which is out of range. */
export const wireless: Source<"wifi_signal"> = {
  offered: {
    wifi_signal: {
      name: "Wi-Fi signal",
      unit: "dBm",
      device_class: "signal_strength",
      digits: 0,
      range: [-120, -1],
      simulated: around(-58, 5, 180_000),
    },
  },
  open:
    ({ files }) =>
    async () => {
      const text = await files.readText(wirelessFile).catch(() => "");
      // Below two lines of titles: "wlan0: 0000   54.  -56.  -256        0 …" (net/wireless/wext-proc.c).
      const level = /^\s*\S+:\s+[0-9a-f]+\s+\S+\s+(-?\d+)/m.exec(text)?.[1];
      if (level === undefined) throw new UserError("the kernel shows no Wi-Fi");
      return { wifi_signal: Number(level) };
    },
  files: ({ wifi_signal: level }) => ({
    [wirelessFile]: `Inter-| sta-|   Quality        |   Discarded packets               | Missed | WE
 face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22
 wlan0: 0000   ${110 + Math.round(level)}.  ${Math.round(level)}.  -256        0      0      0      0      0        0
`,
  }),
};

const mib = 2 ** 20;
const traffic = {
  unit: "MiB",
  device_class: "data_size",
  state_class: "total_increasing",
  digits: 1,
  range: [0, 1e12],
} as const;

/** What went through a network interface since it is there. */
export const network: Source<"network_in" | "network_out"> = {
  offered: {
    network_in: { name: "Network in", ...traffic, simulated: around(5120, 0, 60_000) },
    network_out: { name: "Network out", ...traffic, simulated: around(840, 0, 60_000) },
  },
  open({ files }, { interface: name = "" }) {
    const mebibytes = async (counter: string) => {
      const text = await files.readText(`/sys/class/net/${name}/statistics/${counter}`).catch((cause) => {
        throw new UserError(`there is no network interface ${name}`, { cause });
      });
      return Number(text.trim() || Number.NaN) / mib;
    };
    return async () => ({ network_in: await mebibytes("rx_bytes"), network_out: await mebibytes("tx_bytes") });
  },
  files: ({ network_in: received, network_out: sent }, { interface: name = "" }) => ({
    [`/sys/class/net/${name}/statistics/rx_bytes`]: `${Math.round(received * mib)}\n`,
    [`/sys/class/net/${name}/statistics/tx_bytes`]: `${Math.round(sent * mib)}\n`,
  }),
};
