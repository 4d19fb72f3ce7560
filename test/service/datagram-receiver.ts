import { rmSync } from "node:fs";
import { machine, tmpdir } from "node:os";
import { join } from "node:path";
import { loadCLibrary } from "../../src/core/hardware/native.ts";

/** A socket like the one at which systemd listens; Node.js has none of the kind. */
export interface DatagramReceiver {
  /** Its path. */
  readonly path: string;
  /** The next datagram that came, or undefined where none is waiting. */
  next(): string | undefined;
  close(): void;
}

/** What a C library is loaded with on this machine. */
export const thisMachine = { machine: machine(), load: (packageName: string) => import(packageName) };

/** Listens at a path of its own, which is removed in the end. Rejects where koffi cannot be loaded. */
export async function receiveDatagrams(): Promise<DatagramReceiver> {
  const library = await loadCLibrary(thisMachine);
  const bind = library.func("int bind(int socket, const void *address, unsigned int length)");
  const recv = library.func("long recv(int socket, void *buffer, size_t size, int flags)");
  const close = library.func("int close(int file)");
  const path = join(tmpdir(), `pi2mqtt-notify-${process.pid}-${Math.random().toString(36).slice(2)}`);
  const file = library.func("int socket(int family, int type, int protocol)")(1, 2, 0);
  const address = Buffer.concat([Uint8Array.of(1, 0), Buffer.from(`${path}\0`)]);
  library.checked("bind", bind(file, address, address.byteLength));
  const atOnce = 0x40;
  return {
    path,
    next() {
      const buffer = Buffer.alloc(4096);
      const size = recv(file, buffer, buffer.byteLength, atOnce);
      return size < 0 ? undefined : buffer.toString("utf8", 0, size);
    },
    close() {
      close(file);
      rmSync(path, { force: true });
    },
  };
}
