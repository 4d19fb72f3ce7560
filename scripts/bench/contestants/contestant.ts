import type { ChildProcess } from "node:child_process";
import type { Qos } from "../load/line.ts";

/** Who is measured. */
export type Name = "agent" | "echo-q1" | "echo-q0" | "c" | "peer";

/** What a contestant is to do. */
export interface Job {
  readonly port: number;
  /** How many relays it has, or how many sensors. */
  readonly count: number;
  /** Relays take commands; sensors say a reading each second. */
  readonly what: "relays" | "sensors";
  /** At which quality of service it subscribes, where it can choose. */
  readonly qos: Qos;
  /** Makes topics and ids different from those of other jobs on the same broker. */
  readonly label: string;
  /** Sensors only, and only of an echo: all timers together, or each with a phase of its own. */
  readonly phased?: boolean;
  /** Of a program of Node.js only: the words of a program that starts it, such as strace. */
  readonly before?: readonly string[];
  /** Of a program of Node.js only: options of Node.js itself. */
  readonly nodeOptions?: readonly string[];
  /** Of a program of Node.js only: whether it has a channel to the bench. */
  readonly channel?: boolean;
}

/** A program that turns commands into states. */
export interface Contestant {
  readonly name: Name;
  /** For people: what it is. */
  readonly title: string;
  /** Starts it. Undefined where it cannot do this job. */
  start(job: Job): Running | undefined;
}

/** A contestant that was started; it may not be ready yet. */
export interface Running {
  readonly contestant: Contestant;
  readonly job: Job;
  readonly child: ChildProcess;
  /** The topic on which it says that it is ready, and the word for it. */
  readonly status: { readonly topic: string; readonly word: string };
  /** Where the command for a relay goes, and which word switches it. */
  command(index: number): string;
  readonly on: string;
  readonly off: string;
  /** Where the state of a relay is said, `ON` or `OFF`. */
  state(index: number): string;
}
