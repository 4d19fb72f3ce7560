import { UserError } from "../../errors.ts";
import type { SerialLine, SerialSettings } from "../../hardware/serial.ts";
import type { SensorContext } from "../../sensor.ts";

/** What happens to a line that is kept open. */
export interface LineEvents {
  /** Called for each line that was opened, before anything else is done with it. What it rejects with is why the line cannot be used. */
  readonly onOpen: (line: SerialLine) => Promise<void> | void;
  /** The line is gone, as when an adapter was unplugged. */
  readonly onGone: () => void;
}

/**
 * Opens a line for as long as the device runs. The function that is returned gives the open line, and opens it again when it was gone.
 * Rejects with the reason why the line cannot be opened.
 */
export async function keepOpen(
  { serial, onStop }: Pick<SensorContext, "serial" | "onStop">,
  settings: SerialSettings,
  { onOpen, onGone }: LineEvents,
): Promise<() => Promise<SerialLine>> {
  let line: Awaited<ReturnType<typeof serial.open>> | undefined;
  let stopped = false;

  const letGo = async () => {
    const before = line;
    line = undefined;
    await before?.close();
  };
  onStop(() => {
    stopped = true;
    return letGo();
  });
  const use = async () => {
    if (line !== undefined) return line;
    const opened = await serial.open(settings);
    line = opened;
    if (stopped) {
      await letGo();
      throw new UserError("the device has stopped");
    }
    opened.onGone(() => {
      if (line !== opened) return;
      onGone();
      void letGo().catch(() => {});
    });
    try {
      await onOpen(opened);
    } catch (error) {
      await letGo();
      throw error;
    }
    return opened;
  };
  await use();
  return use;
}
