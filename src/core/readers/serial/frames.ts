/** What bytes begin with: a whole frame of so many bytes, the first part of something that may become one, or something else. */
export type Seen<Frame> = { readonly frame: Frame; readonly length: number } | "incomplete" | "nothing";

/** Says what bytes begin with. It gives a frame only if its checksum is right. Its bytes are never empty. */
export type Look<Frame> = (bytes: Uint8Array) => Seen<Frame>;

/**
 * Finds frames in a stream that comes in pieces of any size, may begin in the middle of a frame, and has noise and broken frames between.
 * The function that is returned takes a piece and gives the frames that are whole with it. It keeps at most the last `mostBytes` bytes:
 * at least twice the longest frame.
 */
export function frameStream<Frame>(look: Look<Frame>, mostBytes: number): (piece: Uint8Array) => readonly Frame[] {
  let kept: Uint8Array = new Uint8Array(0);
  return (piece) => {
    const bytes = joined(kept, piece);
    const frames: Frame[] = [];
    let keepFrom = bytes.length;
    for (let at = 0; at < bytes.length; ) {
      const seen = look(bytes.subarray(at));
      if (typeof seen === "object") {
        frames.push(seen.frame);
        at += seen.length;
        // What seemed to begin before it was noise.
        keepFrom = bytes.length;
      } else {
        if (seen === "incomplete") keepFrom = Math.min(keepFrom, at);
        at += 1;
      }
    }
    kept = bytes.slice(Math.max(keepFrom, bytes.length - mostBytes));
    return frames;
  };
}

/** Two pieces as one. */
export function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** Whether bytes begin with these. Undefined: there are too few to tell. */
export function beginsWith(bytes: Uint8Array, start: readonly number[]): boolean | undefined {
  if (start.some((byte, index) => index < bytes.length && bytes[index] !== byte)) return false;
  return bytes.length >= start.length ? true : undefined;
}
