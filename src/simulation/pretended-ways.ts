import { UserError } from "../core/errors.ts";
import type { I2c } from "../core/hardware/i2c.ts";
import type { Serial } from "../core/hardware/serial.ts";
import type { TimedPins } from "../core/hardware/timed-pins.ts";
import type { Programs } from "../core/machine/programs.ts";
import type { PretendedI2c, PretendedSerial } from "../core/simulation/pretend.ts";
import type { Cancel, Clock } from "../core/time/clock.ts";
import type { SimulatedSensor } from "./simulated-sensor.ts";

/** The I2C buses with the parts that some sensors are. A sensor that is gone or fails does not answer. */
export function pretendedI2c(sensors: readonly SimulatedSensor[]): I2c {
  const parts = sensors.flatMap((sensor): { sensor: SimulatedSensor; part: PretendedI2c }[] => {
    const part = sensor.pretended.i2c?.(sensor.options, sensor.now);
    return part === undefined ? [] : [{ sensor, part }];
  });
  return {
    open: async (bus, address) => ({
      async transfer(bytes, length) {
        const found = parts.find(({ part }) => part.bus === bus && part.address === address);
        const answer = found?.sensor.fault === undefined ? found?.part.transfer(bytes, length) : undefined;
        if (answer === undefined) throw new UserError("the part does not answer", { hint: "check its wiring" });
        return Uint8Array.from(answer);
      },
    }),
  };
}

/** The serial lines with the parts that some sensors are. A sensor that is gone or fails says nothing. */
export function pretendedSerial(sensors: readonly SimulatedSensor[], clock: Pick<Clock, "after">): Serial {
  const parts = sensors.flatMap((sensor): { sensor: SimulatedSensor; part: PretendedSerial }[] => {
    const part = sensor.pretended.serial?.(sensor.options, sensor.now);
    return part === undefined ? [] : [{ sensor, part }];
  });
  return {
    async open({ port }) {
      const there = parts.filter(({ part }) => part.port === port);
      if (there.length === 0) throw new UserError(`there is no serial port ${port}`);
      const listeners = new Set<(bytes: Uint8Array) => void>();
      const say = (sensor: SimulatedSensor, bytes: readonly number[] | undefined) => {
        if (bytes === undefined || sensor.fault !== undefined) return;
        for (const tell of [...listeners]) tell(Uint8Array.from(bytes));
      };
      const cancels = there.map(({ sensor, part }) =>
        again(clock, part.speaks?.everyMs, () => say(sensor, part.speaks?.bytes())),
      );
      return {
        async write(bytes) {
          for (const { sensor, part } of there) say(sensor, part.answer?.(bytes));
        },
        onBytes(tell) {
          listeners.add(tell);
          return () => listeners.delete(tell);
        },
        onGone: () => () => {},
        async close() {
          for (const cancel of cancels) cancel();
        },
      };
    },
  };
}

/** Runs a task again and again, until it is cancelled. */
function again(clock: Pick<Clock, "after">, everyMs: number | undefined, task: () => void): Cancel {
  if (everyMs === undefined) return () => {};
  let cancel: Cancel = () => {};
  const wait = () => {
    cancel = clock.after(everyMs, () => {
      wait();
      task();
    });
  };
  wait();
  return () => cancel();
}

/** The timed pins of the parts that some sensors are. A sensor that is gone or fails does not answer. */
export function pretendedTimedPins(sensors: readonly SimulatedSensor[]): TimedPins {
  const answering = async (...pins: readonly [number, number]) => {
    const found = sensors
      .map((sensor) => ({ sensor, part: sensor.pretended.timed?.(sensor.options, sensor.now) }))
      .find(({ part }) => part?.pins.join() === pins.join());
    if (found === undefined) throw new UserError(`there is nothing at pins ${pins.join(" and ")}`);
    const answer = async () => {
      const length = found.sensor.fault === undefined ? found.part?.answer() : undefined;
      if (length === undefined) throw new UserError("the part does not answer", { hint: "check its wiring" });
      return length;
    };
    return { measure: answer, read: answer, close: async () => {} };
  };
  return { echo: answering, shifted: answering };
}

/** The programs that some sensors are read by. */
export function pretendedPrograms(sensors: readonly SimulatedSensor[]): Programs {
  return {
    async run(words) {
      for (const { pretended, options, now, fault } of sensors) {
        const printed = pretended.program?.(options, now(), words);
        if (printed === undefined) continue;
        if (fault !== undefined) throw new UserError(`${words[0]} failed`);
        return { status: 0, signal: undefined, stdout: printed, stderr: "" };
      }
      throw new UserError(`there is no program ${words[0]}`);
    },
  };
}
