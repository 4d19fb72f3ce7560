# shellcheck shell=bash
# Files that are written only when they change, and what has changed.

changed=()
# Else what stands behind a | could not tell of it.
shopt -s lastpipe

# What the broker reads in secret is the broker's: since 2.0.16 it warns that it will refuse files of others, even of root.
broker_owner=mosquitto:mosquitto

# put FILE MODE OWNER:GROUP: makes standard input the file's content. A file that is so already is not touched.
put() {
  local new
  new=$(mktemp "$home/.new.XXXXXX")
  cat >"$new"
  if cmp -s "$new" "$1" && [ "$(stat -c '%a %U:%G' "$1")" = "$2 $3" ]; then
    rm "$new"
    return
  fi
  chown "$3" "$new"
  chmod "$2" "$new"
  mv -f "$new" "$1"
  changed+=("$1")
}

# Whether a file whose path begins so has changed.
has_changed() {
  local file
  for file in "${changed[@]}"; do
    case $file in "$1"*) return 0 ;; esac
  done
  return 1
}

# The folders: Mosquitto may pass through to its own files; the users' are for root alone.
make_folders() {
  install -d -m 755 "$home" "$home/tls"
  install -d -m 700 "$home/users"
}

# Our names may have been given to something else before.
check_ownership() {
  if [ -e "$conf" ] && ! grep -qF "$mark" "$conf"; then
    refuse "$conf is not of this script; give it another name or remove it."
  fi
  if [ -e "$home" ] && [ ! -e "$home/settings" ]; then
    refuse "$home is not of this script; give it another name or remove it."
  fi
}
