import { createRequire } from "node:module";
import { join } from "node:path";

/** What the package socket.io-client gives, as far as it is used here. */
interface Socket {
  on(event: string, listener: (...values: never[]) => void): void;
  once(event: string, listener: (...values: never[]) => void): void;
  emit(event: string, ...values: unknown[]): void;
  disconnect(): void;
}
type Connect = (url: string, options: { path: string; forceNew: boolean }) => Socket;

/** What the dashboard tells to each page that is opened. */
interface Settings {
  readonly pages: Readonly<Record<string, { readonly path: string }>>;
}

/** A message that a widget was given, or one of the points that a chart made of it. */
interface Message {
  readonly payload?: unknown;
  readonly _datapoint?: unknown;
}

/** What the dashboard keeps for a widget and tells to a page that is opened later. */
export interface Widget {
  /** The last message; none for a chart. */
  readonly message?: Message;
  /** The points of a chart; none for other widgets. */
  readonly points: readonly unknown[];
  /** What messages have changed of the widget itself. */
  readonly state: { readonly enabled?: boolean };
}

/** A browser that has the dashboard open: it says what is clicked and asks for what is shown. */
export class DashboardPage {
  /** The paths of the pages in the menu, below /dashboard. */
  readonly paths: readonly string[];
  readonly #socket: Socket;

  private constructor(socket: Socket, { pages }: Settings) {
    this.#socket = socket;
    this.paths = Object.values(pages).map(({ path }) => path);
  }

  static async open(url: string, installation: string): Promise<DashboardPage> {
    const { io } = createRequire(join(installation, "package.json"))("socket.io-client") as { io: Connect };
    const socket = io(url, { path: "/dashboard/socket.io", forceNew: true });
    const settings = await new Promise<Settings>((resolve, reject) => {
      socket.once("ui-config", (_dashboard: string, config: Settings) => resolve(config));
      socket.once("connect_error", (error: Error) => reject(error));
    });
    return new DashboardPage(socket, settings);
  }

  /** Moves a switch. */
  change(id: string, value: boolean): void {
    this.#socket.emit("widget-change", id, value);
  }

  /** What a widget shows to a page that is opened now. */
  load(id: string): Promise<Widget> {
    return new Promise((resolve) => {
      this.#socket.once(`widget-load:${id}`, (kept: Message | Message[] | null, state: Widget["state"] | null) => {
        const points = Array.isArray(kept) ? kept.map(({ _datapoint }) => _datapoint) : [];
        const message = Array.isArray(kept) || kept === null ? {} : { message: kept };
        resolve({ ...message, points, state: state ?? {} });
      });
      this.#socket.emit("widget-load", id);
    });
  }

  /** Loads a widget after each message that it gets until it is as wanted; the test's own time limit ends a vain wait. */
  async until(id: string, wanted: (widget: Widget) => boolean): Promise<Widget> {
    let wake = () => {};
    this.#socket.on(`msg-input:${id}`, () => wake());
    for (;;) {
      const next = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const widget = await this.load(id);
      if (wanted(widget)) return widget;
      await next;
    }
  }

  close(): void {
    this.#socket.disconnect();
  }
}
