import { UserError } from "../../core/errors.ts";
import type { GpioBank, InputRequest, Level, OutputRequest, PwmRequest } from "../../core/hardware/gpio.ts";
import { dutyRange, dutySteps, glitchFilterUs, requireFrequency, requirePin } from "../pigpio/limits.ts";
import type { PigpiodConnection } from "./connection.ts";
import { type Command, modes, pulls } from "./protocol.ts";
import type { Watch } from "./watch.ts";

/** A connection and the inputs that it watches. */
export interface Session {
  readonly connection: PigpiodConnection;
  readonly watch: Watch;
}

/**
 * The pins of a daemon. When it goes away, every owner is told and its line fails from then on; the next claim connects
 * anew.
 */
export function pigpiodBank(description: string, first: Session, openSession: () => Promise<Session>): GpioBank {
  let session: Promise<Session> | undefined;
  const use = (opening: Promise<Session>): Promise<Session> => {
    session = opening;
    const forget = () => {
      if (session === opening) session = undefined;
    };
    opening.then(({ connection }) => connection.whenLost(forget), forget);
    return opening;
  };
  void use(Promise.resolve(first));
  const current = () => session ?? use(openSession());

  return {
    description,
    async look(pin) {
      requirePin(pin);
      return {};
    },
    async output(pin, request) {
      requirePin(pin);
      return claimOutput((await current()).connection, pin, request);
    },
    async input(pin, request) {
      requirePin(pin);
      return claimInput(await current(), pin, request);
    },
    async pwm(pin, request) {
      requirePin(pin);
      return claimPwm((await current()).connection, pin, request);
    },
    async close() {
      const open = await session?.catch(() => undefined);
      open?.watch.stop();
      await open?.connection.close();
    },
  };
}

/**
 * What an owner drives. A command is in the system's hands when `send` returns, and on the pin when the daemon has read
 * it, some tenths of a millisecond later; commands keep their order. One that is refused or lost cannot be thrown any
 * more: it takes the pin from its owner through `onError`, and every later `send` throws.
 */
function driven(connection: PigpiodConnection, pin: number, { onError }: Pick<OutputRequest, "onError">) {
  let lost: Error | undefined;
  let answered: Promise<unknown> = Promise.resolve();
  const lose = (error: Error) => {
    if (lost !== undefined) return;
    lost = error;
    onError?.(error);
  };
  const stopListening = connection.whenLost(lose);
  return {
    check() {
      if (lost !== undefined) throw new UserError(`pin ${pin} was lost: ${lost.message}`, { cause: lost });
    },
    send(command: Command, value: number) {
      this.check();
      answered = connection.request(command, pin, value).catch(lose);
    },
    /** Waits until what was sent is on the pin. */
    async close() {
      stopListening();
      await answered;
    },
  };
}

async function claimOutput(connection: PigpiodConnection, pin: number, request: OutputRequest) {
  let level = request.initial;
  if (request.keep && (await connection.request("getMode", pin)) === modes.output)
    level = (await connection.request("read", pin)) === 0 ? 0 : 1;
  // The daemon sets the level before the direction, so that the pin shows nothing else in between (gpioWrite in pigpio.c).
  await connection.request("write", pin, level);
  const line = driven(connection, pin, request);
  return {
    write(next: Level) {
      line.send("write", next);
      level = next;
    },
    /** What was sent last: the answer to a question would come too late. */
    read() {
      line.check();
      return level;
    },
    close: () => line.close(),
  };
}

async function claimInput({ connection, watch }: Session, pin: number, request: InputRequest) {
  const filterUs = glitchFilterUs(request.debounceMs);
  await Promise.all([
    connection.request("setMode", pin, modes.input),
    connection.request("setPull", pin, pulls[request.pull]),
    connection.request("glitchFilter", pin, filterUs ?? 0),
  ]);
  const level = await watch.begin(pin, request.onEdge);
  const line = driven(connection, pin, request);
  return {
    debounced: filterUs !== undefined,
    read() {
      line.check();
      return level();
    },
    async close() {
      await line.close();
      await watch.end(pin);
      await connection.request("glitchFilter", pin, 0).catch(() => {});
    },
  };
}

async function claimPwm(connection: PigpiodConnection, pin: number, request: PwmRequest) {
  const frequencyHz = Math.round(request.frequencyHz);
  requireFrequency(request.frequencyHz, await connection.request("pwmFrequency", pin, frequencyHz));
  if ((await connection.request("getMode", pin)) !== modes.output) await connection.request("write", pin, 0);
  await connection.request("pwmRange", pin, dutyRange);
  await connection.request("pwm", pin, dutySteps(request.duty));
  const line = driven(connection, pin, request);
  return {
    write: (duty: number) => line.send("pwm", dutySteps(duty)),
    close: () => line.close(),
  };
}
