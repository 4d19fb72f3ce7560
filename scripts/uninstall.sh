#!/bin/bash
# Removes what install.sh has made: see --help.
set -euo pipefail

usage='Usage: sudo scripts/uninstall.sh [--purge]

Stops the service pi2mqtt, which brings its relays to rest, and removes the program, the service, the command and the
user pi2mqtt. Your configuration in /etc/pi2mqtt and what the devices keep in /var/lib/pi2mqtt stay, unless you say
--purge. The groups gpio, i2c, spi, video and dialout stay, because they may belong to the system.'

purge=
case "$*" in
  "") ;;
  --purge) purge=yes ;;
  -h | --help) echo "$usage" && exit ;;
  *) echo "$usage" >&2 && exit 64 ;;
esac
if [ "$(id -u)" != 0 ]; then
  echo "uninstall.sh: This needs root; run \"sudo $0${*:+ $*}\"." >&2
  exit 1
fi

config=/etc/pi2mqtt
state=/var/lib/pi2mqtt
cache=/var/cache/pi2mqtt
system=/etc/systemd/system
PATH=$PATH:/usr/sbin:/sbin
found=
remove() {
  for path; do
    if [ ! -e "$path" ] && [ ! -L "$path" ]; then continue; fi
    rm -rf "$path"
    found=yes
    echo "==> Removed $path."
  done
}

cd /
if [ -e "$system/pi2mqtt.service" ] && [ -d /run/systemd/system ]; then
  systemctl --quiet disable --now pi2mqtt
  echo "==> Stopped the service."
fi
remove "$system/pi2mqtt.service" "$system/multi-user.target.wants/pi2mqtt.service" "$cache" /opt/pi2mqtt /opt/pi2mqtt.new /opt/pi2mqtt.old
case $(readlink /usr/local/bin/pi2mqtt || true) in /opt/pi2mqtt/*) remove /usr/local/bin/pi2mqtt ;; esac
if [ -n "$purge" ]; then remove "$config" "$state" "$system/pi2mqtt.service.d"; fi
if [ -d /run/systemd/system ]; then
  systemctl daemon-reload
  systemctl reset-failed pi2mqtt 2>/dev/null || true
fi

if id pi2mqtt >/dev/null 2>&1; then
  # The next user who gets this number must not own the file with the broker's password.
  for folder in "$config" "$state"; do
    if [ -d "$folder" ]; then chown -R --from=pi2mqtt root:root "$folder"; fi
  done
  userdel pi2mqtt
  found=yes
  echo "==> Removed the user pi2mqtt."
fi
if getent group pi2mqtt >/dev/null; then groupdel pi2mqtt; fi

if [ -z "$found" ]; then echo "==> pi2mqtt is not installed here; there was nothing to do."; fi
if [ -d "$config" ]; then echo "==> Your configuration is still in $config; \"$0 --purge\" removes it as well."; fi
