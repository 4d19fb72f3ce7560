/* The floor of scripts/bench/pins.ts: a line of /dev/gpiochipN set and cleared COUNT times by the bare system call; prints ns per call. */
#include <fcntl.h>
#include <linux/gpio.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>

int main(int argc, char **argv)
{
	struct gpio_v2_line_request request = { .num_lines = 1, .consumer = "floor" };
	struct gpio_v2_line_values values = { .mask = 1 };
	struct timespec begin, end;
	int chip = open(argv[1], O_RDWR);
	long count = argc > 3 ? atol(argv[3]) : 0;

	request.offsets[0] = atoi(argv[2]);
	request.config.flags = GPIO_V2_LINE_FLAG_OUTPUT;
	if (chip < 0 || ioctl(chip, GPIO_V2_GET_LINE_IOCTL, &request) < 0) {
		perror(argv[1]);
		return 1;
	}
	clock_gettime(CLOCK_MONOTONIC, &begin);
	for (long index = 0; index < count; index++) {
		values.bits = index & 1;
		ioctl(request.fd, GPIO_V2_LINE_SET_VALUES_IOCTL, &values);
	}
	clock_gettime(CLOCK_MONOTONIC, &end);
	printf("%.0f\n", ((end.tv_sec - begin.tv_sec) * 1e9 + (end.tv_nsec - begin.tv_nsec)) / count);
	return 0;
}
