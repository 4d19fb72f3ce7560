/*
 * The least that any program can do, on a bare socket with MQTT 3.1.1: it publishes each command as the state, retained, at the
 * quality of service at which it subscribed. With "sensors" it publishes a reading of each in each second, at 0.
 *
 * echo-c PORT PREFIX COUNT QOS relays|sensors CLIENT_ID
 */
#include "mqtt.h"

/* A command becomes a state. */
static void command(unsigned char first, const unsigned char *body, size_t length, int qos)
{
	char topic[256];
	size_t size = body[0] << 8 | body[1], begin = 2 + size;
	if (size + 7 > sizeof topic)
		return;
	if (first & 6) {
		head(PUBACK, 2);
		put(body + begin, 2);
		begin += 2;
	}
	memcpy(topic, body + 2, size);
	memcpy(topic + size, "/state", 6);
	publish(topic, size + 6, body + begin, length - begin, qos);
}

/* Takes what has come whole; returns how many packets of ours were acknowledged: the first one, and each subscription. */
static int take(int qos)
{
	size_t at = 0;
	int acknowledged = 0;
	for (;;) {
		size_t place = at + 1, length = 0, shift = 0;
		int more = 1;
		for (; more && place < filled; shift += 7, place++) {
			length |= (size_t)(in[place] & 127) << shift;
			more = in[place] & 128;
		}
		if (more || place + length > filled)
			break;
		if ((in[at] & 0xf0) == PUBLISH)
			command(in[at], in + place, length, qos);
		acknowledged += in[at] == SUBACK || in[at] == CONNACK;
		at = place + length;
	}
	memmove(in, in + at, filled -= at);
	return acknowledged;
}

static void readings(const char *prefix, int count)
{
	char topic[256], value[64];
	for (int index = 0; index < count; index++) {
		size_t length = snprintf(topic, sizeof topic, "%s/%d", prefix, index);
		size_t size = snprintf(value, sizeof value, "{\"temperature\":%.2f}", 40 + index / 100.0);
		publish(topic, length, value, size, 0);
	}
}

int main(int argc, char **argv)
{
	char status[256];
	if (argc < 7)
		return 2;
	int count = atoi(argv[3]), qos = atoi(argv[4]), sensors = !strcmp(argv[5], "sensors");
	size_t length = snprintf(status, sizeof status, "%s/status", argv[2]);
	for (;;) {
		int done = 0, wanted = sensors ? 1 : 1 + count;
		begin(argv[1], argv[6]);
		flush();
		for (;;) {
			struct pollfd watched = { .fd = line, .events = POLLIN };
			int ready = poll(&watched, 1, sensors ? 1000 : -1);
			ssize_t got = ready > 0 ? recv(line, in + filled, sizeof in - filled, 0) : 0;
			if (ready > 0 && got <= 0)
				break;
			filled += got;
			int acknowledged = take(qos);
			if (acknowledged > 0 && done == 0 && !sensors)
				subscribe(argv[2], count, qos);
			if (acknowledged > 0 && (done += acknowledged) == wanted)
				publish(status, length, "online", 6, 1);
			if (ready == 0)
				readings(argv[2], count);
			flush();
		}
		close(line);
		sleep(1);
	}
}
