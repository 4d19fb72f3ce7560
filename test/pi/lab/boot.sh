#!/bin/bash
# boot.sh [-a FOLDER:PATH]... [-q SOCKET] [-s SECONDS] COMMAND...: boots an emulated Raspberry Pi 3B (QEMU, without any help from the
# processor) with Debian's own arm64 kernel, runs COMMAND in it as root, shows what it prints and exits with its status. Its
# pins are the real driver's: /dev/gpiochip0 and /sys/class/gpio are pinctrl-bcm2835 with 54 lines. QEMU's model of that chip
# raises no interrupts, so a program in the Pi sees a changed input when it looks, and never by an edge.
#   -a FOLDER:PATH   a copy of FOLDER of this machine at PATH in the Pi
#   -q SOCKET        makes a socket there that speaks QEMU's qtest protocol: it reads and drives the pins from outside
#   -s SECONDS       the time limit for everything (default 180)
# In the Pi: Node.js, busybox, the network with this machine as 10.0.2.2, all in memory.
# Needs: what arm64-root.sh needs; installs qemu-system-arm and cpio, for which it must be root. Exit status: 64 for a wrong call, 70
# when the Pi stopped without a result, 77 when something is missing, 124 at the time limit.
set -euo pipefail
lab=$(dirname "$(readlink -f "$0")")

die() {
  echo "boot.sh: $*" >&2
  exit 77
}
usage() {
  echo "usage: boot.sh [-a FOLDER:PATH]... [-q SOCKET] [-s SECONDS] COMMAND..." >&2
  exit 64
}

added=()
qtest=()
seconds=180
while getopts a:q:s: option; do
  case $option in
    a) added+=("$OPTARG") ;;
    q) qtest=(-qtest "unix:$OPTARG,server=on,wait=off" -qtest-log /dev/null) ;;
    s) seconds=$OPTARG ;;
    *) usage ;;
  esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || usage

cache=$("$lab/arm64-root.sh")
if ! command -v qemu-system-aarch64 >/dev/null || ! command -v cpio >/dev/null; then
  [ "$(id -u)" = 0 ] || die "qemu-system-arm and cpio are not installed, and only root can install them"
  apt-get -qq update
  DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -qq -y --no-install-recommends \
    qemu-system-arm cpio >/dev/null || die "apt-get could not install qemu-system-arm and cpio"
fi

work=$(mktemp -d)
trap 'kill "${qemu:-}" 2>/dev/null || true; rm -rf "$work"' EXIT

# The memory disk: the plain root, and what is new in this run.
archive() { (cd "$1" && find . "${@:2}" | cpio --create --format=newc --quiet); }
if [ ! -e "$cache/pi.cpio" ]; then
  archive "$cache/plain" -path ./opt/npm -prune -o -path ./opt/node/include -prune -o -print >"$work/pi.cpio"
  mv "$work/pi.cpio" "$cache/pi.cpio"
fi
cp -a "$cache/kernel/modules" "$work/new"
mkdir "$work/new/modules"
mv "$work"/new/*.ko* "$work/new/order" "$work/new/modules/"
install -m 755 "$lab/init" "$work/new/init"
{
  # A Pi has no clock of its own.
  echo "date -s @$(date +%s) >/dev/null"
  printf '%q ' "$@"
} >"$work/new/command"
for pair in ${added[@]+"${added[@]}"}; do
  mkdir -p "$work/new/${pair#*:}"
  cp -a "${pair%%:*}/." "$work/new/${pair#*:}/"
done
archive "$work/new" >"$work/new.cpio"
cat "$cache/pi.cpio" "$work/new.cpio" >"$work/disk"

mkfifo "$work/console"
nice -n 10 qemu-system-aarch64 -M raspi3b -kernel "$cache/kernel/vmlinuz" -dtb "$cache/kernel/bcm2837-rpi-3-b.dtb" \
  -initrd "$work/disk" -append "console=ttyS1,115200 panic=5 quiet loglevel=1" -display none -monitor none \
  -serial null -serial stdio -netdev user,id=network -device usb-net,netdev=network ${qtest[@]+"${qtest[@]}"} \
  -no-reboot </dev/null >"$work/console" 2>"$work/qemu.log" &
qemu=$!

exec 3<"$work/console"
begun=
while IFS= read -r -t $((seconds > SECONDS ? seconds - SECONDS : 1)) line <&3; do
  line=${line%$'\r'}
  case $line in
    *@@BEGIN) begun=yes ;;
    "@@END "*) exit "${line#@@END }" ;;
    *) if [ -n "$begun" ]; then printf '%s\n' "$line"; else printf '%s\n' "$line" >>"$work/boot.log"; fi ;;
  esac
done || true
if [ "$SECONDS" -ge "$seconds" ]; then
  echo "boot.sh: the Pi did not come to an end within $seconds seconds" >&2
  status=124
else
  echo "boot.sh: the Pi stopped without a result" >&2
  status=70
fi
cat "$work/boot.log" "$work/qemu.log" 2>/dev/null | tail -20 >&2
exit $status
