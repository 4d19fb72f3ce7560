# shellcheck shell=bash
# The settings of the script, from this run and earlier ones.

agents=()
people=()
names=()
declare -A topics_of=() # by agent, one prefix a line
security=plain
port=

load_settings() {
  local word value rest
  [ -e "$home/settings" ] || return 0
  while read -r word value rest; do
    case $word in
      agent) agents+=("$value") ;;
      topics) topics_of[$value]+=$rest$'\n' ;;
      people) people+=("$value") ;;
      name) names+=("$value") ;;
      security) security=$value ;;
      port) port=$value ;;
    esac
  done <"$home/settings"
}

save_settings() {
  local agent name prefix
  {
    echo "$mark, which remembers here what it was told."
    echo "security $security"
    if [ -n "$port" ]; then echo "port $port"; fi
    for name in "${names[@]}"; do echo "name $name"; done
    for agent in "${agents[@]}"; do
      echo "agent $agent"
      while read -r prefix; do echo "topics $agent $prefix"; done < <(prefixes_of "$agent")
    done
    for name in "${people[@]}"; do echo "people $name"; done
  } | put "$home/settings" 644 root:root
}

prefixes_of() { printf '%s' "${topics_of[$1]}"; }

# The defaults for settings that were not given.
complete_settings() {
  local agent
  if [ ${#agents[@]} = 0 ]; then agents=("$(own_agent)"); fi
  if [ ${#people[@]} = 0 ]; then people=(people); fi
  for agent in "${agents[@]}"; do
    if [ -z "${topics_of[$agent]:-}" ]; then topics_of[$agent]=home$'\n'; fi
  done
  case $security in
    plain) network_port=${port:-1883} local_port=${port:-1883} ;;
    *) network_port=${port:-8883} local_port=1883 ;;
  esac
  if [ "$security" != plain ] && [ "$network_port" = 1883 ]; then
    refuse "With TLS, port 1883 is for this machine only; choose another --port for the network, such as 8883."
  fi
}

# The id of this machine's agent: the one in devices.yaml, or else the one that the agent makes of the host name.
own_agent() {
  local id=
  if [ -r /etc/pi2mqtt/devices.yaml ]; then
    id=$(sed -n '/^agent:/,/^[^ #]/p' /etc/pi2mqtt/devices.yaml | sed '2,${/^[^ #]/d}' |
      sed -nE "s/^(agent: *\{ *|agent: *\{.*, *| +)id: *[\"']?([A-Za-z0-9_-]{1,64}).*/\2/p" | head -n 1)
  fi
  if [ -z "$id" ]; then id=$(uname -n | tr -d '\n' | tr -c 'A-Za-z0-9_-' - | cut -c 1-64); fi
  echo "${id:-pi}"
}

# The user names of all, agents first.
all_users() {
  local agent
  for agent in "${agents[@]}"; do echo "pi2mqtt-$agent"; done
  printf '%s\n' "${people[@]}"
}

# The name by which other machines reach this one.
own_name() {
  local host
  host=$(uname -n)
  # Raspberry Pi OS announces NAME.local in the local network.
  case ${names[0]:-} in
    '') case $host in *.*) echo "$host" ;; *) echo "$host.local" ;; esac ;;
    *:*) echo "[${names[0]}]" ;;
    *) echo "${names[0]}" ;;
  esac
}
