// SPDX-License-Identifier: GPL-2.0
/*
 * i2c_sim: I2C buses with parts that speak plain messages, for the kernel's own drivers. (i2c-stub speaks SMBus only.)
 *
 *   insmod i2c_sim.ko buses=2
 *
 * In /sys/kernel/debug/i2c_sim/<N>, for the bus i2c-N:
 *   parts     takes lines, with all numbers in hexadecimal:
 *               "44 2400 6666924ccc61"   whoever writes 24 00 to address 44 and then reads, gets these bytes, then zeros.
 *                                        Of several that fit, the longest counts; bytes that are written beyond it replace the
 *                                        first of the answer, as in a register. "-" instead of 2400: whatever was written.
 *               "44 gone", "44 back"     the part does not answer, or answers again
 *   hang_ms   while it is not 0, each transfer takes so long, and then fails
 */
#include <linux/debugfs.h>
#include <linux/delay.h>
#include <linux/hex.h>
#include <linux/i2c.h>
#include <linux/module.h>
#include <linux/slab.h>

#define MAX_BUSES 8
#define MAX_ANSWERS 256

struct answer {
	u16 address;
	int written_length;
	u8 written[8];
	u8 bytes[64];
};

struct bus {
	struct i2c_adapter adapter;
	struct mutex lock;
	u32 hang_ms;
	bool gone[128];
	int count;
	struct answer answers[MAX_ANSWERS];
	/* By what was written last to each address. */
	struct answer *chosen[128];
};

static int buses = 1;
module_param(buses, int, 0444);

static struct bus *all[MAX_BUSES];

static bool answers_at(struct bus *bus, u16 address)
{
	int i;

	if (address > 127 || bus->gone[address])
		return false;
	for (i = 0; i < bus->count; i++)
		if (bus->answers[i].address == address)
			return true;
	return false;
}

static void write_to(struct bus *bus, const struct i2c_msg *message)
{
	struct answer *best = NULL, *one;
	int i, more;

	for (one = bus->answers; one < bus->answers + bus->count; one++)
		if (one->address == message->addr && one->written_length <= message->len &&
		    !memcmp(one->written, message->buf, one->written_length) &&
		    (!best || one->written_length > best->written_length))
			best = one;
	bus->chosen[message->addr] = best;
	if (!best || !best->written_length)
		return;
	more = min_t(int, message->len - best->written_length, sizeof(best->bytes));
	for (i = 0; i < more; i++)
		best->bytes[i] = message->buf[best->written_length + i];
}

/* Where nothing was written yet, the answer to anything. */
static void read_from(struct bus *bus, struct i2c_msg *message)
{
	struct i2c_msg nothing = { .addr = message->addr };

	if (!bus->chosen[message->addr])
		write_to(bus, &nothing);
	memset(message->buf, 0, message->len);
	if (bus->chosen[message->addr])
		memcpy(message->buf, bus->chosen[message->addr]->bytes,
		       min_t(int, message->len, sizeof(bus->chosen[message->addr]->bytes)));
}

static int i2c_sim_xfer(struct i2c_adapter *adapter, struct i2c_msg *messages, int count)
{
	struct bus *bus = i2c_get_adapdata(adapter);
	u32 hang_ms = READ_ONCE(bus->hang_ms);
	int i, problem = 0;

	if (hang_ms) {
		msleep(hang_ms);
		return -ETIMEDOUT;
	}
	mutex_lock(&bus->lock);
	for (i = 0; i < count && !problem; i++) {
		if (!answers_at(bus, messages[i].addr))
			problem = -EREMOTEIO;
		else if (messages[i].flags & I2C_M_RD)
			read_from(bus, &messages[i]);
		else
			write_to(bus, &messages[i]);
	}
	mutex_unlock(&bus->lock);
	return problem ?: count;
}

static u32 i2c_sim_functions(struct i2c_adapter *adapter)
{
	return I2C_FUNC_I2C | I2C_FUNC_SMBUS_EMUL;
}

