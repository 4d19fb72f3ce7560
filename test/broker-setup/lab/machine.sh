#!/bin/bash
# A machine to set up a broker on: this one's programs and a copy of its configuration in namespaces of their own, without
# systemd, and with no network but itself. Says "ready" and stays until its standard input ends.
set -euo pipefail

mount -t tmpfs tmpfs /mnt
for folder in etc var root; do
  mkdir -p "/mnt/$folder/upper" "/mnt/$folder/work"
  mount -t overlay overlay -o "lowerdir=/$folder,upperdir=/mnt/$folder/upper,workdir=/mnt/$folder/work" "/$folder"
done
mount -t tmpfs tmpfs /run
ip link set lo up
rm -f /etc/mosquitto/conf.d/*.conf
rm -rf /etc/mosquitto/pi2mqtt /etc/pi2mqtt
hostname office-pi
echo "127.0.0.1 office-pi office-pi.local called-otherwise" >>/etc/hosts
echo ready
# Ending it ends every process of the machine.
cat >/dev/null
