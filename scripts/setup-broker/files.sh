# shellcheck shell=bash
# Writes files only if they change, and remembers which have changed.

changed=()
# The last command of a pipe runs in this shell, so that it can add to what has changed.
shopt -s lastpipe

# The secret files of the broker belong to its user: since 2.0.16 it warns that it will refuse those of others, even of root.
broker_owner=mosquitto:mosquitto

# put FILE MODE OWNER:GROUP: writes standard input to the file. A file that has this content already is not touched.
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

# Whether a file has changed whose path begins with this text.
has_changed() {
  local file
  for file in "${changed[@]}"; do
    case $file in "$1"*) return 0 ;; esac
  done
  return 1
}

# Makes the folders. Mosquitto may enter them to read its own files. The users' files are for root alone.
make_folders() {
  install -d -m 755 "$home" "$home/tls"
  install -d -m 700 "$home/users"
}

# Something else may have our file names already.
check_ownership() {
  if [ -e "$conf" ] && ! grep -qF "$mark" "$conf"; then
    refuse "$conf is not of this script; give it another name or remove it."
  fi
  if [ -e "$home" ] && [ ! -e "$home/settings" ]; then
    refuse "$home is not of this script; give it another name or remove it."
  fi
}
