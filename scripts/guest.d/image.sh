# The guest's kernel, disks and device tree. No arm64 program is run to make them. Sourced by scripts/guest; runs
# nothing by itself.

# What the guest loads, in this order and each after what it needs.
GUEST_MODULES=(virtio_blk ext4 virtio_net pps-gpio vrf veth)

# Sets image to a folder with vmlinuz, initrd.img and root.img, kept as long as packages and recipe are the same.
make_image() {
  local key new tree deb version
  key=$(cat "$cache/debs/SHA256SUMS" "$here"/guest.d/{image.sh,init-*} | sha256sum | cut -c 1-16)
  image=$cache/image-$key
  if [ -e "$image" ]; then
    say "kernel and disk of $(date -r "$image" +%F)"
    return
  fi
  say "unpacking kernel and Java"
  new=$(mktemp -d "$cache/new-image.XXXXXX")
  tree=$new/root
  mkdir "$tree"
  for deb in "$cache"/debs/*.deb; do
    dpkg -x "$deb" "$tree" || die 70 "$deb cannot be unpacked"
  done
  version=$(basename "$tree"/usr/lib/modules/*)
  mv "$tree/boot/vmlinuz-$version" "$new/vmlinuz"
  make_initrd "$tree" "$version" "$new/initrd.img"
  make_root "$tree" "$new/root.img"
  rm -rf "$tree" "$cache"/image-*
  mv "$new" "$image"
}

# make_initrd TREE VERSION FILE: busybox, kernel modules and /init.
make_initrd() {
  local from=$1 version=$2 file=$3 tree module path name
  tree=$from.initrd
  mkdir -p "$tree"/{bin,modules,proc,sys,dev,root}
  cp "$from/usr/bin/busybox" "$tree/bin/"
  ln -s busybox "$tree/bin/sh"
  install -m 755 "$here/guest.d/init-ramdisk" "$tree/init"
  ln -sfn usr/lib "$from/lib"
  depmod -b "$from" "$version"
  for module in "${GUEST_MODULES[@]}"; do
    modprobe -d "$from" -S "$version" --show-depends "$module" || die 70 "the kernel package has no module $module"
  done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }' >"$tree/list"
  while read -r path; do
    name=$(basename "${path%.xz}")
    case $path in
      *.xz) xz -dc "$path" >"$tree/modules/$name" ;;
      *) cp "$path" "$tree/modules/$name" ;;
    esac
    echo "$name" >>"$tree/modules/order"
  done <"$tree/list"
  rm "$tree/list"
  (cd "$tree" && find . | LC_ALL=C sort | cpio --quiet -o -H newc -R 0:0 | gzip -1) >"$file"
  rm -rf "$tree"
}

# make_root TREE FILE: the read-only disk with busybox and Java.
make_root() {
  local tree=$1 file=$2 java
  java=$(readlink -f "$tree"/usr/lib/jvm/java-1.*)
  # Only weight: documents, modules (those needed are in initrd.img), device trees, class archives for other heaps.
  rm -rf "$tree"/boot "$tree"/usr/lib/{modules,linux-image-*} "$tree"/usr/share/{doc,man,lintian,locale,bug} \
    "$java"/lib/server/classes_nocoops*.jsa
  mkdir -p "$tree"/{bin,sbin,proc,sys,dev,run,tmp,var}
  install -m 755 "$here/guest.d/init-root" "$tree/sbin/init"
  ln -sfn ../usr/bin/busybox "$tree/bin/sh"
  ln -sfn "${java#"$tree"}/bin/java" "$tree/usr/bin/java"
  echo 'root:x:0:0:root:/tmp:/bin/sh' >"$tree/etc/passwd"
  echo 'root:x:0:' >"$tree/etc/group"
  printf '127.0.0.1 localhost\n::1 localhost\n' >"$tree/etc/hosts"
  make_file_system "$tree" "$file" 16 -O ^has_journal
}

# make_disk FILE: the disk of one run with the distribution, the checks that run inside, and room for the daemon's state.
make_disk() {
  local file=$1 tree=$work/disk
  mkdir -p "$tree"/{timeball,checks,lib}
  cp -r "$root"/src/cli/target/timeball/{lib,drivers} "$tree/timeball/"
  cp -r "$root/src/checks/target/test-classes/." "$tree/checks/"
  make_file_system "$tree" "$file" 32
  rm -rf "$tree"
}

# make_file_system TREE FILE MEGABYTES OPTION…: an ext4 file system with this in it and so much room.
make_file_system() {
  local tree=$1 file=$2 room=$3
  shift 3
  mke2fs -q -t ext4 -b 4096 -m 0 -E root_owner=0:0 "$@" -d "$tree" "$file" \
    "$(($(du -sm "$tree" | cut -f 1) * 11 / 10 + room))M" >"$work/mke2fs.log" 2>&1 ||
    die 70 "$file could not be made; see $work/mke2fs.log"
}

# make_device_tree FILE: QEMU's own, and a pulse input on line 5 of its GPIO controller.
make_device_tree() {
  local file=$1 controller
  "$qemu" "${machine[@]}" -M "dumpdtb=$file" -nic none -display none -serial null -serial null -monitor none \
    >"$work/device-tree.log" 2>&1 || die 70 "QEMU gave no device tree; see $work/device-tree.log"
  controller=$(fdtget -t x "$file" /pl061@9030000 phandle) || die 70 "QEMU's device tree has no GPIO controller"
  fdtput -c "$file" /pulse-input
  fdtput -t s "$file" /pulse-input compatible pps-gpio
  fdtput -t x "$file" /pulse-input gpios "$controller" 5 0
}
