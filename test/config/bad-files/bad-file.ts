/** A file that is refused: what is wrong, the text, and every line that is said about it. */
export type BadFile = readonly [what: string, yaml: string, ...problems: string[]];

/** A lamp that is right, for files in which something else is wrong. */
export const lamp = "devices:\n  lamp: {kind: relay, topic: home/lamp, pin: 17}\n";
/** A file with one device called `it`. */
export const device = (settings: string) => `devices:\n  it: {${settings}}\n`;
