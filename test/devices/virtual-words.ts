export const number = "type: number, min_value: 5, max_value: 25, step: 0.5, initial_value: 19";

export const select = "type: select, options: [home, Away, two weeks]";

export const holiday = "type: switch";

export const device = (options: string) => `devices:\n  it: {kind: virtual, topic: it, ${options}}\n`;
