import type { Writable } from "node:stream";

/** What a stream was given in one call of `write`. */
interface Piece {
  readonly chunk: string | Uint8Array;
  readonly encoding: BufferEncoding;
}

/**
 * Makes a stream write in one piece what was written while it was held back. mqtt.js gives each packet in seven pieces or more, and for
 * thousands of pieces Node.js and the kernel take four times as long as for one.
 */
export function joinWrites(stream: Writable): void {
  stream._writev = (pieces: Piece[], done) => stream._write(joined(pieces), "buffer" as BufferEncoding, done);
}

function joined(pieces: readonly Piece[]): Buffer {
  const bytes = Buffer.allocUnsafe(pieces.reduce((sum, piece) => sum + sizeOf(piece), 0));
  let at = 0;
  for (const { chunk, encoding } of pieces) {
    if (typeof chunk === "string") at += bytes.write(chunk, at, encoding);
    else {
      bytes.set(chunk, at);
      at += chunk.length;
    }
  }
  return bytes;
}

function sizeOf({ chunk, encoding }: Piece): number {
  return typeof chunk === "string" ? Buffer.byteLength(chunk, encoding) : chunk.length;
}
