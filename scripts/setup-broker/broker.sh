# shellcheck shell=bash
# Mosquitto itself: installs it, starts it, and makes it read changes. It works with systemd, and without it as in a container.

was_running=

install_packages() {
  local missing=()
  if ! command -v mosquitto >/dev/null || ! command -v mosquitto_passwd >/dev/null; then missing+=(mosquitto); fi
  command -v mosquitto_pub >/dev/null || missing+=(mosquitto-clients)
  command -v openssl >/dev/null || missing+=(openssl)
  if [ ${#missing[@]} -gt 0 ]; then
    command -v apt-get >/dev/null || refuse "This needs ${missing[*]}, and there is no apt-get to install it; install it by other means."
    say "Installing ${missing[*]}."
    apt-get -qq update || true
    DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install "${missing[@]}" >/dev/null ||
      refuse "apt-get could not install ${missing[*]}, as it says above."
  fi
  getent group mosquitto >/dev/null || refuse "There is no group mosquitto, to which the passwords would be shown; install Mosquitto from Debian's package."
  if is_running; then was_running=yes; fi
}

has_systemd() { [ -d /run/systemd/system ]; }

# The process of the Mosquitto with our configuration. There may be others; those in containers can be seen from outside too.
broker_pid() {
  local process
  for process in /proc/[0-9]*; do
    if [ "$(cat "$process/comm" 2>/dev/null)" = mosquitto ] && grep -qsF "$etc/mosquitto.conf" "$process/cmdline" &&
      [ "$(readlink "$process/ns/mnt")" = "$(readlink /proc/self/ns/mnt)" ]; then
      echo "${process#/proc/}"
      return
    fi
  done
  return 1
}

is_running() { if has_systemd; then systemctl is-active --quiet mosquitto; else broker_pid >/dev/null; fi; }

# Mosquitto reads listeners and certificates only at its start. It reads passwords and rules at a reload too.
bring_broker_up() {
  if ! is_running; then
    say "Starting Mosquitto."
    restart_broker
  elif has_changed "$conf" || has_changed "$home/tls/broker."; then
    say "Restarting Mosquitto; its clients come back by themselves."
    restart_broker
  elif has_changed "$home/passwords" || has_changed "$home/acl"; then
    say "Mosquitto reads the users anew."
    reload_broker
  fi
  within_seconds 10 listens || refuse "Mosquitto does not answer on port $local_port. $(last_words)"
}

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$local_port") 2>/dev/null; }

restart_broker() {
  local told
  if has_systemd; then
    systemctl --quiet enable mosquitto
    systemctl reset-failed mosquitto 2>/dev/null || true
    systemctl restart mosquitto || refuse "Mosquitto does not start. $(last_words)"
  else
    stop_broker
    install -d -o mosquitto -m 740 /run/mosquitto /var/log/mosquitto
    told=$(mosquitto -d -c "$etc/mosquitto.conf" 2>&1 </dev/null) || refuse "Mosquitto does not start; it says: $told"
  fi
}

reload_broker() { if has_systemd; then systemctl reload mosquitto; else kill -HUP "$(broker_pid)"; fi; }

stop_broker() {
  local pid
  if has_systemd; then
    systemctl stop mosquitto
  elif pid=$(broker_pid); then
    [ "$pid" != 1 ] || refuse "Mosquitto is the first process of this container, which would end with it; start it otherwise, with \"mosquitto -d -c $etc/mosquitto.conf\"."
    kill "$pid"
    within_seconds 10 has_ended "$pid" || refuse "Mosquitto (process $pid) does not end."
  fi
}

has_ended() { [ "$(cat "/proc/$1/comm" 2>/dev/null)" != mosquitto ]; }

last_words() {
  local log
  log=$(sed -n 's/^log_dest file *//p' "$etc/mosquitto.conf" "$etc"/conf.d/*.conf 2>/dev/null | tail -n 1)
  echo "Its last words:"
  if has_systemd; then journalctl --unit=mosquitto --lines=5 --output=cat --no-pager; fi
  if [ -n "$log" ]; then tail -n 5 "$log" 2>/dev/null || true; fi
}

# within_seconds SECONDS COMMAND...: tries until the command succeeds.
within_seconds() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    if [ "$SECONDS" -ge "$end" ]; then return 1; fi
    sleep 0.1
  done
}
