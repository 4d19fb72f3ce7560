# shellcheck shell=bash
# Reads the other files of Mosquitto's configuration, and checks whether ours fits to them.

per_listener=
limits_are_set=

check_other_settings() {
  local place word value
  grep -qE "^include_dir +$etc/conf\.d/?[[:space:]]*$" "$etc/mosquitto.conf" ||
    refuse "$etc/mosquitto.conf does not read $etc/conf.d; add \"include_dir $etc/conf.d\" as its last line."
  if other_settings | grep -q ' per_listener_settings true$'; then per_listener=yes; fi
  while read -r place word value; do
    case $word in
      listener | port) check_other_listener "$place" "$word" "$value" ;;
      allow_anonymous) [ "$value" = false ] || check_other_rule "$place" "$word" ;;
      password_file | acl_file | psk_file | plugin | auth_plugin | global_plugin) check_other_rule "$place" "$word" ;;
      max_queued_messages)
        limits_are_set=yes
        if [ "$value" = 0 ]; then say "$place sets max_queued_messages to 0, with which Mosquitto before 2.0.22 cuts off clients; better remove that line."; fi
        ;;
    esac
  done < <(other_settings)
}

# All lines that are settings, each as: FILE:LINE WORD VALUE.
other_settings() {
  local files=("$etc/mosquitto.conf") folder file
  while read -r folder; do
    for file in "${folder%/}"/*.conf; do
      if [ -f "$file" ] && [ "$file" != "$conf" ]; then files+=("$file"); fi
    done
  done < <(sed -n 's/^include_dir *//p' "$etc/mosquitto.conf")
  awk '/^[a-z]/ { word = $1; $1 = ""; sub(/[ \r]+$/, ""); print FILENAME ":" FNR, word substr($0, 1) }' "${files[@]}"
}

check_other_listener() {
  case ${3%% *} in
    "$network_port" | "$local_port") refuse "$1 has a listener on port ${3%% *} already, and two cannot share it; remove that line and the settings below it, or choose another --port." ;;
  esac
  if [ -n "$per_listener" ]; then
    say "$1 has a listener of its own on port ${3%% *}, which is left as it is: check yourself who may connect there."
  else
    say "$1 has a listener on port ${3%% *}; the same users and rules hold there from now on."
  fi
}

# A rule for all listeners can be in one place only. A second password or ACL file is an error for Mosquitto, and a setting that
# allows anonymous clients elsewhere would allow them here.
check_other_rule() {
  [ -n "$per_listener" ] || refuse "$1 sets $2, for all listeners and so for ours too; remove that line, and name its users here with --people."
}
