#!/usr/bin/env bash
# build-kernel.sh: builds the lab's kernel, a User-Mode Linux with simulated GPIO chips, 1-Wire, I2C, IIO, hwmon and PWM, from
# Debian's linux-source-6.12 with patches/, kernel.config, modules/ and boards/ of this folder. Prints the folder with the result:
# `linux`, a program that boot.sh starts, its `modules`, the `boards`, and a `busybox`. Does nothing where that is there already.
#
# The result goes to ${XDG_CACHE_HOME:-~/.cache}/pi2mqtt/kernel-lab/<fingerprint of this folder's files> (10 MB). Building takes
# about 10 CPU minutes, 2.5 GB of scratch beside it, and a package of 152 MB. Packages that are missing are installed by apt.
# Exit status 77 and one sentence on standard error: it cannot be built on this machine.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
packages=(linux-source-6.12 gcc libc6-dev make flex bison bc libelf-dev libssl-dev kmod xz-utils patch busybox-static)

cannot() {
  echo "$*" >&2
  exit 77
}

fail() {
  echo "$*" >&2
  exit 1
}

fingerprint() {
  (cd "$here" && sha256sum build-kernel.sh kernel.config patches/* modules/* boards/*) | sha256sum | cut -c1-16
}

install_packages() {
  local missing=() package
  for package in "${packages[@]}"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  [ "$(id -u)" = 0 ] || cannot "building the kernel needs root to install ${missing[*]}"
  # A fresh machine has no lists, an old one has lists of packages that are gone.
  export DEBIAN_FRONTEND=noninteractive
  local install=(apt-get -o DPkg::Lock::Timeout=300 install -qq -y --no-install-recommends "${missing[@]}")
  echo "installing ${missing[*]}" >&2
  "${install[@]}" >/dev/null 2>&1 || { apt-get update -qq >&2 && "${install[@]}" >/dev/null; } ||
    cannot "building the kernel needs ${missing[*]}, which apt could not install"
}

unpack() {
  # The register tables of AMD's graphics chips take longer to unpack than all that is needed.
  tar -xf /usr/src/linux-source-6.12.tar.xz --strip-components=1 -C "$1" --exclude='*/amd/include/asic_reg'
  local change
  for change in "$here"/patches/*.patch; do patch -d "$1" -p1 --quiet <"$change"; done
}

configure() {
  "${make[@]}" KCONFIG_ALLCONFIG="$here/kernel.config" allnoconfig
  local option
  while read -r option; do
    grep -qxF "$option" "$work/out/.config" || fail "linux-source-6.12 refuses $option of kernel.config"
  done < <(grep '^CONFIG_' "$here/kernel.config")
}

compile() {
  "${make[@]}" -j"$(nproc)" linux modules &&
    cp -r "$here/modules" "$work/out/lab" &&
    "${make[@]}" M="$work/out/lab" modules
}

collect() {
  mkdir -p "$work/result/modules" "$work/result/boards"
  strip -s "$work/out/linux" -o "$work/result/linux"
  cp "$(command -v busybox)" "$work/result/busybox"
  cp "$work/out/drivers/i2c/i2c-stub.ko" "$work"/out/lab/*.ko "$work/result/modules/"
  local board
  for board in "$here"/boards/*.dts; do
    "$work/out/scripts/dtc/dtc" -q -O dtb -o "$work/result/boards/$(basename "$board" .dts).dtb" "$board"
  done
}

[ "$(uname -sm)" = "Linux x86_64" ] || cannot "User-Mode Linux needs Linux on x86_64; this is $(uname -sm)"
cache=${XDG_CACHE_HOME:-$HOME/.cache}/pi2mqtt/kernel-lab
result=$cache/$(fingerprint)
if [ -x "$result/linux" ]; then
  echo "$result"
  exit 0
fi

command -v apt-get >/dev/null || cannot "building the kernel needs Debian 12 or a system like it, with apt"
install_packages
mkdir -p "$cache"
# Several may build at a time, each in a folder of its own; the first to finish wins.
work=$(mktemp -d "$cache/building.XXXXXX")
trap 'rm -rf "$work"' EXIT
[ "$(df -Pm "$work" | awk 'NR==2 {print $4}')" -gt 2500 ] || cannot "building the kernel needs 2.5 GB free in $cache"
mkdir "$work/source" "$work/out"
make=(nice -n 10 make -s -C "$work/source" ARCH=um O="$work/out")

echo "unpacking the kernel's source" >&2
unpack "$work/source"
configure
echo "building the kernel, some 10 minutes on two cores" >&2
compile >"$work/log" 2>&1 || {
  tail -20 "$work/log" >&2
  fail "the kernel did not build"
}
collect
mv -T "$work/result" "$result" 2>/dev/null || [ -x "$result/linux" ]
echo "$result"
