import { describe, expect, it } from "vitest";
import { FakeClock } from "../../fakes/clock.ts";
import { startSensor, warnings } from "../../fakes/sensor.ts";
import { FakeSerial } from "../../fakes/serial.ts";
import { withoutTime } from "../../fakes/settable-sensor.ts";

/** A telegram of an Easymeter, whose lines are those that it sends. */
const easymeter = (energy: string, power = "000597.00*W", more: readonly string[] = []) =>
  [
    "/ESY5Q3DA1004 V3.04",
    "",
    "1-0:0.0.0*255(0273011003684)",
    `1-0:1.8.0*255(${energy})`,
    "1-0:21.7.0*255(000200.13*W)",
    "1-0:41.7.0*255(000122.26*W)",
    "1-0:61.7.0*255(000274.61*W)",
    `1-0:1.7.0*255(${power})`,
    "1-0:96.5.5*255(60)",
    "0-0:96.1.255*255(1ESY1011003684)",
    ...more,
    "!",
    "",
  ].join("\r\n");

/** A meter that sends these telegrams, one every two seconds, and the last one again and again. */
async function startMeter(telegrams: readonly string[], options = "measures: [energy_delivered, power]") {
  const serial = new FakeSerial();
  const clock = new FakeClock();
  const left = [...telegrams];
  const speak = () => {
    const bytes = [...((left.length > 1 ? left.shift() : left[0]) ?? "")].map((letter) => letter.charCodeAt(0));
    for (let at = 0; at < bytes.length; at += 37) serial.say(bytes.slice(at, at + 37));
    clock.after(2_000, speak);
  };
  clock.after(500, speak);
  return startSensor(`kind: d0, port: /dev/ttyS9, ${options}`, { serial, clock });
}

describe("d0", () => {
  it("takes the energy and the power of an Easymeter, and those of its phases", async () => {
    const sensor = await startMeter(
      [easymeter("00026107.7034231*kWh")],
      "measures: [energy_delivered, power, power_l1, power_l2, power_l3]",
    );
    await sensor.clock.advance(20_000);
    // 26107.7034231 kWh with three digits, and whole watts.
    expect(sensor.reading()).toEqual({
      energy_delivered: 26_107.703,
      power: 597,
      power_l1: 200,
      power_l2: 122,
      power_l3: 275,
    });
    expect(sensor.log.at("warn")).toEqual([]);
  });

  it("takes the power of an Easymeter that writes 255 in its codes, which may go to the grid", async () => {
    const lines = easymeter("00000000.9000000*kWh", "-000008.82*W").replaceAll(".7.0*255", ".7.255*255");
    const sensor = await startMeter([lines], "measures: [energy_delivered, power, power_l1, power_l2, power_l3]");
    await sensor.clock.advance(20_000);
    expect(sensor.reading()).toEqual({ energy_delivered: 0.9, power: -9, power_l1: 200, power_l2: 122, power_l3: 275 });
  });

  it("adds up the tariffs where a meter does not give their sum", async () => {
    const lines = ["/ABC5X", "", "1-0:1.8.1*255(001000.5*kWh)", "1-0:1.8.2*255(000200.25*kWh)", "!", ""].join("\r\n");
    const sensor = await startMeter([lines], "measures: [energy_delivered, energy_returned]");
    await sensor.clock.advance(20_000);
    expect(sensor.reading()).toEqual({ energy_delivered: 1_200.75, energy_returned: null });
  });

  it("takes the power to the grid off that from the grid where a meter gives both", async () => {
    const lines = ["/ABC5X", "", "1-0:1.7.0*255(00.050*kW)", "1-0:2.7.0*255(00.380*kW)", "!", ""].join("\r\n");
    const sensor = await startMeter([lines], "measures: [power]");
    await sensor.clock.advance(20_000);
    expect(sensor.reading()).toEqual({ power: -330 });
  });

  it("knows codes without the medium, watt hours and kilowatts, and power that goes to the grid", async () => {
    const lines = ["/ABC5X", "", "1.8.0(0012345.6*Wh)", "16.7.0(-001.250*kW)", "!", ""].join("\r\n");
    const sensor = await startMeter([lines]);
    await sensor.clock.advance(20_000);
    expect(sensor.reading()).toEqual({ energy_delivered: 12.346, power: -1_250 });
  });

  it.each([
    ["the point of the power was lost", easymeter("00026107.7034231*kWh", "00059700*W")],
    ["its total has gone back", easymeter("00016107.7034231*kWh")],
    ["a line was lost", easymeter("00026107.7034231*kWh").replace("1-0:96.5.5*255(60)\r\n", "")],
    ["a bracket was lost", easymeter("00026107.7034231*kWh").replace("*W)", "*W")],
  ])("takes no telegram in which %s", async (_what, disturbed) => {
    const good = easymeter("00026107.7034231*kWh");
    const sensor = await startMeter(
      [good, good, disturbed, good, good],
      "every: 1s, measures: [energy_delivered, power]",
    );
    await sensor.clock.advance(60_000);
    const said = sensor.bus.on("it").map(withoutTime);
    expect(said.length).toBeGreaterThan(3);
    for (const values of said) expect(values).toEqual({ energy_delivered: 26_107.703, power: 597 });
  });

  it("says what it heard where no two telegrams are alike", async () => {
    const sensor = await startMeter([easymeter("1*kWh"), easymeter("22*kWh"), easymeter("333*kWh"), ""]);
    await sensor.clock.advance(30_000);
    expect(sensor.bus.on("it")).toEqual([]);
    expect(warnings(sensor)[0]).toMatch(/ttyS9/);
  });
});
