/* MQTT 3.1.1 on a bare socket, as much as echo.c needs: what is written is collected and sent at once by flush(). */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CONNECT = 0x10, CONNACK = 0x20, PUBLISH = 0x30, PUBACK = 0x40, SUBSCRIBE = 0x82, SUBACK = 0x90, RETAIN = 1 };

static unsigned char in[1 << 20], out[1 << 20];
static size_t filled, written;
static unsigned id;
static int line;

static void flush(void)
{
	size_t sent = 0;
	while (sent < written) {
		ssize_t count = send(line, out + sent, written - sent, MSG_NOSIGNAL);
		if (count <= 0)
			break;
		sent += count;
	}
	written = 0;
}

static void put(const void *bytes, size_t length)
{
	memcpy(out + written, bytes, length);
	written += length;
}

static void put16(unsigned value)
{
	unsigned char bytes[2] = { value >> 8, value };
	put(bytes, 2);
}

static void text(const char *word, size_t length)
{
	put16(length);
	put(word, length);
}

/* The first byte of a packet and the length of the rest, in groups of seven bits. */
static void head(unsigned char first, size_t length)
{
	if (written + length + 8 > sizeof out)
		flush();
	put(&first, 1);
	do {
		unsigned char digit = (length & 127) | (length > 127 ? 128 : 0);
		put(&digit, 1);
		length >>= 7;
	} while (length > 0);
}

static void publish(const char *topic, size_t length, const void *payload, size_t size, int qos)
{
	head(PUBLISH | qos << 1 | RETAIN, 2 + length + (qos ? 2 : 0) + size);
	text(topic, length);
	if (qos)
		put16(id = id % 65535 + 1);
	put(payload, size);
}

static void subscribe(const char *prefix, int count, int qos)
{
	char topic[256];
	for (int index = 0; index < count; index++) {
		size_t length = snprintf(topic, sizeof topic, "%s/%d", prefix, index);
		unsigned char wanted = qos;
		head(SUBSCRIBE, 2 + 2 + length + 1);
		put16(index + 1);
		text(topic, length);
		put(&wanted, 1);
	}
}

static void begin(const char *port, const char *client)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(atoi(port)) };
	int on = 1;
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	line = socket(AF_INET, SOCK_STREAM, 0);
	while (connect(line, (struct sockaddr *)&address, sizeof address) < 0) {
		close(line);
		sleep(1);
		line = socket(AF_INET, SOCK_STREAM, 0);
	}
	setsockopt(line, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	filled = written = 0;
	head(CONNECT, 12 + strlen(client));
	/* MQTT, version 4, clean session, no keep alive. */
	put("\0\4MQTT\4\2\0\0", 10);
	text(client, strlen(client));
}
