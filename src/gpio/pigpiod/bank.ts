import { UserError } from "../../core/errors.ts";
import type { GpioBank, InputRequest, Level, OutputRequest, PwmRequest } from "../../core/hardware/gpio.ts";
import { dutyRange, dutySteps, glitchFilterUs, requireFrequency, requirePin } from "../pigpio/limits.ts";
import type { PigpiodConnection } from "./connection.ts";
import { type Command, modes, pulls } from "./protocol.ts";
import type { Watch } from "./watch.ts";

/** A connection, and the inputs that it watches. */
export interface Session {
  readonly connection: PigpiodConnection;
  readonly watch: Watch;
}

/**
 * The pins of a daemon. If the connection is lost, all owners are told and their lines fail from then on. The next claim connects again.
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
 * The commands that drive a pin. When `send` returns, the system has the command; the daemon carries it out some tenths of a millisecond
 * later. Commands keep their order. If a command is refused or lost, it is too late to throw. Then the owner is told through `onError` that
 * the pin is lost, and every later `send` throws.
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
    /** Waits until the pin has the last level that was sent. */
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
  // The daemon sets the level before the direction (gpioWrite in pigpio.c), so the pin has no other level in between.
  await connection.request("write", pin, level);
  const line = driven(connection, pin, request);
  return {
    write(next: Level) {
      line.send("write", next);
      level = next;
    },
    /** The level that was sent last. Asking the daemon would take too long. */
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
