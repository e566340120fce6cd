# Servers side by side on one processor core, and the figures that come out. Sourced by scripts/bench-server and
# scripts/bench-nts; runs nothing by itself. The caller sets tool (its name), cache and
# loopback before.

say() { echo "$tool: $*" >&2; }

[ "$(nproc)" -ge 2 ] || { say "this machine has one processor core; server and generator need one each"; exit 69; }
compiler=$(command -v cc || command -v gcc || command -v clang) ||
  { say "no C compiler: on Debian, apt install gcc libc6-dev. Nothing was measured."; exit 69; }
client_core=0 server_core=$(($(nproc) - 1))

work=$(mktemp -d)
space=
pids=()
clean_up() {
  for pid in "${pids[@]}"; do
    kill "$pid" 2>/dev/null || true
  done
  for pid in "${pids[@]}"; do
    wait "$pid" 2>/dev/null || true
  done
  [ -z "$space" ] || ip netns delete "$space" 2>/dev/null || true
  rm -rf "$work"
}
trap clean_up EXIT
trap 'say "gave up at line $LINENO: $BASH_COMMAND"; for log in "$work"/*.log; do tail -n 5 "$log" >&2; done' ERR
trap 'exit 130' INT TERM

# Takes the right to set the clock from what is run; setpriv is part of util-linux.
without_time=(setpriv --bounding-set=-sys_time --inh-caps=-sys_time --)
[ "$(id -u)" -eq 0 ] || without_time=()

# Sets chronyd: installed, or Debian's package unpacked; empty if it cannot be had.
find_chronyd() {
  local deb
  chronyd=$(command -v chronyd || true)
  [ -z "$chronyd" ] || return 0
  chronyd=$cache/chrony/usr/sbin/chronyd
  if ! [ -x "$chronyd" ]; then
    say "getting Debian's chrony package to compare with"
    rm -rf "$cache"/chrony*
    mkdir -p "$cache/chrony"
    chmod 0755 "$cache"
    if ! (cd "$cache" && apt-get download -q chrony >"$work/download.log" 2>&1) || ! deb=$(ls "$cache"/chrony_*.deb) ||
      ! dpkg-deb -x "$deb" "$cache/chrony"; then
      say "no chronyd: it is not installed and its package could not be had; the comparison with it is left out"
      chronyd=
      return 0
    fi
  fi
  if ldd "$chronyd" | grep -q 'not found'; then
    say "no chronyd: libraries that it needs are missing here; the comparison with it is left out"
    chronyd=
  fi
}

# Sets address, and what to put before a server's command so that it runs there.
make_network() {
  address=127.0.0.1
  in_space=()
  # shellcheck disable=SC2015  # if the devices cannot be made, loopback it is
  if [ -z "$loopback" ] && [ "$(id -u)" -eq 0 ] && ip netns add "timeball-bench-$$" 2>/dev/null; then
    space=timeball-bench-$$
    local outside=tbb$((RANDOM % 10000))
    if ip link add "$outside" type veth peer name bench0 netns "$space" 2>/dev/null; then
      address=198.18.73.1
      ip address add 198.18.73.2/30 dev "$outside"
      ip link set "$outside" up
      ip -n "$space" address add $address/30 dev bench0
      ip -n "$space" link set bench0 up
      ip -n "$space" link set lo up
      in_space=(ip netns exec "$space")
    else
      ip netns delete "$space"
      space=
    fi
  fi
  network=${space:+veth}
  network=${network:-loopback}
}

# serve NAME PORT COMMAND…: starts a server on its core and waits for its first answer. Sets pid_NAME, port_NAME.
serve() {
  local name=$1 port=$2 pid
  shift 2
  "${in_space[@]}" taskset -c "$server_core" "${without_time[@]}" "$@" >"$work/$name.log" 2>&1 </dev/null &
  pid=$!
  pids+=("$pid")
  printf -v "pid_$name" %s "$pid"
  printf -v "port_$name" %s "$port"
  local patience=60
  until "$work/probe" "$address" "$port" 1 0 "$client_core" >/dev/null 2>&1; do
    if ! kill -0 "$pid" 2>/dev/null || [ $((patience -= 1)) -le 0 ]; then
      say "$name did not answer; it said:"
      tail -n 20 "$work/$name.log" >&2
      exit 1
    fi
    sleep 0.5
  done
}

# value FILE WORD: the number behind a word, from every line.
value() { sed -n "s/.*\b$2 \(-\{0,1\}[0-9.]*\).*/\1/p" "$1"; }

median() { sort -g | awk '{ v[NR] = $1 } END { if (NR) print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2; else print 0 }'; }

collections() { grep -c Pause "$gc_log" 2>/dev/null || true; }

# figure NAME FILE WORD: median over the rounds.
figure() { value "$work/$1.$2" "$3" | median; }

ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (b > 0) printf "%.2f", a / b; else printf "-" }'; }

# at_least WHAT VALUE LIMIT and at_most: one line each; counts what is missed.
missed=0
at_least() {
  local verdict=kept
  awk -v v="$2" -v l="$3" 'BEGIN { exit !(v >= l) }' || { verdict=MISSED; missed=$((missed + 1)); }
  echo "$verdict: $1: $2, at least $3" >&2
}
at_most() {
  local verdict=kept
  awk -v v="$2" -v l="$3" 'BEGIN { exit !(v <= l) }' || { verdict=MISSED; missed=$((missed + 1)); }
  echo "$verdict: $1: $2, at most $3" >&2
}
