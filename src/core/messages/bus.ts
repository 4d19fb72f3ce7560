/** A message that arrived on one of the subscribed topics. */
export interface BusMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** Whether the message may be an old one, because a broker kept it or was told to keep it. Retained commands are refused. */
  readonly retained: boolean;
  /** How long the message may still wait before it means nothing any more, in milliseconds (MQTT 5). Absent: for ever. */
  readonly expiresInMs?: number | undefined;
  /** Where the sender wants the answer, and what the answer must repeat (MQTT 5). The topic is undefined where no answer may be written. */
  readonly answerTo?: { readonly topic: string | undefined; readonly correlation: Uint8Array | undefined } | undefined;
}

/** How a message is sent. */
export interface PublishOptions {
  /** Whether the broker keeps the message for those who subscribe later. Default: true. */
  readonly retain?: boolean;
  /** Repeated in the answer for the sender of a request (MQTT 5 correlation data). */
  readonly correlation?: Uint8Array | undefined;
  /**
   * Whether the message must be sent even if a later one on its topic waits behind it. Home Assistant's discovery needs that, since
   * messages on other topics come between the two. Default: false: of the retained messages that wait on one topic, only the last is sent.
   */
  readonly inSequence?: boolean;
  /** Called when the message is too large for the broker. The broker may have said its limit before, or it refuses the message only now. */
  readonly tooLarge?: () => void;
}

/** What the agent needs of its bus: the topics to subscribe to, and functions to call. */
export interface BusListener {
  /**
   * Exact topics of commands, never wildcards. Messages that the broker has kept on them are not asked for, but come all the same over MQTT
   * 3.1.1. Over MQTT 5 a message that was published with retain is marked as retained whenever it comes: a bridge that reconnects sends
   * such a message as if it were new.
   */
  readonly topics: readonly string[];
  /** Exact topics on which every new message is wanted, published with retain or not. */
  readonly news?: readonly string[];
  /** Exact topics on which the message that the broker has kept is wanted too, at every connect. */
  readonly kept?: readonly string[];
  /** Called at every connect, after the broker has acknowledged the subscriptions. Then everything must be published again. */
  connected(): void;
  /** Called when there is no connection any more, until the next {@link connected}. Not called when the agent closes it. */
  lost?(): void;
  message(message: BusMessage): void;
  /**
   * Who else uses this agent's id, if the broker has shown that, as a phrase such as `the machine "garage"`. That may be why the broker
   * closes our connections.
   */
  rival?(): string | undefined;
}

/** The agent's connection to MQTT. It reconnects by itself. */
export interface Bus {
  /**
   * Sends at QoS 1, retained unless told otherwise, in the order of the calls. If a retained message waits on a topic, a new one replaces
   * it. While there is no connection, messages are dropped: everything is published again when {@link BusListener.connected} is called, so
   * no old message is ever sent late.
   */
  publish(topic: string, payload: string, options?: PublishOptions): void;
  /** How many messages the broker has not acknowledged yet. */
  readonly waiting: number;
  /** How many messages that were not retained have been dropped since the start, because too many waited. */
  readonly dropped: number;
  /** Disconnects properly, so that the broker does not publish the last will. Waits about a second at most for what is being sent. */
  close(): Promise<void>;
}
