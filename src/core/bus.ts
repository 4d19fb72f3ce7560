/** A message that arrived on one of the subscribed topics. */
export interface BusMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** True when the broker kept this message from an earlier time: for a command, a reason to refuse it. */
  readonly retained: boolean;
}

/** What the agent wants of its bus: the topics to hear, and whom to tell. */
export interface BusListener {
  /** Exact topics, never wildcards. */
  readonly topics: readonly string[];
  /** Called on every connect, once the broker has acknowledged the subscriptions: time to say everything again. */
  connected(): void;
  message(message: BusMessage): void;
}

/** The agent's way to the outside world, as one connection that mends itself. */
export interface Bus {
  /**
   * Sends at QoS 1, retained, in the order of the calls. While there is no connection the message is dropped: whoever
   * publishes says everything again when {@link BusListener.connected} is called, so nothing stale is ever sent late.
   */
  publish(topic: string, payload: string): void;
  /** Says goodbye properly, so that the last will stays unsent, and waits at most about a second for what is under way. */
  close(): Promise<void>;
}
