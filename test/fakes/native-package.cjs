// A package with the manners of native ones: it works, throws, hangs, talks on stderr and crashes.
let calls = 0;

module.exports = {
  count: () => {
    calls += 1;
    return calls;
  },
  promises: { echo: async (...words) => words },
  fail: () => {
    throw new Error("failed to read sensor");
  },
  hang: () => new Promise(() => {}),
  block: () => {
    for (;;);
  },
  crash: () => {
    process.stderr.write("bcm2835_init: Unable to open /dev/mem\n", () => process.kill(process.pid, "SIGSEGV"));
    return new Promise(() => {});
  },
  environment: () => Object.keys(process.env),
};
