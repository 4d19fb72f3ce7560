// SPDX-License-Identifier: GPL-2.0
/*
 * w1_sim: a 1-Wire bus master with up to eight simulated parts on it, for the kernel's own drivers to talk to: DS18B20 (family 28),
 * DS2423 (1d) and DS2438 (26). Commands and memory are those of their datasheets (Maxim 19-7487, "ROM Commands" and "Memory"; DS2423,
 * "Memory Function Commands"; DS2438, "Memory Map").
 *
 *   insmod w1_sim.ko temp_mc=21500,-5000     two thermometers: 28-0000005ea501 and 28-0000005ea502, in thousandths of a degree
 *   insmod w1_sim.ko temp_mc=0,21500 family=0x1d,0x26     1d-0000005ea501 and 26-0000005ea502
 *
 * In /sys/module/w1_sim/parameters, at any time, `present` and `badcrc` as bit masks of parts:
 *   temp_mc       the temperatures
 *   present       which parts answer
 *   badcrc        which parts send memory with a wrong checksum
 *   shorted       Y: the data line lies on ground
 *   counters      of a DS2423, those of pages 12 to 15
 *   vad, vdd, iad of a DS2438, in its own units: 10 mV, 10 mV, 0.2441 mV
 *   conversions   how many times the master asked for a conversion of temperature, of one part or of all
 */
#include <linux/crc16.h>
#include <linux/module.h>
#include <linux/w1.h>

#define MAX_SENSORS 8

static int temp_mc[MAX_SENSORS] = { 21500 };
static int sensor_count = 1;
static unsigned int present = 0xff;
static unsigned int badcrc;

static unsigned int family[MAX_SENSORS];
static bool shorted;
static unsigned int counters[4];
static unsigned int vad = 150, vdd = 500;
static int iad;
static unsigned int conversions;

module_param_array(temp_mc, int, &sensor_count, 0644);
module_param_array(family, uint, NULL, 0444);
module_param(shorted, bool, 0644);
module_param_array(counters, uint, NULL, 0644);
module_param(vad, uint, 0644);
module_param(vdd, uint, 0644);
module_param(iad, int, 0644);
module_param(conversions, uint, 0644);
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
	u8 asked;
	u8 rom[8];
	u8 buffer[4 * 42];
	/* Of a DS2438: its status, in which bit 3 chooses what voltage is measured. */
	u8 status;
	bool measures_vdd;
	u8 alarm_high, alarm_low, config;
	s16 raw;
};

static struct sensor sensors[MAX_SENSORS];
static int plugged;
/* Counted once for each reset, because after SKIP ROM all parts take the same command. */
static bool is_counted;

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

