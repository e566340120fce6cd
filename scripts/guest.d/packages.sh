# The tools of this machine, and the packages for the guest. Sourced by scripts/guest; runs nothing by itself.

# Debian 12's arm64 kernel has no pulse input, and only from 13 on is there a Java 25.
GUEST_SUITE=trixie

# What the guest runs on: named one by one, because their Depends would bring an initramfs builder, certificates and
# printing, none of which a time server loads. linux-image-arm64 only names the newest kernel package.
GUEST_PACKAGES=(busybox-static linux-image-arm64 openjdk-25-jre-headless libc6 libgcc-s1 libstdc++6 zlib1g)

# Makes sure of every program used on this machine; installs, or says what to install and why.
need_tools() {
  local program package reason missing=()
  while read -r program package reason; do
    command -v "$program" >/dev/null && continue
    say "$program ($package) is missing: it $reason"
    missing+=("$package")
  done <<'TOOLS'
qemu-system-aarch64 qemu-system-arm runs the guest
fdtput device-tree-compiler adds the pulse input to the guest's device tree
cpio cpio packs the guest's first file system
depmod kmod finds what the guest's kernel modules need
xz xz-utils unpacks the guest's kernel modules
mke2fs e2fsprogs makes the guest's disks
TOOLS
  [ ${#missing[@]} -eq 0 ] || apt_install "the guest needs them" "${missing[@]}" >"$work/install.log" 2>&1 ||
    die 69 "install what is missing, then run this again:  sudo apt install --no-install-recommends ${missing[*]}"
}

# Prints the archive that this machine itself uses, so that no host name is written down here.
debian_mirror() {
  local mirror
  mirror=$(apt-get indextargets --format '$(LABEL) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    awk '$1 == "Debian" { print $2; exit }')
  # Before the first `apt-get update` apt knows its sources but not their labels.
  [ -n "$mirror" ] || mirror=$(cat /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null |
    awk '$1 == "URIs:" { print $2; exit } $1 == "deb" { for (i = 2; i <= NF; i++) if ($i ~ /:\//) { print $i; exit } }')
  [ -n "$mirror" ] || die 69 "this machine's apt has no Debian archive; add one to /etc/apt, then run this again"
  printf '%s\n' "$mirror"
}

# private_apt TOOL ARGUMENT…: apt for arm64 that neither sees nor changes what is installed on this machine.
private_apt() {
  local tool=$1 apt=$cache/apt
  shift
  "$tool" -q \
    -o Dir::State="$apt" -o Dir::State::Lists="$apt/lists" -o Dir::State::status="$apt/status" \
    -o Dir::Cache="$apt/cache" -o Dir::Etc::SourceList="$apt/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null -o Acquire::Languages=none \
    -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o APT::Sandbox::User="$(id -un)" "$@"
}

# The packages, in $cache/debs. What is there is used again only if every file still has the checksum that the archive's
# signed index gave for it: a download that broke off, or a disk that did, is fetched again.
fetch_packages() {
  local debs=$cache/debs keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  local mirror kernel wanted fresh sum name file
  if [ -z "$refresh" ] && (cd "$debs" 2>/dev/null && sha256sum --quiet --strict -c SHA256SUMS >/dev/null 2>&1); then
    say "packages of $(date -r "$debs/SHA256SUMS" +%F); --refresh asks for newer ones"
    return
  fi
  [ -r "$keyring" ] || die 69 "$keyring is missing, so nobody could tell a forged package: install debian-archive-keyring"
  mirror=$(debian_mirror) || exit
  say "fetching Debian $GUEST_SUITE's kernel and Java for arm64, about 150 MB"
  mkdir -p "$cache/apt/lists/partial" "$cache/apt/cache/archives/partial"
  : >"$cache/apt/status"
  echo "deb [arch=arm64 signed-by=$keyring] $mirror $GUEST_SUITE main" >"$cache/apt/sources.list"
  private_apt apt-get update >"$work/packages.log" 2>&1 || die 69 "the archive cannot be read; see $work/packages.log"

  kernel=$(private_apt apt-cache depends linux-image-arm64 | awk '$1 == "Depends:" && $2 ~ /^linux-image-[0-9]/ { print $2 }')
  [ -n "$kernel" ] || die 69 "linux-image-arm64 of $GUEST_SUITE names no kernel"
  wanted=("${GUEST_PACKAGES[@]/#linux-image-arm64/$kernel}")
  fresh=$(mktemp -d "$cache/debs.XXXXXX")
  (cd "$fresh" && private_apt apt-get download "${wanted[@]}" >>"$work/packages.log" 2>&1) ||
    die 69 "a package could not be fetched; see $work/packages.log"
  private_apt apt-cache show --no-all-versions "${wanted[@]}" |
    awk '$1 == "Package:" { name = $2 } $1 == "SHA256:" { print $2, name }' >"$fresh/index"
  while read -r sum name; do
    file=$(cd "$fresh" && echo "$name"_*_arm64.deb)
    echo "$sum  $file" >>"$fresh/SHA256SUMS"
  done <"$fresh/index"
  rm "$fresh/index"
  (cd "$fresh" && sha256sum --quiet --strict -c SHA256SUMS) || die 69 "a package is not what the index says; run this again"
  [ "$(wc -l <"$fresh/SHA256SUMS")" -eq ${#wanted[@]} ] || die 69 "the archive's index lacks one of: ${wanted[*]}"
  rm -rf "$debs"
  mv "$fresh" "$debs"
}
