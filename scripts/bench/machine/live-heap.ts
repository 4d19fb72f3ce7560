import type { ChildProcess } from "node:child_process";
import { pause } from "./processes.ts";

const preload = new URL("../floors/heap-preload.mjs", import.meta.url).href;

/** What a job needs so that {@link liveHeap} can ask its process. */
export const askable = { nodeOptions: ["--expose-gc", "--import", preload], channel: true } as const;

/** The bytes of JavaScript that are alive in the process. The smallest of some answers: what was just in use is gone in the next. */
export async function liveHeap(child: ChildProcess): Promise<number> {
  const answers: number[] = [];
  for (let count = 0; count < 4; count += 1) {
    await pause(300);
    answers.push(await answerOf(child));
  }
  return Math.min(...answers);
}

function answerOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("message", (bytes) => resolve(Number(bytes)));
    child.send("how much is alive?", (error) => error && reject(error));
  });
}
