/** A message that arrived on one of the subscribed topics. */
export interface BusMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** True when the message may be from an earlier time, since a broker kept it or was to keep it: for a command, a reason to refuse it. */
  readonly retained: boolean;
  /** Where the sender wants its answer (MQTT 5; undefined where nobody may answer), and what it wants to find in it again. */
  readonly answerTo?: { readonly topic: string | undefined; readonly correlation: Uint8Array | undefined } | undefined;
}

/** How a message is sent, where not retained at QoS 1. */
export interface PublishOptions {
  /** Whether the broker keeps it for whoever comes later. Default: true. */
  readonly retain?: boolean;
  /** Handed back to whoever asked (MQTT 5 correlation data). */
  readonly correlation?: Uint8Array | undefined;
  /**
   * Whether it must be sent even where a later one on its topic waits behind it, since what other topics say stands between the two: Home
   * Assistant's discovery. Default: false, and of the retained messages that wait on a topic the broker gets the last.
   */
  readonly inSequence?: boolean;
  /** Called where the broker does not take the message because of its size, which it may have told before or only tells now. */
  readonly tooLarge?: () => void;
}

/** What the agent wants of its bus: the topics to hear, and whom to tell. */
export interface BusListener {
  /**
   * Exact topics of commands, never wildcards. What the broker has kept on them is not wanted, and comes all the same over MQTT 3.1.1.
   * Over MQTT 5, what was published to be kept is told as retained whenever it comes: a bridge that comes back hands such a message
   * on as if it were new.
   */
  readonly topics: readonly string[];
  /** Exact topics of which all that comes live is wanted, kept by the broker or not. */
  readonly news?: readonly string[];
  /** Exact topics of which the kept message is wanted too, at every connect. */
  readonly kept?: readonly string[];
  /** Called on every connect, once the broker has acknowledged the subscriptions: time to say everything again. */
  connected(): void;
  message(message: BusMessage): void;
  /**
   * Who else the broker has heard of under this agent's id, as a phrase such as `the machine "garage"`, as far as is known: it may be
   * who throws us out.
   */
  rival?(): string | undefined;
}

/** The agent's way to the outside world, as one connection that mends itself. */
export interface Bus {
  /**
   * Sends at QoS 1, retained unless told otherwise, in the order of the calls. A retained message that has to wait takes the place of the
   * one that waits on its topic. While there is no connection the message is dropped: whoever
   * publishes says everything again when {@link BusListener.connected} is called, so nothing stale is ever sent late.
   */
  publish(topic: string, payload: string, options?: PublishOptions): void;
  /** How many messages are not with the broker yet. */
  readonly waiting: number;
  /** How many messages that were not retained have been given up since the start, because too many waited. */
  readonly dropped: number;
  /** Says goodbye properly, so that the last will stays unsent, and waits at most about a second for what is under way. */
  close(): Promise<void>;
}
