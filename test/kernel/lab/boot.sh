#!/usr/bin/env bash
# boot.sh COMMAND [WORD...]: boots the lab's kernel and runs a command in it as root, in the folder where boot.sh was called.
# Its output comes out here, its exit status is this script's. The guest sees this machine's files under a layer of memory:
# whatever is written there is gone afterwards. It has one processor and a network of its own, which is loopback only.
#
#   LAB_INIT=systemd         systemd is the first process, with udev and the journal, and the command a service of it; needs the
#                            packages systemd and udev on this machine. Default: the command is all that runs
#   LAB_BOOTS=1              with systemd: how often the command runs. After each run the guest is rebooted as a machine is, and has its
#                            files again, but /tmp and /run. TEST_BOOT is 1, then 2 and so on. A run that fails is the last one
#   LAB_BOARD=pi-4           a device tree of boards/, by which programs tell a Raspberry Pi; none unless given
#   LAB_MEMORY=1G            of the guest, for its programs and for the files that are written in it
#   LAB_TIME_LIMIT=600       in seconds
#   LAB_WRITABLE="DIR..."    folders of this machine that the command may write
#   LAB_PASS="NAME..."       variables to hand on, besides PATH, HOME, CI, NO_COLOR, FORCE_COLOR and TEST_*
#
# In the guest, LAB_BUILT is the folder that build-kernel.sh made. Exit status 70: the guest ended without a result; 77: it cannot
# run on this machine, and a sentence on standard error says why.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
[ $# -gt 0 ] || {
  echo "usage: boot.sh COMMAND [WORD...]" >&2
  exit 64
}
[ "$(id -u)" = 0 ] || {
  echo "the kernel lab needs root, whose files it shows in the guest" >&2
  exit 77
}
built=$("$here/build-kernel.sh")

share=$(mktemp -d /tmp/kernel-lab.XXXXXX)
# The guest's memory is a file, which belongs on a file system that is memory itself.
memory=$(mktemp -d /dev/shm/kernel-lab.XXXXXX)
trap 'rm -rf "$share" "$memory"' EXIT
cp "$here/guest-init.sh" "$share/init"
chmod 755 "$share/init"
echo 0 >"$share/boots"

write_command() {
  local name
  for name in PATH HOME CI NO_COLOR FORCE_COLOR ${!TEST_@} ${LAB_PASS:-}; do
    [ -z "${!name+set}" ] || printf 'export %s=%q\n' "$name" "${!name}"
  done
  printf 'export LAB_BUILT=%q\n' "$built"
  printf 'cd %q\n' "$PWD"
  # Without a status at its end, the guest is rebooted.
  # shellcheck disable=SC2016 # the guest expands it
  printf 'export TEST_BOOT=$(($(cat %q) + 1))\necho $TEST_BOOT >%q\n' "$share/boots" "$share/boots"
  printf '%q ' "$@"
  # shellcheck disable=SC2016 # the guest expands it
  printf '\nstatus=$?\n[ $status = 0 ] && [ $TEST_BOOT -lt %q ] || echo $status >%q\n' "${LAB_BOOTS:-1}" "$share/status"
}
write_command "$@" >"$share/command"

# The kernel hands the words that it does not know to its init, those with "=" as environment.
words=(mem="${LAB_MEMORY:-1G}" root=none rootfstype=hostfs hostfs=/ ro quiet loglevel=3
  init="$share/init" LAB_BUILT="$built" LAB_SHARE="$share" LAB_WRITABLE="${LAB_WRITABLE:-}" LAB_INIT="${LAB_INIT:-}"
  umid=lab uml_dir="$share/")
[ -z "${LAB_INIT:-}" ] || words+=(systemd.unit=lab.target systemd.show_status=no systemd.log_target=journal-or-kmsg systemd.unified_cgroup_hierarchy=1)
[ -z "${LAB_BOARD:-}" ] || words+=(dtb="$built/boards/$LAB_BOARD.dtb")
# The guest's kernel and its programs are processes here that hand over to each other at each page fault. From one processor to
# another that wakes a sleeping one each time, which makes the guest up to ten times slower.
processor=$(taskset --cpu-list --pid $$ | sed 's/.*[ ,-]//')
TMPDIR=$memory taskset --cpu-list "$processor" timeout --foreground -k 10 "${LAB_TIME_LIMIT:-600}" "$built/linux" "${words[@]}" \
  </dev/null 2>"$share/complaints" | sed -u -e 's/\r$//' -e '/^reboot: Power down$/d' || true

[ -s "$share/status" ] || {
  cat "$share/complaints" >&2
  echo "the guest ended without a result: its kernel stopped, or ${LAB_TIME_LIMIT:-600} s were over" >&2
  exit 70
}
exit "$(cat "$share/status")"
