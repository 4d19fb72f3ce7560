import { connect as connectPlain, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { errorCode } from "../../core/errors.ts";

/** What came of an attempt to speak MQTT with an address. */
export type ProbeResult =
  | { readonly is: "open" }
  | { readonly is: "locked" }
  | { readonly is: "nothing"; readonly why: string };

/** Who asks to be let in. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

/** How long one address may take: a computer that is switched off does not answer at all. */
const patienceMs = 2_000;

/** Asks whether a broker is at an address, and whether it lets us in. The connection is closed again at once. Never rejects. */
export function probeBroker(url: string, login?: Login, waitMs = patienceMs): Promise<ProbeResult> {
  const address = addressOf(url);
  if (address === undefined) return Promise.resolve({ is: "nothing", why: "this is no address of MQTT over TCP" });
  return new Promise((resolve) => {
    const { isTls, host, port } = address;
    const socket: Socket = isTls
      ? connectTls({ host, port, ...(isIP(host) === 0 && { servername: host }) })
      : connectPlain({ host, port });
    const timer = setTimeout(() => finish({ is: "nothing", why: "no answer" }), waitMs);
    const finish = (result: ProbeResult) => {
      clearTimeout(timer);
      socket.removeAllListeners().on("error", () => {});
      socket.destroy();
      resolve(result);
    };
    socket.on(isTls ? "secureConnect" : "connect", () => socket.write(connectPacket(login)));
    socket.on("data", (bytes: Buffer) => finish(answerIn(bytes)));
    socket.on("error", (error) => finish({ is: "nothing", why: errorCode(error) || error.message }));
    socket.on("close", () => finish({ is: "nothing", why: "it closed the connection" }));
  });
}

/** The parts of an address. Undefined for another protocol, such as ws. */
function addressOf(url: string): { isTls: boolean; host: string; port: number } | undefined {
  const [, protocol = "", host = "", port] =
    /^(mqtts?|tcp|ssl|tls):\/\/(?:[^@/]*@)?(\[[0-9a-f:]+\]|[^:/]+)(?::(\d+))?\/?$/i.exec(url) ?? [];
  if (host === "") return undefined;
  const isTls = ["mqtts", "ssl", "tls"].includes(protocol.toLowerCase());
  return { isTls, host: host.replace(/^\[|\]$/g, ""), port: Number(port ?? (isTls ? 8883 : 1883)) };
}

/** CONNECT of MQTT 3.1.1 (section 3.1), with a clean session and no client id, which every broker of that version takes. */
function connectPacket(login: Login | undefined): Buffer {
  const text = (word: string) => {
    const bytes = Buffer.from(word, "utf8");
    return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
  };
  const flags = 0b10 | (login === undefined ? 0 : 0b1100_0000);
  const body = Buffer.concat([
    text("MQTT"),
    Buffer.from([4, flags, 0, 10]),
    text(""),
    ...(login === undefined ? [] : [text(login.username), text(login.password)]),
  ]);
  return Buffer.concat([Buffer.from([0x10, ...lengthBytes(body.length)]), body]);
}

/** A length in groups of seven bits, the lowest first (section 2.2.3). */
function lengthBytes(length: number): number[] {
  return length < 128 ? [length] : [(length & 0x7f) | 0x80, ...lengthBytes(length >> 7)];
}

/** CONNACK (section 3.2): its code is 0 when we are let in, and 4 or 5 when name and password are wrong or missing. */
function answerIn(bytes: Buffer): ProbeResult {
  if (bytes[0] !== 0x20 || bytes.length < 4) return { is: "nothing", why: "something else than a broker answered" };
  if (bytes[3] === 0) return { is: "open" };
  return bytes[3] === 4 || bytes[3] === 5
    ? { is: "locked" }
    : { is: "nothing", why: `it refused the connection (code ${bytes[3]})` };
}