static void receive(struct sensor *s, int bytes)
{
	enter(s, RECEIVE);
	s->length = bytes * 8;
	memset(s->buffer, 0, bytes);
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

static void convert(struct sensor *s, int index)
{
	if (!is_counted)
		conversions++;
	is_counted = true;
	/* In sixteenths of a degree; a DS2438 in 256ths, of which it knows every eighth. */
	if (s->rom[0] == 0x26)
		s->raw = DIV_ROUND_CLOSEST(clamp(temp_mc[index], -55000, 125000) * 32, 1000) * 8;
	else
		s->raw = DIV_ROUND_CLOSEST(clamp(temp_mc[index], -55000, 125000) * 16, 1000);
	enter(s, ONES);
}

static void ds18b20_command(struct sensor *s, int index)
{
	switch (s->command) {
	case 0x44:
		return convert(s, index);
	case 0xbe: /* read scratchpad */
		load_scratchpad(s, badcrc >> index & 1);
		return send(s, 9);
	case 0x4e: /* write scratchpad */
		return receive(s, 3);
	case 0x48: /* copy scratchpad, recall, read power supply */
	case 0xb8:
	case 0xb4:
		return enter(s, ONES);
	default:
		return enter(s, IDLE);
	}
}

/* Read memory with counter, from the last byte of page 12 on. A checksum covers what was sent since the one before. */
static void ds2423_memory(struct sensor *s, bool spoil_crc)
{
	static const u8 asked[3] = { 0xa5, 0x9f, 0x01 };
	u8 *byte = s->buffer;
	const u8 *checked = byte;
	u16 crc = crc16(0, asked, 3);
	int page, i;

	for (page = 0; page < 4; page++) {
		*byte++ = 0xff;
		for (i = 0; i < 4; i++)
			*byte++ = counters[page] >> (8 * i);
		for (i = 0; i < 4; i++)
			*byte++ = 0;
		crc = ~crc16(crc, checked, byte - checked) ^ (spoil_crc ? 0x55 : 0);
		*byte++ = crc;
		*byte++ = crc >> 8;
		checked = byte;
		crc = 0;
		for (i = 0; i < 31; i++)
			*byte++ = 0xff;
	}
	send(s, 4 * 42);
}

static void ds2438_page(struct sensor *s, int page, bool spoil_crc)
{
	u8 *byte = s->buffer;
	unsigned int voltage = s->measures_vdd ? vdd : vad;

	memset(byte, 0, 9);
	if (page == 0) {
		byte[0] = s->status;
		byte[1] = s->raw;
		byte[2] = s->raw >> 8;
		byte[3] = voltage;
		byte[4] = voltage >> 8;
		byte[5] = iad;
		byte[6] = iad >> 8;
	}
	byte[8] = crc8(byte, 8) ^ (spoil_crc ? 0x55 : 0);
	send(s, 9);
}

static void ds2438_command(struct sensor *s, int index)
{
	switch (s->command) {
	case 0x44:
		return convert(s, index);
	case 0xb4: /* convert voltage */
		s->measures_vdd = s->status & 8;
		return enter(s, ONES);
	case 0xbe: /* read, write, copy and recall a page, whose number follows */
	case 0xb8:
	case 0x48:
		s->asked = s->command;
		return receive(s, 1);
	case 0x4e:
		s->asked = s->command;
		return receive(s, 2);
	default:
		return enter(s, IDLE);
	}
}

static void function_command(struct sensor *s, int index)
{
	switch (s->rom[0]) {
	case 0x1d:
		return s->command == 0xa5 ? receive(s, 2) : enter(s, IDLE);
	case 0x26:
		return ds2438_command(s, index);
	default:
		return ds18b20_command(s, index);
	}
}

/* What a command was waiting for has come. */
static void received(struct sensor *s, int index)
{
	bool spoil_crc = badcrc >> index & 1;

	enter(s, IDLE);
	if (s->rom[0] == 0x1d) {
		ds2423_memory(s, spoil_crc);
	} else if (s->rom[0] == 0x26) {
		if (s->asked == 0xbe)
			ds2438_page(s, s->buffer[0], spoil_crc);
		else if (s->asked == 0x4e && s->buffer[0] == 0)
			s->status = s->buffer[1];
	} else {
		s->alarm_high = s->buffer[0];
		s->alarm_low = s->buffer[1];
		s->config = s->buffer[2] | 0x1f;
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
		received(s, index);
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
	return shorted ? 0 : seen;
}

static u8 reset_bus(void *data)
{
	u8 nobody = !shorted;
	int i;

	is_counted = false;
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
		u8 rom[7] = { family[i] ?: 0x28, i + 1, 0xa5, 0x5e, 0, 0, 0 };

		memcpy(s->rom, rom, 7);
		s->rom[7] = crc8(rom, 7);
		s->alarm_high = 0x4b;
		s->alarm_low = 0x46;
		s->config = 0x7f; /* 12 bits */
		s->raw = 85 * 16; /* what it says after power-on */
		s->status = 0x0f;
	}
	return w1_add_master_device(&master);
}

static void __exit w1_sim_exit(void)
{
	w1_remove_master_device(&master);
}

module_init(w1_sim_init);
module_exit(w1_sim_exit);
MODULE_DESCRIPTION("simulated parts on a 1-Wire bus");
MODULE_LICENSE("GPL");
