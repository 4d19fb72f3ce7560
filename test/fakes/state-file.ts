import type { StateFile } from "../../src/runtime/machine/state-file.ts";

/** A state file in memory that can be used by one agent after the other. A write takes as long as a test wants, and can be interrupted. */
export class FakeStateFile implements StateFile {
  readonly path = "/var/lib/pi2mqtt/test.json";
  current: string | undefined;
  previous: string | undefined;
  readonly setAsideFiles: string[] = [];
  /** How often something was written. */
  writes = 0;
  /** What each write waits for. If it rejects, the write fails like one to a full disk. */
  disk: () => Promise<void> = async () => {};

  async read(which: "current" | "previous"): Promise<string | undefined> {
    return this[which];
  }

  async write(text: string): Promise<void> {
    await this.disk();
    this.writes += 1;
    this.previous = this.current;
    this.current = text;
  }

  async setAside(which: "current" | "previous"): Promise<string> {
    this.setAsideFiles.push(this[which] ?? "");
    this[which] = undefined;
    return `${this.path}.unusable`;
  }
}
