// SPDX-License-Identifier: GPL-2.0
/*
 * pwm_sim: the PWM chips of a Raspberry Pi's device tree, with nothing behind them, for the kernel's own /sys/class/pwm to
 * show. What a channel was told last is in /sys/kernel/debug/pwm.
 */
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/platform_device.h>
#include <linux/pwm.h>

static int pwm_sim_apply(struct pwm_chip *chip, struct pwm_device *pwm,
			 const struct pwm_state *state)
{
	return 0;
}

static const struct pwm_ops pwm_sim_ops = { .apply = pwm_sim_apply };

static int pwm_sim_probe(struct platform_device *pdev)
{
	unsigned long channels = (unsigned long)of_device_get_match_data(&pdev->dev);
	struct pwm_chip *chip = devm_pwmchip_alloc(&pdev->dev, channels, 0);

	if (IS_ERR(chip))
		return PTR_ERR(chip);
	chip->ops = &pwm_sim_ops;
	return devm_pwmchip_add(&pdev->dev, chip);
}

static const struct of_device_id pwm_sim_matches[] = {
	{ .compatible = "brcm,bcm2835-pwm", .data = (void *)2 },
	{ .compatible = "raspberrypi,rp1-pwm", .data = (void *)4 },
	{ }
};
MODULE_DEVICE_TABLE(of, pwm_sim_matches);

static struct platform_driver pwm_sim_driver = {
	.driver = { .name = "pwm_sim", .of_match_table = pwm_sim_matches },
	.probe = pwm_sim_probe,
};
module_platform_driver(pwm_sim_driver);
MODULE_DESCRIPTION("simulated PWM chips of a Raspberry Pi");
MODULE_LICENSE("GPL");
