import { describe, expect, it } from "vitest";
import { connectionCodes, topicCodes } from "../../src/mqtt/reason-codes.ts";
import { connectionReason, rivalReason } from "../../src/mqtt/reasons.ts";

/** The codes above 0x7f that a broker may send (MQTT 5, sections 3.2.2.2, 3.14.2.1, 3.9.3 and 3.4.2.1). */
const inConnack = [
  128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 138, 140, 144, 149, 151, 153, 154, 155, 156, 157, 159,
];
const inDisconnect = [
  128, 129, 130, 131, 135, 137, 139, 141, 142, 143, 144, 147, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158,
  159, 160, 161, 162,
];
const inSuback = [128, 131, 135, 143, 145, 151, 158, 161, 162];
const inPuback = [128, 131, 135, 144, 145, 151, 153];
/** Return codes of MQTT 3.1.1 (section 3.2.2.3). */
const inConnack4 = [1, 2, 3, 4, 5];

const withCode = (code: number | string) => Object.assign(new Error("secret of the library"), { code });

describe("the reason why there is no connection", () => {
  it.each([...new Set([...inConnack4, ...inConnack, ...inDisconnect])])("has words for code %i", (code) => {
    expect(connectionReason(withCode(code))).toBe(connectionCodes[code]);
    expect(connectionCodes[code]).toMatch(/^[a-z].*[^.]$/);
  });

  it("gives the number of a code that no version of MQTT has", () => {
    expect(connectionReason(withCode(250))).toBe("it refused the connection (code 250)");
  });

  it.each([
    ["ECONNREFUSED", "connection refused; is the broker running? (ECONNREFUSED)"],
    ["ENOTFOUND", "there is no host of that name; check the address (ENOTFOUND)"],
  ])("has words for %s", (code, words) => {
    expect(connectionReason(withCode(code))).toBe(words);
  });

  it.each([
    [new Error("connack timeout"), "it does not answer; is it frozen, or is this the port of something else?"],
    [new Error("Keepalive timeout"), "it no longer answers; check the network and the broker"],
    [undefined, "it closed the connection without a word"],
    [new Error("Unknown property"), "it cannot be understood (Unknown property); the broker's log may tell more"],
  ])("has words for %o", (error, words) => {
    expect(connectionReason(error)).toBe(words);
  });

  it("names the machine that comes with the same id, in characters that can be shown", () => {
    expect(rivalReason(withCode(142), 'the machine "cellar-pi"')).toBe(
      'another client came with the same client id, most likely the machine "cellar-pi"; give each agent an agent.id of its own',
    );
    expect(rivalReason(undefined, 'the machine "cellar\u001b[2J"')).toContain('the machine "cellar\ufffd[2J"');
  });
});

describe("the reason why a broker does not take a topic", () => {
  it.each([...new Set([...inSuback, ...inPuback, 149])])("has words for code %i", (code) => {
    expect(topicCodes[code]).toMatch(/^[a-z].*[^.]$/);
  });
});
