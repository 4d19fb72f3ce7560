/*
 * What the npm package pigpio needs of pigpio's C library, for machines that are no Raspberry Pi. The names, parameters and
 * results are those of its documentation (http://abyz.me.uk/rpi/pigpio/cif.html); stand-in.c says what they do here.
 */
#ifndef PIGPIO_STAND_IN_H
#define PIGPIO_STAND_IN_H

#include <stdint.h>

#define PI_MAX_USER_GPIO 31
#define PI_WAVE_NOT_FOUND 9998

typedef struct { uint32_t gpioOn, gpioOff, usDelay; } gpioPulse_t;
typedef void (*gpioAlertFunc_t)(int pin, int level, uint32_t tick);
typedef void (*gpioISRFunc_t)(int pin, int level, uint32_t tick);

#ifdef __cplusplus
extern "C" {
#endif

/* These work. */
int gpioCfgClock(unsigned sampleUs, unsigned peripheral, unsigned source);
int gpioCfgInterfaces(unsigned disabled);
int gpioCfgSocketPort(unsigned port);
int gpioInitialise(void);
void gpioTerminate(void);
unsigned gpioHardwareRevision(void);
uint32_t gpioTick(void);
int gpioSetMode(unsigned pin, unsigned mode);
int gpioGetMode(unsigned pin);
int gpioSetPullUpDown(unsigned pin, unsigned pull);
int gpioRead(unsigned pin);
int gpioWrite(unsigned pin, unsigned level);
int gpioPWM(unsigned pin, unsigned duty);
int gpioGetPWMdutycycle(unsigned pin);
int gpioSetPWMrange(unsigned pin, unsigned range);
int gpioGetPWMrange(unsigned pin);
int gpioSetPWMfrequency(unsigned pin, unsigned frequency);
int gpioGetPWMfrequency(unsigned pin);
int gpioSetAlertFunc(unsigned pin, gpioAlertFunc_t callback);
int gpioGlitchFilter(unsigned pin, unsigned steadyUs);

/* As on every kernel since 6.6: refused. */
int gpioSetISRFunc(unsigned pin, unsigned edge, int timeoutMs, gpioISRFunc_t callback);

/* Nobody here uses these: they are there so that the package can be linked, and refuse. */
int gpioGetPWMrealRange(unsigned pin);
int gpioHardwarePWM(unsigned pin, unsigned frequency, unsigned duty);
int gpioServo(unsigned pin, unsigned pulseUs);
int gpioGetServoPulsewidth(unsigned pin);
int gpioTrigger(unsigned pin, unsigned pulseUs, unsigned level);
uint32_t gpioRead_Bits_0_31(void);
uint32_t gpioRead_Bits_32_53(void);
int gpioWrite_Bits_0_31_Clear(uint32_t bits);
int gpioWrite_Bits_0_31_Set(uint32_t bits);
int gpioWrite_Bits_32_53_Clear(uint32_t bits);
int gpioWrite_Bits_32_53_Set(uint32_t bits);
int gpioNotifyOpen(void);
int gpioNotifyOpenWithSize(int size);
int gpioNotifyBegin(unsigned handle, uint32_t bits);
int gpioNotifyPause(unsigned handle);
int gpioNotifyClose(unsigned handle);
int gpioWaveClear(void);
int gpioWaveAddNew(void);
int gpioWaveAddGeneric(unsigned count, gpioPulse_t *pulses);
int gpioWaveCreate(void);
int gpioWaveDelete(unsigned wave);
int gpioWaveTxSend(unsigned wave, unsigned mode);
int gpioWaveChain(char *commands, unsigned size);
int gpioWaveTxAt(void);
int gpioWaveTxBusy(void);
int gpioWaveTxStop(void);
int gpioWaveGetMicros(void);
int gpioWaveGetHighMicros(void);
int gpioWaveGetMaxMicros(void);
int gpioWaveGetPulses(void);
int gpioWaveGetHighPulses(void);
int gpioWaveGetMaxPulses(void);
int gpioWaveGetCbs(void);
int gpioWaveGetHighCbs(void);
int gpioWaveGetMaxCbs(void);

#ifdef __cplusplus
}
#endif
#endif
