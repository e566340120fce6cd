# Finds a Java that is new enough. Sourced by the scripts beside this folder; runs nothing by itself.
#
# TIMEBALL_JAVA_PLACES, a list of folders separated by colons, replaces the usual places: the tests use it.

# The oldest Java that runs Timeball; the same number as java.release in pom.xml.
TIMEBALL_JAVA_RELEASE=25

# Prints every Java home worth asking, best first: what the user chose, what the shell finds, then the usual places.
java_homes() {
  local place java
  [ -z "${JAVA_HOME:-}" ] || printf '%s\n' "$JAVA_HOME"
  if [ -n "${TIMEBALL_JAVA_PLACES+set}" ]; then
    local IFS=:
    for place in $TIMEBALL_JAVA_PLACES; do
      printf '%s\n' "$place"/*
    done
    return
  fi
  if java=$(command -v java); then
    java=$(readlink -f "$java")
    printf '%s\n' "${java%/bin/java}"
  fi
  for place in /usr/lib/jvm /usr/java /usr/local /opt /opt/java "${HOME:-/nonexistent}/.sdkman/candidates/java" \
    "${HOME:-/nonexistent}/.jdks"; do
    printf '%s\n' "$place"/*
  done
}

# Prints the feature release of the Java in this home, such as 25, or 0. Reads the file `release` where there is one,
# because starting a JVM only to ask it takes a Pi half a second.
java_release_of() {
  local home=$1 version=
  if [ -r "$home/release" ]; then
    version=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9][0-9]*\).*/\1/p' "$home/release" | head -n 1)
  fi
  if [ -z "$version" ]; then
    version=$("$home/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9][0-9]*\).*/\1/p' | head -n 1)
  fi
  printf '%s\n' "${version:-0}"
}

# find_java java|javac: prints the home of the first Java that has this program and is new enough; fails if none has.
find_java() {
  local program=$1 home
  while IFS= read -r home; do
    if [ -x "$home/bin/java" ] && [ -x "$home/bin/$program" ] &&
      [ "$(java_release_of "$home")" -ge "$TIMEBALL_JAVA_RELEASE" ]; then
      printf '%s\n' "$home"
      return 0
    fi
  done < <(java_homes)
  return 1
}
