#!/bin/bash
# in-arm64.sh ROOT FOLDER COMMAND...: runs COMMAND as root in an arm64 root that arm64-root.sh made ("compiler" or "plain"), by
# qemu's emulation of single programs, in /work, which is FOLDER. The network is this machine's. Exits with COMMAND's status.
# Needs: root, and binfmt_misc in the kernel; installs qemu-user-static and binfmt-support. Exit status: 64 for a wrong call, 77
# when something is missing.
set -euo pipefail

die() {
  echo "in-arm64.sh: $*" >&2
  exit 77
}

[ $# -ge 3 ] || { echo "usage: in-arm64.sh compiler|plain FOLDER COMMAND..." >&2 && exit 64; }
root=$("$(dirname "$0")/arm64-root.sh")/$1
folder=$(readlink -f "$2")
shift 2

if [ "$(uname -m)" != aarch64 ]; then
  emulator=/proc/sys/fs/binfmt_misc/qemu-aarch64
  if [ ! -x /usr/bin/qemu-aarch64-static ]; then
    apt-get -qq update
    DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -qq -y --no-install-recommends \
      qemu-user-static binfmt-support >/dev/null || die "apt-get could not install qemu-user-static and binfmt-support"
  fi
  [ -e /proc/sys/fs/binfmt_misc/register ] || mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc ||
    die "this kernel, or this container, has no binfmt_misc"
  [ -e "$emulator" ] || update-binfmts --enable qemu-aarch64 || die "qemu-aarch64 could not be registered with binfmt_misc"
fi

cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
if [ -f /etc/ssl/certs/ca-certificates.crt ]; then cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"; fi
echo "registry=$(npm config get registry 2>/dev/null)" >"$root/root/.npmrc"
proxies=$(env | grep -i -E '^(https?|no)_proxy=' || true)
mapfile -t proxies <<<"${proxies:-LANG=C.UTF-8}"

# The mounts belong to this command and are gone with it, whatever ends it.
# shellcheck disable=SC2016
exec nice -n 10 unshare --mount --propagation private sh -ec '
  root=$1 folder=$2
  shift 2
  mount --bind "$folder" "$root/work"
  mount -t proc proc "$root/proc"
  mount --rbind /dev "$root/dev"
  exec chroot "$root" "$@"
' sh "$root" "$folder" /usr/bin/env -i "${proxies[@]}" \
  PATH=/opt/node/bin:/usr/bin:/bin HOME=/root NO_COLOR=1 TERM=dumb TMPDIR=/tmp \
  npm_config_nodedir=/opt/node npm_config_audit=false npm_config_fund=false npm_config_update_notifier=false \
  NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
  sh -c 'cd /work && exec "$@"' sh "$@"
