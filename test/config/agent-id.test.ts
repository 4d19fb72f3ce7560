import { describe, expect, it } from "vitest";
import { lamp } from "./bad-files/bad-file.ts";
import { checked } from "./checked.ts";

const others =
  "is a host name that systems come with; write an agent.id of its own, since two machines with the same one disconnect each other from the broker";

describe("an agent's id that many machines have", () => {
  it.each(["raspberrypi", "raspberrypi.local", "localhost", "localhost.localdomain", "DietPi", "ubuntu", ""])(
    "is warned of where it is the host name: %s",
    (hostname) => {
      const { config, warnings } = checked(lamp, { hostname });
      expect(warnings).toEqual([`agent.id: "${config?.agent.id}" ${others}`]);
    },
  );

  it("is warned of where it is written", () => {
    expect(checked(`agent:\n  id: raspberrypi\n${lamp}`).warnings).toEqual([
      `devices.yaml:2:7  agent.id: "raspberrypi" ${others}`,
    ]);
  });

  it.each(["office-pi", "raspberrypi-cellar", "raspberrypi4"])("is not %s", (hostname) => {
    expect(checked(lamp, { hostname }).warnings).toEqual([]);
  });

  it("is no longer that of the host where one is written", () => {
    expect(checked(`agent: {id: cellar}\n${lamp}`, { hostname: "raspberrypi" }).warnings).toEqual([]);
  });
});
