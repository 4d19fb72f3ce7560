// SPDX-License-Identifier: GPL-2.0
/*
 * expander_sim: three port expanders on an I2C bus of their own, none of which has an interrupt: a pca9534 at 0x20, a mcp23017 at
 * 0x21 and a pcf8574 at 0x22. The kernel's own drivers serve them.
 *
 * In /sys/kernel/debug/expander_sim/<chip>: `levels` are the physical levels of the lines, `wires` the levels that somebody
 * outside gives to lines that are inputs, and while `gone` is Y, the chip does not answer.
 */
#include <linux/debugfs.h>
#include <linux/i2c.h>
#include <linux/module.h>

enum model { PCA9534, MCP23017, PCF8574 };

struct expander {
	const char *name;
	enum model model;
	u16 address;
	bool gone;
	u16 wires;
	/* What the lines are driven to, and which of them are inputs. */
	u16 outputs;
	u16 inputs;
	/* All other registers, which do nothing. */
	u16 others[256];
	struct i2c_client *client;
};

/* After power-on all lines are inputs. Those of the pcf8574 are also high, by weak pull-ups. */
static struct expander expanders[] = {
	{ "pca9534", PCA9534, 0x20, .outputs = 0xff, .inputs = 0xff },
	{ "mcp23017", MCP23017, 0x21, .inputs = 0xffff },
	{ "pcf8574", PCF8574, 0x22, .outputs = 0xff, .wires = 0xff },
};

static u16 levels(const struct expander *chip)
{
	if (chip->model == PCF8574)
		return chip->outputs & chip->wires;
	return (chip->outputs & ~chip->inputs) | (chip->wires & chip->inputs);
}

/* The register with this number; NULL for the levels, which are computed. */
static u16 *registered(struct expander *chip, u8 number, bool writes)
{
	if (chip->model == PCA9534)
		return number == 0 ? NULL : number == 1 ? &chip->outputs : number == 3 ? &chip->inputs : &chip->others[number];
	if (number == 0x00)
		return &chip->inputs;
	if (number == 0x14 || (number == 0x12 && writes))
		return &chip->outputs;
	return number == 0x12 ? NULL : &chip->others[number];
}

static s32 expander_sim_xfer(struct i2c_adapter *adapter, u16 address, unsigned short flags, char direction, u8 command,
			     int size, union i2c_smbus_data *data)
{
	bool writes = direction == I2C_SMBUS_WRITE;
	struct expander *chip = NULL;
	u16 *value;
	int i;

	for (i = 0; i < ARRAY_SIZE(expanders); i++)
		if (expanders[i].address == address && !expanders[i].gone)
			chip = &expanders[i];
	if (!chip)
		return -EREMOTEIO;
	if (size == I2C_SMBUS_QUICK)
		return 0;
	if (size == I2C_SMBUS_BYTE) {
		if (writes)
			chip->outputs = command;
		else
			data->byte = levels(chip);
		return 0;
	}
	value = registered(chip, command, writes);
	if (size == I2C_SMBUS_BYTE_DATA) {
		if (!writes)
			data->byte = value ? *value : levels(chip);
		else if (value)
			*value = data->byte;
		return 0;
	}
	if (size != I2C_SMBUS_WORD_DATA)
		return -EOPNOTSUPP;
	if (!writes)
		data->word = value ? *value : levels(chip);
	else if (value)
		*value = data->word;
	return 0;
}

static u32 expander_sim_functions(struct i2c_adapter *adapter)
{
	return I2C_FUNC_SMBUS_QUICK | I2C_FUNC_SMBUS_BYTE | I2C_FUNC_SMBUS_BYTE_DATA | I2C_FUNC_SMBUS_WORD_DATA;
}

static const struct i2c_algorithm expander_sim_algorithm = {
	.smbus_xfer = expander_sim_xfer,
	.functionality = expander_sim_functions,
};

static struct i2c_adapter expander_sim_adapter = {
	.owner = THIS_MODULE,
	.algo = &expander_sim_algorithm,
	.name = "expander_sim",
};

static int levels_get(void *data, u64 *value)
{
	*value = levels(data);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(levels_file, levels_get, NULL, "0x%04llx\n");

static struct dentry *folder;

static int __init expander_sim_init(void)
{
	int i, problem = i2c_add_adapter(&expander_sim_adapter);

	if (problem)
		return problem;
	folder = debugfs_create_dir("expander_sim", NULL);
	for (i = 0; i < ARRAY_SIZE(expanders); i++) {
		struct expander *chip = &expanders[i];
		struct i2c_board_info info = { .addr = chip->address };
		struct dentry *own = debugfs_create_dir(chip->name, folder);

		debugfs_create_bool("gone", 0600, own, &chip->gone);
		debugfs_create_x16("wires", 0600, own, &chip->wires);
		debugfs_create_file("levels", 0400, own, chip, &levels_file);
		strscpy(info.type, chip->name, sizeof(info.type));
		chip->client = i2c_new_client_device(&expander_sim_adapter, &info);
	}
	return 0;
}

static void __exit expander_sim_exit(void)
{
	int i;

	debugfs_remove_recursive(folder);
	for (i = 0; i < ARRAY_SIZE(expanders); i++)
		if (!IS_ERR(expanders[i].client))
			i2c_unregister_device(expanders[i].client);
	i2c_del_adapter(&expander_sim_adapter);
}

module_init(expander_sim_init);
module_exit(expander_sim_exit);
MODULE_DESCRIPTION("simulated port expanders");
MODULE_LICENSE("GPL");
