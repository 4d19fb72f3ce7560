import type { CLibrary } from "../core/hardware/native.ts";

/** Values of the Linux ABI, the same on x86 and ARM. */
const unixFamily = 1;
const datagramClosedOnExec = 2 | 0o2000000;
/** Flags of sendto(2): fail instead of waiting when the receiver's queue is full, and raise no signal. */
const atOnceWithoutSignal = 0x40 | 0x4000;
const longestAddress = 108;

/**
 * Sends one datagram to a UNIX socket; Node.js has no call for that. The address is a path, or `@` and a name without a file. Throws an
 * error with a `code`: EAGAIN if the receiver's queue is full.
 */
export function sendDatagram(library: CLibrary, address: string, text: string): void {
  const place = socketAddress(address);
  const message = Buffer.from(text);
  const socket = library.func("int socket(int family, int type, int protocol)");
  const close = library.func("int close(int file)");
  const sendto = library.func(
    "long sendto(int socket, const void *message, size_t size, int flags, const void *address, unsigned int length)",
  );
  const file = library.checked("socket", socket(unixFamily, datagramClosedOnExec, 0));
  try {
    library.checked("sendto", sendto(file, message, message.byteLength, atOnceWithoutSignal, place, place.byteLength));
  } finally {
    close(file);
  }
}

/** `struct sockaddr_un` (unix(7)): the family, then a path that ends with NUL, or NUL and a name. */
function socketAddress(address: string): Uint8Array {
  const isPath = address.startsWith("/");
  if (!isPath && !address.startsWith("@")) throw new Error(`"${address}" is not the address of a UNIX socket`);
  const name = Buffer.from(isPath ? `${address}\0` : `\0${address.slice(1)}`);
  if (name.byteLength > longestAddress) throw new Error(`"${address}" is too long for the address of a UNIX socket`);
  return Buffer.concat([new Uint8Array(Uint16Array.of(unixFamily).buffer), name]);
}
