import { connect, type Socket } from "node:net";
import { generate, type IPublishPacket, type Packet, parser } from "mqtt-packet";

/** The quality of service of a message. */
export type Qos = 0 | 1;

/** What is told of each message that arrives. */
export type Heard = (topic: string, payload: string, retained: boolean) => void;

/**
 * The bench's own connection to the broker, MQTT 3.1.1 on a bare socket. It costs less than a whole client, so that what is measured is
 * the contestant and not the bench.
 */
export class Line {
  /** Who hears the messages now. */
  heard: Heard = () => {};
  readonly #socket: Socket;
  readonly #waiting = new Map<number, () => void>();
  #id = 0;

  /** Rejects where nobody accepts the connection. */
  static async open(port: number): Promise<Line> {
    const socket = connect(port, "127.0.0.1").setNoDelay(true);
    return new Promise((resolve, reject) => {
      const line = new Line(socket, () => resolve(line));
      socket.once("close", () => reject(new Error("the broker closed the connection")));
    });
  }

  private constructor(socket: Socket, ready: () => void) {
    this.#socket = socket;
    const parsing = parser({ protocolVersion: 4 });
    parsing.on("packet", (packet) => (packet.cmd === "connack" ? ready() : this.#take(packet)));
    socket.on("data", (chunk) => parsing.parse(chunk)).on("error", () => {});
    const clientId = `bench-${Math.random().toString(36).slice(2)}`;
    socket.write(
      generate({ cmd: "connect", protocolId: "MQTT", protocolVersion: 4, clean: true, clientId, keepalive: 0 }),
    );
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed;
  }

  /** Resolves when the broker has acknowledged all. What it keeps of these topics is heard as retained. */
  subscribe(topics: readonly string[], qos: Qos): Promise<void> {
    const messageId = this.#nextId();
    const subscriptions = topics.map((topic) => ({ topic, qos }));
    this.#socket.write(generate({ cmd: "subscribe", messageId, subscriptions }));
    return new Promise((resolve) => this.#waiting.set(messageId, resolve));
  }

  /** The bytes of a message, for {@link write}. */
  packet(topic: string, payload: string, qos: Qos): Buffer {
    const packet: IPublishPacket = { cmd: "publish", topic, payload, qos, dup: false, retain: false };
    return generate(qos === 0 ? packet : { ...packet, messageId: this.#nextId() });
  }

  /** Hands bytes to the kernel. */
  write(bytes: Uint8Array): void {
    this.#socket.write(bytes);
  }

  publish(topic: string, payload: string, qos: Qos): void {
    this.write(this.packet(topic, payload, qos));
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(packet: Packet): void {
    if (packet.cmd === "publish") {
      if (packet.qos === 1) this.write(generate({ cmd: "puback", messageId: packet.messageId ?? 0 }));
      this.heard(packet.topic, packet.payload.toString(), packet.retain);
    } else if (packet.cmd === "suback" && packet.messageId !== undefined) {
      this.#waiting.get(packet.messageId)?.();
      this.#waiting.delete(packet.messageId);
    }
  }

  #nextId(): number {
    this.#id = (this.#id % 65_535) + 1;
    return this.#id;
  }
}
