import type { Command } from "commander";

/** The exit status EX_CONFIG of sysexits.h: the configuration is wrong. systemd does not start the agent again after it. */
export const configurationWrong = 78;

/** What a command line leads to: a status to end with, or an agent that runs until it is stopped. */
export type Outcome =
  | { readonly exitCode: number }
  | {
      /** Stops the agent. Resolves with whether every device is at rest. */
      readonly stop: () => Promise<boolean>;
      /** Resolves when the agent wants to stop by itself, with the exit status for that. Undefined: it never wants to. */
      readonly ended?: Promise<number> | undefined;
      /** Says in the log that a signal changes nothing. */
      readonly ignored: (signal: string) => void;
    };

/** Adds one command to the program. The command gives its outcome to `finish`; without that, the program ends with status 0. */
export type AddCommand = (program: Command, finish: (outcome: Outcome) => void) => void;
