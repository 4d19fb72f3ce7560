#!/bin/sh
# guest-init.sh: the first process of the guest. It lays a layer of memory over the machine's files, which the kernel mounted
# read-only, mounts what a Linux has, and runs LAB_SHARE/command, which leaves its status in LAB_SHARE/status. boot.sh sets
# these variables.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

give_up() {
  echo "the guest cannot start: $*"
  "$LAB_BUILT/busybox" poweroff -f
}

mount -n -t proc proc /proc || give_up "no /proc"
mount -n -t tmpfs -o size=75%,mode=755 tmpfs /mnt || give_up "no memory for files"
mkdir /mnt/upper /mnt/work /mnt/root
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

mount -n --move . /
# Through a pipe, so that programs do not take the console for a person's terminal.
chroot . /bin/bash "$LAB_SHARE/command" </dev/null 2>&1 | cat >./dev/console
sync
"$LAB_BUILT/busybox" poweroff -f