static const struct i2c_algorithm i2c_sim_algorithm = {
	.xfer = i2c_sim_xfer,
	.functionality = i2c_sim_functions,
};

static int add_answer(struct bus *bus, u16 address, const char *written, const char *bytes)
{
	struct answer new = { .address = address }, *one;
	int length = strlen(bytes) / 2;

	if (strcmp(written, "-"))
		new.written_length = strlen(written) / 2;
	if (new.written_length > sizeof(new.written) || length > sizeof(new.bytes) ||
	    hex2bin(new.written, written, new.written_length) || hex2bin(new.bytes, bytes, length))
		return -EINVAL;
	for (one = bus->answers; one < bus->answers + bus->count; one++)
		if (one->address == address && one->written_length == new.written_length &&
		    !memcmp(one->written, new.written, new.written_length))
			break;
	if (one == bus->answers + MAX_ANSWERS)
		return -ENOSPC;
	if (one == bus->answers + bus->count)
		bus->count++;
	*one = new;
	return 0;
}

static int take_line(struct bus *bus, char *line)
{
	char first[16], second[132], address_word[4];
	unsigned int address;
	int words = sscanf(line, "%3s %15s %131s", address_word, first, second);
	int problem = 0;

	if (words < 2 || kstrtouint(address_word, 16, &address) || address > 127)
		return -EINVAL;
	mutex_lock(&bus->lock);
	if (words == 3)
		problem = add_answer(bus, address, first, second);
	else if (!strcmp(first, "gone") || !strcmp(first, "back"))
		bus->gone[address] = !strcmp(first, "gone");
	else
		problem = -EINVAL;
	mutex_unlock(&bus->lock);
	return problem;
}

static ssize_t parts_write(struct file *file, const char __user *text, size_t size, loff_t *offset)
{
	char *copy = memdup_user_nul(text, size), *rest = copy, *line;
	int problem = 0;

	if (IS_ERR(copy))
		return PTR_ERR(copy);
	while (!problem && (line = strsep(&rest, "\n")))
		if (*line)
			problem = take_line(file->private_data, line);
	kfree(copy);
	return problem ?: size;
}

static const struct file_operations parts_operations = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.write = parts_write,
};

static struct dentry *folder;

static void remove_buses(void)
{
	int i;

	debugfs_remove_recursive(folder);
	for (i = 0; i < MAX_BUSES && all[i]; i++) {
		i2c_del_adapter(&all[i]->adapter);
		kfree(all[i]);
		all[i] = NULL;
	}
}

static int __init i2c_sim_init(void)
{
	int i, problem;

	folder = debugfs_create_dir("i2c_sim", NULL);
	for (i = 0; i < clamp(buses, 1, MAX_BUSES); i++) {
		struct bus *bus = kzalloc(sizeof(*bus), GFP_KERNEL);
		struct dentry *own;
		char name[8];

		if (!bus) {
			remove_buses();
			return -ENOMEM;
		}
		mutex_init(&bus->lock);
		bus->adapter.owner = THIS_MODULE;
		bus->adapter.algo = &i2c_sim_algorithm;
		snprintf(bus->adapter.name, sizeof(bus->adapter.name), "i2c_sim %d", i);
		i2c_set_adapdata(&bus->adapter, bus);
		problem = i2c_add_adapter(&bus->adapter);
		if (problem) {
			kfree(bus);
			remove_buses();
			return problem;
		}
		all[i] = bus;
		snprintf(name, sizeof(name), "%d", bus->adapter.nr);
		own = debugfs_create_dir(name, folder);
		debugfs_create_u32("hang_ms", 0600, own, &bus->hang_ms);
		debugfs_create_file("parts", 0200, own, bus, &parts_operations);
	}
	return 0;
}

static void __exit i2c_sim_exit(void)
{
	remove_buses();
}

module_init(i2c_sim_init);
module_exit(i2c_sim_exit);
MODULE_DESCRIPTION("simulated I2C buses with parts that speak plain messages");
MODULE_LICENSE("GPL");
