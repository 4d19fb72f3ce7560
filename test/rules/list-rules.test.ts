import { expect, it } from "vitest";
import { listRules } from "../../src/rules/list-rules.ts";
import { checked } from "../config/checked.ts";

const yaml = `
agent: {id: pi, location: {latitude: 52.52, longitude: 13.405}, time_zone: Europe/Berlin}
devices:
  button: {kind: button, topic: button, pin: 22}
  lamp: {kind: relay, topic: lamp, pin: 17}
  cellar: {kind: bme280, topic: cellar}
rules:
  hall: {name: Hall light, when: {device: button, event: single}, then: {device: lamp, command: toggle}}
  many:
    when:
      - {device: lamp, state: ON, for: 90m}
      - {device: cellar, availability: offline, for: 90s}
      - {measure: cellar.temperature, above: 3, below: 5}
      - {measure: cellar.humidity, between: [40, 60]}
      - {topic: home/bell}
      - {broker: offline, for: 2h}
      - {agent: start}
    then: {device: lamp, command: on}
  morning: {when: [{time: "7:30"}, {cron: "0 9 * * sat"}], then: {device: lamp, command: on}}
  evening: {when: {sun: sunset, offset: -15m}, enabled: false, then: {device: lamp, command: on}}
`;

const { config } = checked(yaml);
const list = (stored: Readonly<Record<string, unknown>> | undefined) =>
  listRules({
    rules: config?.rules ?? [],
    stored,
    now: new Date("2026-11-27T12:00:00Z"),
    timeZone: config?.agent.time_zone,
    place: config?.agent.location,
  });

it("lists what sets each rule off, when it fired last and fires next, where the house is", () => {
  const hall = {
    enabled: null,
    last_fired_ms: Date.UTC(2026, 10, 27, 11, 30),
    last_by: "button: single",
    waiting: null,
  };
  const unsure = { enabled: false, last_fired_ms: null, last_by: "time 7:30", waiting: null };
  expect(list({ hall, morning: unsure, evening: { ...hall, enabled: true } })).toBe(`hall  Hall light
  when  button: single
  last  2026-11-27 12:30:00, by button: single

many
  when  lamp: ON for 90m
  or    cellar: offline for 90s
  or    cellar.temperature above 3 and below 5
  or    cellar.humidity between 40 and 60
  or    message on home/bell
  or    broker: offline for 2h
  or    start of the agent
  last  never

morning  (switched off)
  when  time 7:30
  or    cron 0 9 * * sat
  last  at a time that is not known, by time 7:30

evening
  when  sunset, 15m before it
  next  2026-11-27 15:44:16
  last  2026-11-27 12:30:00, by button: single`);
});

it("says nothing of what is not known", () => {
  expect(list(undefined)).not.toContain("last");
  expect(list({ hall: "damaged" })).toContain("hall  Hall light\n  when  button: single\n  last  never");
  expect(list({})).toContain("morning\n  when  time 7:30\n  or    cron 0 9 * * sat\n  next  2026-11-28 07:30:00");
});
