import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startInLab } from "./lab.ts";
import { OutsidePins } from "./pins.ts";

/** A Raspberry Pi 3 that runs in QEMU; this machine is 10.0.2.2 for it. */
export interface EmulatedPi {
  readonly pins: OutsidePins;
  /** Runs a shell command in the Pi, as root, and gives what it printed; rejects when it fails. */
  shell(command: string): Promise<string>;
  /** Pulls the plug. */
  stop(): Promise<void>;
}

/** How long a Pi may run at most, whatever becomes of the test. */
const limitSeconds = 900;

/** Boots a Pi that has copies of folders of this machine: where they lie in the Pi, and here. */
export async function bootPi(folders: Readonly<Record<string, string>>): Promise<EmulatedPi> {
  const work = mkdtempSync(join(tmpdir(), "pi2mqtt-pi-"));
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  const added = Object.entries(folders).flatMap(([place, folder]) => ["-a", `${folder}:${place}`]);
  const options = ["-q", join(work, "qtest"), "-s", String(limitSeconds), ...added];
  const program = startInLab("boot.sh", [...options, "nc", "10.0.2.2", String(port), "-e", "/bin/sh"]);
  const connected = new Promise<Socket>((resolve) => server.once("connection", resolve));
  const endedEarly = program.ended.then((status) => {
    throw new Error(`the Pi ended with ${status} before it was reached: ${program.output()}`);
  });
  try {
    const socket = await Promise.race([connected, endedEarly]);
    const pins = await OutsidePins.open(join(work, "qtest"));
    return {
      pins,
      shell: shellOver(socket),
      async stop() {
        pins.close();
        program.child.kill();
        await program.ended.catch(() => {});
        server.close();
        rmSync(work, { recursive: true });
      },
    };
  } catch (error) {
    server.close();
    program.child.kill();
    throw error;
  }
}

/** A shell at the other end of a socket: one command after the other, each answered by its output and its status. */
function shellOver(socket: Socket): (command: string) => Promise<string> {
  let unread = "";
  let wake = () => {};
  let closed = false;
  socket.setEncoding("utf8").on("data", (text: string) => {
    unread += text;
    wake();
  });
  socket.once("close", () => {
    closed = true;
    wake();
  });
  socket.on("error", () => {});

  const answer = /^([\s\S]*)\n@@(\d+)\n$/;
  return async (command) => {
    unread = "";
    socket.write(`${command}\nprintf '\\n@@%s\\n' $?\n`);
    for (;;) {
      const [, output = "", status] = answer.exec(unread) ?? [];
      if (status === "0") return output.trim();
      if (status !== undefined) throw new Error(`"${command}" ended with ${status} in the Pi: ${output.trim()}`);
      if (closed) throw new Error(`the Pi went away during "${command}"`);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
}
