# shellcheck shell=bash
# Undoes changes: those of this run if it fails, or those of all runs (--undo).

before=

remember_what_was() {
  before=$(mktemp -d)
  if [ -e "$home" ]; then cp -a "$home" "$before/home"; fi
  if [ -e "$conf" ]; then cp -a "$conf" "$before/conf"; fi
}

forget_what_was() { rm -rf "$before"; }

put_back() {
  local status=$?
  set +e
  end_trial
  rm -rf "$home" "$conf" "${proof:-}"
  if [ -e "$before/home" ]; then cp -a "$before/home" "$home"; fi
  if [ -e "$before/conf" ]; then cp -a "$before/conf" "$conf"; fi
  forget_what_was
  if [ ${#changed[@]} -gt 0 ]; then
    if [ -z "$was_running" ]; then (stop_broker); else (restart_broker) || echo "setup-broker.sh: Mosquitto does not run now, for what it says above." >&2; fi
  fi
  echo "setup-broker.sh: All files are as they were before." >&2
  exit "$status"
}

undo() {
  [ -e "$home" ] || [ -e "$conf" ] || { say "There is nothing of this script here." && return; }
  empty_agent_env
  rm -rf "$home" "$conf"
  say "Removed $conf and $home, with all users and passwords."
  if is_running; then
    restart_broker
    say "Restarted Mosquitto without them; where nothing else is configured it now serves this machine only, without passwords."
  fi
  say "The packages stay; \"sudo apt remove mosquitto mosquitto-clients\" removes them."
}
