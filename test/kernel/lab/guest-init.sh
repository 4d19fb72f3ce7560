#!/bin/sh
# guest-init.sh: the first process of the guest. It lays a layer of memory over the machine's files, which the kernel mounted
# read-only, mounts what a Linux has, and runs LAB_SHARE/command, which leaves its status in LAB_SHARE/status; with
# LAB_INIT=systemd it hands over to systemd, which runs it. boot.sh sets these variables. A boot after a reboot finds in
# LAB_SHARE/disk.tar what the boot before it has written.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

give_up() {
  echo "the guest cannot start: $*"
  "$LAB_BUILT/busybox" poweroff -f
}

mount -n -t proc proc /proc || give_up "no /proc"
mount -n -t tmpfs -o size=75%,mode=755 tmpfs /mnt || give_up "no memory for files"
mkdir /mnt/upper /mnt/work /mnt/root
[ ! -e "$LAB_SHARE/disk.tar" ] || tar -xpf "$LAB_SHARE/disk.tar" --xattrs --xattrs-include='*' -C /mnt/upper || give_up "no disk"
mount -n -t overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work overlay /mnt/root || give_up "no overlay"
cd /mnt/root || give_up "no root"

mount -n -t proc proc proc
mount -n -t sysfs sysfs sys
mount -n -t configfs configfs sys/kernel/config
mount -n -t debugfs debugfs sys/kernel/debug
mount -n -t devtmpfs devtmpfs dev
mkdir -p dev/pts dev/shm
mount -n -t devpts -o gid=5,mode=620,ptmxmode=666 devpts dev/pts
mount -n -t tmpfs -o mode=1777 tmpfs dev/shm
mount -n -t tmpfs -o mode=755 tmpfs run
ln -sfn /proc/self/fd dev/fd
ln -sfn fd/0 dev/stdin
ln -sfn fd/1 dev/stdout
ln -sfn fd/2 dev/stderr

for folder in $LAB_SHARE $LAB_WRITABLE; do
  mkdir -p ".$folder"
  mount -n -t hostfs -o "$folder" none ".$folder" || give_up "no $folder"
done
"$LAB_BUILT/busybox" ip link set lo up

# A machine that boots for the command and for what the guest itself has enabled: no login, no network of its own, and nothing of
# the host's units.
prepare_systemd() {
  units=run/systemd/system
  mkdir -p $units run/tmpfiles.d run/lab-layer
  mount -n --bind /mnt/upper run/lab-layer
  cat >$units/lab.target <<END
[Unit]
Requires=basic.target lab.service lab-disk.service
Wants=multi-user.target
After=basic.target
AllowIsolate=yes
END
  # Stopped after all that writes, as a disk is.
  cat >$units/lab-disk.service <<END
[Unit]
DefaultDependencies=no
RequiresMountsFor=$LAB_SHARE /run/lab-layer
Before=basic.target shutdown.target
Conflicts=shutdown.target
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/true
ExecStop=/bin/tar -cf $LAB_SHARE/disk.tar --xattrs --xattrs-include='*' --exclude=./tmp --exclude=./run -C /run/lab-layer .
TimeoutStopSec=infinity
END
  cat >$units/lab.service <<END
[Unit]
Requires=basic.target
After=basic.target
[Service]
Type=oneshot
ExecStart=/bin/sh -c 'bash $LAB_SHARE/command 2>&1 | cat >/dev/console'
ExecStopPost=/bin/sh -c 'sync; [ -s $LAB_SHARE/status ] || exec systemctl --no-block reboot; exec $LAB_BUILT/busybox poweroff -f'
TimeoutStartSec=infinity
END
  for unit in timers.target getty@.service serial-getty@.service systemd-timesyncd.service systemd-networkd.service \
    systemd-resolved.service systemd-remount-fs.service systemd-firstboot.service systemd-random-seed.service; do
    ln -sf /dev/null $units/$unit
  done
  # Else all that this machine has in /tmp is removed from the layer, file by file.
  ln -sf /dev/null run/tmpfiles.d/tmp.conf
  [ -e "$LAB_SHARE/disk.tar" ] || rm -rf etc/systemd/system/multi-user.target.wants/* lib/systemd/system/multi-user.target.wants/*
  mkdir -p etc/systemd/system/multi-user.target.wants
  # By these it would take itself for a container.
  rm -f .dockerenv run/.containerenv
  : >etc/fstab
}

if [ "$LAB_INIT" = systemd ]; then
  prepare_systemd
  mount -n --move . /
  unset container
  exec chroot . /lib/systemd/systemd
fi

mount -n --move . /
# Through a pipe, so that programs do not take the console for a person's terminal.
chroot . /bin/bash "$LAB_SHARE/command" </dev/null 2>&1 | cat >./dev/console
sync
"$LAB_BUILT/busybox" poweroff -f
