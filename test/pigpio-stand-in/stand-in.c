/*
 * A stand-in for pigpio's C library, so that the npm package pigpio runs on a machine that is no Raspberry Pi. The pins lie in a file
 * ($PIGPIO_STAND_IN) that is mapped into memory, so that a test sees and drives them from outside (memory.ts has the same
 * layout). What matters of the real library is the same: it takes the handlers of all signals, calls back from a thread of
 * its own that looks every millisecond, and leaves outputs driven when it ends.
 */
#include "pigpio.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define PINS 54
#define RING 256

enum { NOT_INITIALISED = -31, INIT_FAILED = -1, BAD_PIN = -3, BAD_LEVEL = -5, BAD_DUTY = -8, BAD_RANGE = -21, INITIALISED = -33,
       BAD_ISR = -123, BAD_FILTER = -125, NOT_HERE = -999 };

struct pin {
  uint32_t mode, latch, pull;
  uint32_t outside; /* 0 or 1 where somebody drives the pin, 2 where it is open */
  uint32_t changes; /* of the level, as far as this library caused them */
  uint32_t filterUs, frequency, range, duty;
};
struct sample { uint32_t pin, level, tick; };
struct shared {
  uint32_t owner;    /* the process that has the hardware, or 0 */
  uint32_t disabled; /* gpioCfgInterfaces */
  uint32_t written;  /* how many samples have been put into the ring */
  struct pin pins[PINS];
  struct sample ring[RING];
};

static volatile struct shared *hardware;
static int running;
static unsigned interfaces;
static pthread_t watcher;
static gpioAlertFunc_t callbacks[PINS];

#define NEEDS_PIN(pin) \
  if (!running) return NOT_INITIALISED; \
  if ((pin) >= PINS) return BAD_PIN

static int levelOf(unsigned pin) {
  volatile struct pin *it = &hardware->pins[pin];
  if (it->mode == 1) return it->latch;
  return it->outside < 2 ? it->outside : it->pull == 2;
}

/* The system timer, in microseconds. */
uint32_t gpioTick(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint32_t)(now.tv_sec * 1000000ull + now.tv_nsec / 1000);
}

/* What the thread knows of the inputs. */
static uint32_t seen, since[PINS];
static int last[PINS], told[PINS];

/* Tells of what happened at the inputs since the last look, one after the other, and of what has stood still long enough. */
static void *watch(void *unused) {
  for (;;) {
    struct timespec pause = { 0, 1000000 };
    nanosleep(&pause, NULL);
    for (; seen != hardware->written; seen++) {
      struct sample it = hardware->ring[seen % RING];
      if (it.pin >= PINS || (int)it.level == last[it.pin]) continue;
      last[it.pin] = it.level;
      since[it.pin] = it.tick;
      if (hardware->pins[it.pin].filterUs > 0) continue;
      told[it.pin] = it.level;
      if (callbacks[it.pin]) callbacks[it.pin](it.pin, it.level, it.tick);
    }
    for (unsigned pin = 0; pin < PINS; pin++) {
      uint32_t steadyUs = hardware->pins[pin].filterUs;
      if (last[pin] == told[pin] || gpioTick() - since[pin] < steadyUs) continue;
      told[pin] = last[pin];
      if (callbacks[pin]) callbacks[pin](pin, told[pin], since[pin] + steadyUs);
    }
  }
  return unused;
}

static void onSignal(int number) {
  if (number == SIGUSR1 || number == SIGUSR2 || number == SIGPIPE || number == SIGWINCH || number == SIGCHLD) return;
  fprintf(stderr, "sigHandler: Unhandled signal %d, terminating\n", number);
  gpioTerminate();
  exit(-1);
}

