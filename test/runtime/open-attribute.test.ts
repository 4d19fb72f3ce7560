import { createSocket } from "node:dgram";
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openAttribute } from "../../src/runtime/machine/open-attribute.ts";

/** How many bytes have come over the loop of this machine. A test can raise it. */
const received = "/sys/class/net/lo/statistics/rx_bytes";

/** Sends a message to this machine itself. */
function sendToMyself(): Promise<void> {
  const socket = createSocket("udp4");
  return new Promise((resolve) =>
    socket.send("1234567890", 9, "127.0.0.1", () => {
      socket.close();
      resolve();
    }),
  );
}

describe.skipIf(!existsSync(received))("an attribute of the kernel that stays open", () => {
  it("shows the number of each moment", async () => {
    const file = await openAttribute(received);
    const before = Number(await file?.read());
    await sendToMyself();
    const after = Number(await file?.read());
    file?.close();
    expect(after).toBeGreaterThanOrEqual(before + 10);
  });

  it("is closed when the readings that are under way have ended", async () => {
    const file = await openAttribute(received);
    const readings = Array.from({ length: 8 }, () => file?.read());
    file?.close();
    for (const text of await Promise.all(readings)) expect(text).toMatch(/^\d+\n$/);
  });

  it("is of sysfs", async () => {
    expect(await openAttribute("/proc/self/limits")).toBeUndefined();
    await expect(openAttribute("/sys/no")).rejects.toMatchObject({ code: "ENOENT" });
  });
});
