# Installs what is missing where that is simple and allowed, and says what to do elsewhere. Sourced; runs nothing by itself.

# Prints how this user may run a command as root: nothing for root, "sudo -n" where sudo asks nothing; fails otherwise.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    return 0
  fi
  if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    printf 'sudo -n\n'
    return 0
  fi
  return 1
}

# apt_has PACKAGE: whether this Debian can install it. No pipe into grep -q, which ends before apt-cache has said all: the
# broken pipe would count as a failure.
apt_has() {
  command -v apt-cache >/dev/null && [[ $(apt-cache policy "$1" 2>/dev/null) == *"Candidate: "[!\(]* ]]
}

# apt_install WHY PACKAGE…: says what and why, then installs. Fails, saying nothing, where that is not possible. A
# service that comes with a package is not started: a second time daemon would fight for this machine's clock.
apt_install() {
  local why=$1 root
  shift
  command -v apt-get >/dev/null && root=$(as_root) || return 1
  if ! apt_has "$1"; then
    $root apt-get update -qq </dev/null >/dev/null 2>&1 || true
    apt_has "$1" || return 1
  fi
  echo "timeball: installing $* with apt-get: $why" >&2
  $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null >&2
}

# Makes sure of a JDK and of Maven, or explains and fails. Sets JDK to the JDK's home.
need_jdk_and_maven() {
  if ! JDK=$(find_java javac); then
    apt_install "Timeball needs Java $TIMEBALL_JAVA_RELEASE and found none" \
      "openjdk-$TIMEBALL_JAVA_RELEASE-jdk-headless" || true
    if ! JDK=$(find_java javac); then
      cat >&2 <<TEXT
timeball: no JDK $TIMEBALL_JAVA_RELEASE or newer was found (JAVA_HOME, PATH, /usr/lib/jvm, /opt, SDKMAN). Do one of these:
  Debian 13 (trixie), Raspberry Pi OS of 2025 or newer:  sudo apt install openjdk-$TIMEBALL_JAVA_RELEASE-jdk-headless maven
  any other 64-bit Linux: unpack a JDK $TIMEBALL_JAVA_RELEASE (for example Eclipse Temurin, adoptium.net) under /opt
  a JDK that is elsewhere: set JAVA_HOME to its folder
TEXT
      return 1
    fi
  fi
  if ! command -v mvn >/dev/null; then
    apt_install "Timeball is built with Maven and found none" maven || true
    if ! command -v mvn >/dev/null; then
      echo "timeball: Maven (mvn) was not found. Install it (sudo apt install maven), or put its bin folder on PATH." >&2
      return 1
    fi
  fi
  # Maven may run on an older Java and looks for the JDK itself; this name tells it of one in an unusual place.
  export JAVA25_HOME=$JDK
  if [ -z "${JAVA_HOME:-}" ] && ! command -v java >/dev/null; then
    export JAVA_HOME=$JDK
  fi
}

# Installs the programs of other people that tests talk to. Their services are neither started now nor at the next
# start of this machine: a second time daemon would take hold of its clock.
install_test_tools() {
  local missing=() policy=/usr/sbin/policy-rc.d unit=/etc/systemd/system/chrony.service
  command -v apt-get >/dev/null || return 0
  if ! [ -x /usr/sbin/chronyd ] && ! command -v chronyd >/dev/null; then
    missing+=(chrony)
    if [ -d /etc/systemd/system ] && [ ! -e "$unit" ]; then
      ln -s /dev/null "$unit"
    fi
  fi
  /usr/bin/python3 -c 'import ntplib' 2>/dev/null || missing+=(python3-ntplib)
  command -v ip >/dev/null || missing+=(iproute2)
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ -e "$policy" ]; then
    policy=
  else
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
  fi
  apt_install "tests talk to them; no service is started" "${missing[@]}" ||
    echo "timeball: could not install ${missing[*]}: the tests that need them are skipped" >&2
  [ -z "$policy" ] || rm -f "$policy"
}