int gpioInitialise(void) {
  const char *path = getenv("PIGPIO_STAND_IN");
  if (running) return 79;
  if (!hardware) {
    int file = path ? open(path, O_RDWR) : -1;
    void *memory = file < 0 ? MAP_FAILED : mmap(NULL, sizeof(struct shared), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (memory == MAP_FAILED) return INIT_FAILED;
    hardware = memory;
  }
  if (hardware->owner && kill(hardware->owner, 0) == 0) {
    fprintf(stderr, "initInitialise: Can't lock /var/run/pigpio.pid\n");
    return INIT_FAILED;
  }
  for (int number = 1; number < 64; number++) {
    struct sigaction action = { .sa_handler = onSignal };
    sigaction(number, &action, NULL);
  }
  hardware->owner = getpid();
  hardware->disabled = interfaces;
  running = 1;
  memset(callbacks, 0, sizeof callbacks);
  seen = hardware->written;
  for (unsigned pin = 0; pin < PINS; pin++) last[pin] = told[pin] = levelOf(pin);
  if (pthread_create(&watcher, NULL, watch, NULL)) return INIT_FAILED;
  atexit(gpioTerminate);
  return 79;
}

void gpioTerminate(void) {
  if (!running) return;
  running = 0;
  pthread_cancel(watcher);
  pthread_join(watcher, NULL);
  hardware->owner = 0;
}

int gpioCfgClock(unsigned sampleUs, unsigned peripheral, unsigned source) {
  (void)sampleUs, (void)peripheral, (void)source;
  return running ? INITIALISED : 0;
}
int gpioCfgInterfaces(unsigned disabled) {
  interfaces = disabled;
  return running ? INITIALISED : 0;
}
int gpioCfgSocketPort(unsigned port) { return (void)port, running ? INITIALISED : 0; }
unsigned gpioHardwareRevision(void) { return 0xc03114; }

/* Changes a pin, and counts when its level is another afterwards. */
#define CHANGING(pin, change) do { \
    int before = levelOf(pin); \
    change; \
    hardware->pins[pin].changes += levelOf(pin) != before; \
  } while (0)

int gpioSetMode(unsigned pin, unsigned mode) {
  NEEDS_PIN(pin);
  CHANGING(pin, hardware->pins[pin].mode = mode);
  return 0;
}
int gpioGetMode(unsigned pin) {
  NEEDS_PIN(pin);
  return hardware->pins[pin].mode;
}
int gpioSetPullUpDown(unsigned pin, unsigned pull) {
  NEEDS_PIN(pin);
  CHANGING(pin, hardware->pins[pin].pull = pull);
  return 0;
}
int gpioRead(unsigned pin) {
  NEEDS_PIN(pin);
  return levelOf(pin);
}
/* The level first, then the direction, so that nothing else shows in between. */
int gpioWrite(unsigned pin, unsigned level) {
  NEEDS_PIN(pin);
  if (level > 1) return BAD_LEVEL;
  CHANGING(pin, hardware->pins[pin].latch = level);
  CHANGING(pin, hardware->pins[pin].mode = 1);
  hardware->pins[pin].duty = 0;
  return 0;
}

int gpioPWM(unsigned pin, unsigned duty) {
  NEEDS_PIN(pin);
  if (duty > (unsigned)gpioGetPWMrange(pin)) return BAD_DUTY;
  CHANGING(pin, hardware->pins[pin].mode = 1);
  hardware->pins[pin].duty = duty;
  return 0;
}
int gpioGetPWMdutycycle(unsigned pin) {
  NEEDS_PIN(pin);
  return hardware->pins[pin].duty;
}
int gpioSetPWMrange(unsigned pin, unsigned range) {
  NEEDS_PIN(pin);
  if (range < 25 || range > 40000) return BAD_RANGE;
  hardware->pins[pin].range = range;
  return 250;
}
int gpioGetPWMrange(unsigned pin) {
  NEEDS_PIN(pin);
  return hardware->pins[pin].range ? hardware->pins[pin].range : 255;
}
int gpioSetPWMfrequency(unsigned pin, unsigned frequency) {
  static const int made[] = { 8000, 4000, 2000, 1600, 1000, 800, 500, 400, 320, 250, 200, 160, 100, 80, 50, 40, 20, 10 };
  NEEDS_PIN(pin);
  int best = made[0];
  for (unsigned i = 1; i < sizeof made / sizeof *made; i++)
    if (abs(made[i] - (int)frequency) < abs(best - (int)frequency)) best = made[i];
  hardware->pins[pin].frequency = best;
  return best;
}
int gpioGetPWMfrequency(unsigned pin) {
  NEEDS_PIN(pin);
  return hardware->pins[pin].frequency ? hardware->pins[pin].frequency : 800;
}

