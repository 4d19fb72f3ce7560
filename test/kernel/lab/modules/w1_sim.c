// SPDX-License-Identifier: GPL-2.0
/*
 * w1_sim: a 1-Wire bus master with up to eight simulated DS18B20 on it, for the kernel's own w1_therm to talk to.
 * Commands and scratchpad are those of the DS18B20 datasheet (Maxim 19-7487, "ROM Commands" and "Memory").
 *
 *   insmod w1_sim.ko temp_mc=21500,-5000     two sensors: 28-0000005ea501 and 28-0000005ea502, in thousandths of a degree
 *
 * In /sys/module/w1_sim/parameters, at any time, the last two as bit masks of sensors:
 *   temp_mc    the temperatures
 *   present    which sensors answer
 *   badcrc     which sensors send a scratchpad with a wrong checksum
 */
#include <linux/module.h>
#include <linux/w1.h>

#define MAX_SENSORS 8

static int temp_mc[MAX_SENSORS] = { 21500 };
static int sensor_count = 1;
static unsigned int present = 0xff;
static unsigned int badcrc;

module_param_array(temp_mc, int, &sensor_count, 0644);
module_param(present, uint, 0644);
module_param(badcrc, uint, 0644);

/* What a sensor makes of the next bit. ONES: it is done, and lets the bus float high. */
enum state { IDLE, ROM_COMMAND, SEARCH, MATCH, FUNCTION_COMMAND, SEND, RECEIVE, ONES };

struct sensor {
	enum state state;
	int bit;
	int search_step;
	int length;
	u8 command;
	u8 rom[8];
	u8 buffer[9];
	u8 alarm_high, alarm_low, config;
	s16 raw;
};

static struct sensor sensors[MAX_SENSORS];
static int plugged;

static u8 crc8(const u8 *bytes, int count)
{
	u8 crc = 0;
	int i;

	while (count--) {
		crc ^= *bytes++;
		for (i = 0; i < 8; i++)
			crc = crc & 1 ? (crc >> 1) ^ 0x8c : crc >> 1;
	}
	return crc;
}

static void enter(struct sensor *s, enum state state)
{
	s->state = state;
	s->bit = 0;
	s->search_step = 0;
	s->command = 0;
}

static void send(struct sensor *s, int bytes)
{
	enter(s, SEND);
	s->length = bytes * 8;
}

static void rom_command(struct sensor *s)
{
	switch (s->command) {
	case 0xf0:
		return enter(s, SEARCH);
	case 0xcc:
		return enter(s, FUNCTION_COMMAND);
	case 0x55:
		return enter(s, MATCH);
	case 0x33:
		memcpy(s->buffer, s->rom, 8);
		return send(s, 8);
	default:
		return enter(s, IDLE);
	}
}

static void load_scratchpad(struct sensor *s, bool spoil_crc)
{
	s->buffer[0] = s->raw;
	s->buffer[1] = s->raw >> 8;
	s->buffer[2] = s->alarm_high;
	s->buffer[3] = s->alarm_low;
	s->buffer[4] = s->config;
	s->buffer[5] = 0xff;
	s->buffer[6] = 0x0c;
	s->buffer[7] = 0x10;
	s->buffer[8] = crc8(s->buffer, 8) ^ (spoil_crc ? 0x55 : 0);
}

static void function_command(struct sensor *s, int index)
{
	switch (s->command) {
	case 0x44: /* convert: sixteenths of a degree */
		s->raw = DIV_ROUND_CLOSEST(clamp(temp_mc[index], -55000, 125000) * 16, 1000);
		return enter(s, ONES);
	case 0xbe: /* read scratchpad */
		load_scratchpad(s, badcrc >> index & 1);
		return send(s, 9);
	case 0x4e: /* write scratchpad */
		enter(s, RECEIVE);
		s->length = 24;
		memset(s->buffer, 0, 3);
		return;
	case 0x48: /* copy scratchpad, recall, read power supply */
	case 0xb8:
	case 0xb4:
		return enter(s, ONES);
	default:
		return enter(s, IDLE);
	}
}

/* In a search each sensor sends a bit and its complement, then leaves unless the master's bit is its own. */
static u8 search_bit(struct sensor *s, u8 written)
{
	u8 own = s->rom[s->bit / 8] >> (s->bit % 8) & 1;

	if (s->search_step++ < 2)
		return s->search_step == 1 ? own : !own;
	s->search_step = 0;
	if (written != own)
		enter(s, IDLE);
	else if (++s->bit == 64)
		enter(s, FUNCTION_COMMAND);
	return written;
}

static u8 sensor_bit(struct sensor *s, int index, u8 written)
{
	u8 own;

	switch (s->state) {
	case ROM_COMMAND:
	case FUNCTION_COMMAND:
		s->command |= written << s->bit;
		if (++s->bit < 8)
			return written;
		if (s->state == ROM_COMMAND)
			rom_command(s);
		else
			function_command(s, index);
		return written;
	case SEARCH:
		return search_bit(s, written);
	case MATCH:
		if (written != (s->rom[s->bit / 8] >> (s->bit % 8) & 1))
			enter(s, IDLE);
		else if (++s->bit == 64)
			enter(s, FUNCTION_COMMAND);
		return written;
	case SEND:
		own = s->buffer[s->bit / 8] >> (s->bit % 8) & 1;
		if (++s->bit == s->length)
			enter(s, IDLE);
		return own & written;
	case RECEIVE:
		s->buffer[s->bit / 8] |= written << (s->bit % 8);
		if (++s->bit < s->length)
			return written;
		s->alarm_high = s->buffer[0];
		s->alarm_low = s->buffer[1];
		s->config = s->buffer[2] | 0x1f;
		enter(s, IDLE);
		return written;
	default:
		return written;
	}
}

/* The bus is high unless somebody pulls it down. */
static u8 touch_bit(void *data, u8 written)
{
	u8 seen = written;
	int i;

	for (i = 0; i < plugged; i++)
		if (present >> i & 1)
			seen &= sensor_bit(&sensors[i], i, written);
	return seen;
}

static u8 reset_bus(void *data)
{
	u8 nobody = 1;
	int i;

	for (i = 0; i < plugged; i++) {
		if (!(present >> i & 1))
			continue;
		enter(&sensors[i], ROM_COMMAND);
		nobody = 0;
	}
	return nobody;
}

static struct w1_bus_master master = { .touch_bit = touch_bit, .reset_bus = reset_bus };

static int __init w1_sim_init(void)
{
	int i;

	plugged = sensor_count;
	for (i = 0; i < plugged; i++) {
		struct sensor *s = &sensors[i];
		u8 rom[7] = { 0x28, i + 1, 0xa5, 0x5e, 0, 0, 0 };

		memcpy(s->rom, rom, 7);
		s->rom[7] = crc8(rom, 7);
		s->alarm_high = 0x4b;
		s->alarm_low = 0x46;
		s->config = 0x7f; /* 12 bits */
		s->raw = 85 * 16; /* what it says after power-on */
	}
	return w1_add_master_device(&master);
}

static void __exit w1_sim_exit(void)
{
	w1_remove_master_device(&master);
}

module_init(w1_sim_init);
module_exit(w1_sim_exit);
MODULE_DESCRIPTION("simulated DS18B20 on a 1-Wire bus");
MODULE_LICENSE("GPL");
