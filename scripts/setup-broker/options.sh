# shellcheck shell=bash
# Reads the command line. Every word is checked before anything is done.

new_passwords=()
removed=()

read_options() {
  local option agent='' renewed=' '
  while [ $# -gt 0 ]; do
    option=$1
    case $option in
      --agent | --topics | --people | --remove | --new-password | --name | --port)
        [ $# -ge 2 ] || refuse "$option needs a value; see --help."
        "take_${option#--}" "$2"
        shift
        ;;
      --plain | --tls | --client-certificates) security=${option#--} ;;
      --undo) refuse "--undo stands alone; it takes away everything that this script made." ;;
      *) refuse "There is no option \"$option\"; see --help." ;;
    esac
    shift
  done
  if [ ${#removed[@]} -gt 0 ] && { [ ${#agents[@]} = 0 ] || [ ${#people[@]} = 0 ]; }; then
    refuse "One agent and one of the people must be left; name another one with --agent or --people, or take everything away with --undo."
  fi
}

take_agent() {
  [[ $1 =~ ^[A-Za-z0-9_-]{1,64}$ ]] || refuse "\"$1\" is not an agent's id: those have letters, digits, - and _, at most 64 of them."
  agent=$1
  if ! is_one_of "$1" "${agents[@]}"; then agents+=("$1"); fi
}

# The first prefix that is given for an agent replaces those of earlier runs.
take_topics() {
  if [ -z "$agent" ]; then take_agent "$(own_agent)"; fi
  case $1 in
    '' | /* | */ | *//*) refuse "\"$1\" has an empty level; write topics as home/office, without a / at the ends." ;;
    *[+#]*) refuse "\"$1\" has a wildcard; all topics below a prefix are meant anyway." ;;
    '$'*) refuse "\"$1\" begins with \$, which belongs to the broker." ;;
    ' '* | *' ' | *[[:cntrl:]]*) refuse "\"$1\" has a space at its end or a control character; remove it." ;;
    pi2mqtt | pi2mqtt/* | homeassistant | homeassistant/*) refuse "\"$1\" has topics of other agents too; what an agent needs of them it may use anyway." ;;
  esac
  if [[ $renewed != *" $agent "* ]]; then topics_of["$agent"]=; fi
  renewed+="$agent "
  topics_of["$agent"]+=$1$'\n'
}

take_people() {
  [[ $1 =~ ^[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}$ ]] || refuse "\"$1\" is not a user's name: write letters, digits, and . _ @ - between them, at most 64."
  case $1 in pi2mqtt-*) refuse "\"$1\" would be an agent; say --agent ${1#pi2mqtt-}, or choose a name without pi2mqtt-." ;; esac
  if ! is_one_of "$1" "${people[@]}"; then people+=("$1"); fi
}

take_remove() {
  local user kept=()
  has_user "$1" || refuse "There is no user \"$1\" to remove; there are: $(all_users | paste -sd ' ')."
  for user in "${agents[@]}"; do if [ "pi2mqtt-$user" != "$1" ]; then kept+=("$user"); fi; done
  agents=("${kept[@]}") kept=()
  for user in "${people[@]}"; do if [ "$user" != "$1" ]; then kept+=("$user"); fi; done
  people=("${kept[@]}")
  removed+=("$1")
}

take_new-password() {
  has_user "$1" || refuse "There is no user \"$1\"; there are: $(all_users | paste -sd ' ')."
  new_passwords+=("$1")
}

take_name() {
  if [[ $1 == *:* ]]; then
    [[ $1 =~ ^[0-9A-Fa-f:.]+$ ]] || refuse "\"$1\" is not an IPv6 address; write it as fd00::2, without brackets and port."
  else
    [[ $1 =~ ^[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?$ ]] || refuse "\"$1\" is not a host name or address; write it as broker.local, without mqtt:// and port."
  fi
  if ! is_one_of "$1" "${names[@]}"; then names+=("$1"); fi
}

take_port() {
  if [[ ! $1 =~ ^[1-9][0-9]{0,4}$ ]] || [ "$1" -gt 65535 ]; then refuse "\"$1\" is not a port; write a number from 1024 to 65535."; fi
  [ "$1" -ge 1024 ] || refuse "Port $1 is closed to Mosquitto, which gives up being root before it listens; choose one from 1024 on."
  port=$1
}

has_user() { all_users | grep -xF -- "$1" >/dev/null; }

is_one_of() {
  local word=$1 other
  shift
  for other; do if [ "$other" = "$word" ]; then return 0; fi; done
  return 1
}