int gpioSetAlertFunc(unsigned pin, gpioAlertFunc_t callback) {
  NEEDS_PIN(pin);
  callbacks[pin] = callback;
  return 0;
}
int gpioGlitchFilter(unsigned pin, unsigned steadyUs) {
  NEEDS_PIN(pin);
  if (steadyUs > 300000) return BAD_FILTER;
  hardware->pins[pin].filterUs = steadyUs;
  return 0;
}
int gpioSetISRFunc(unsigned pin, unsigned edge, int timeoutMs, gpioISRFunc_t callback) {
  return (void)pin, (void)edge, (void)timeoutMs, (void)callback, BAD_ISR;
}

/* The rest, so that the package can be linked. */
#define REFUSES(name, ...) int name(__VA_ARGS__) { return NOT_HERE; }
#pragma GCC diagnostic ignored "-Wunused-parameter"
REFUSES(gpioGetPWMrealRange, unsigned pin)
REFUSES(gpioHardwarePWM, unsigned pin, unsigned frequency, unsigned duty)
REFUSES(gpioServo, unsigned pin, unsigned pulseUs)
REFUSES(gpioGetServoPulsewidth, unsigned pin)
REFUSES(gpioTrigger, unsigned pin, unsigned pulseUs, unsigned level)
uint32_t gpioRead_Bits_0_31(void) { return 0; }
uint32_t gpioRead_Bits_32_53(void) { return 0; }
REFUSES(gpioWrite_Bits_0_31_Clear, uint32_t bits)
REFUSES(gpioWrite_Bits_0_31_Set, uint32_t bits)
REFUSES(gpioWrite_Bits_32_53_Clear, uint32_t bits)
REFUSES(gpioWrite_Bits_32_53_Set, uint32_t bits)
REFUSES(gpioNotifyOpen, void)
REFUSES(gpioNotifyOpenWithSize, int size)
REFUSES(gpioNotifyBegin, unsigned handle, uint32_t bits)
REFUSES(gpioNotifyPause, unsigned handle)
REFUSES(gpioNotifyClose, unsigned handle)
REFUSES(gpioWaveClear, void)
REFUSES(gpioWaveAddNew, void)
REFUSES(gpioWaveAddGeneric, unsigned count, gpioPulse_t *pulses)
REFUSES(gpioWaveCreate, void)
REFUSES(gpioWaveDelete, unsigned wave)
REFUSES(gpioWaveTxSend, unsigned wave, unsigned mode)
REFUSES(gpioWaveChain, char *commands, unsigned size)
REFUSES(gpioWaveTxAt, void)
REFUSES(gpioWaveTxBusy, void)
REFUSES(gpioWaveTxStop, void)
REFUSES(gpioWaveGetMicros, void)
REFUSES(gpioWaveGetHighMicros, void)
REFUSES(gpioWaveGetMaxMicros, void)
REFUSES(gpioWaveGetPulses, void)
REFUSES(gpioWaveGetHighPulses, void)
REFUSES(gpioWaveGetMaxPulses, void)
REFUSES(gpioWaveGetCbs, void)
REFUSES(gpioWaveGetHighCbs, void)
REFUSES(gpioWaveGetMaxCbs, void)
