# shellcheck shell=bash
# The .env of the agent on this machine. The agent connects to the local port, so it needs no certificates.

fill_agent_env() {
  local agent user password new
  agent=$(own_agent)
  user=pi2mqtt-$agent
  password=$(password_of "$user")
  filled=
  if [ ! -f "$agent_env" ] || [ -z "$password" ] || ! has_user "$user"; then return 0; fi
  if ! env_is_free "$user"; then
    say "Kept $agent_env, which names another broker or user; what it would need is in $home/users/$user/env."
    return
  fi
  filled=$agent
  new=$(mktemp "$agent_env.XXXXXX")
  with_values "MQTT_URL=mqtt://localhost:$local_port" "MQTT_USERNAME=$user" "MQTT_PASSWORD=$password" <"$agent_env" >"$new"
  if cmp -s "$new" "$agent_env"; then
    rm "$new"
    return
  fi
  if [ ! -e "$home/env.before" ]; then cp -p "$agent_env" "$home/env.before"; fi
  chown --reference="$agent_env" "$new"
  mv "$new" "$agent_env"
  sha256sum <"$agent_env" | put "$home/env.after" 600 root:root
  say "Put this agent's password into $agent_env; \"sudo systemctl restart pi2mqtt\" lets it take effect."
}

# Whether .env names no broker yet, or this one with our user.
env_is_free() {
  case $(value_in_env MQTT_USERNAME):$(value_in_env MQTT_PASSWORD) in : | "$1":*) ;; *) return 1 ;; esac
  [[ $(value_in_env MQTT_URL) =~ ^(mqtt://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?/?)?$ ]]
}

# assignment_of NAME: a pattern for the beginning of a line that sets NAME, as dotenv understands it. The agent uses dotenv.
assignment_of() { echo "^[[:space:]]*(export[[:space:]]+)?$1([[:space:]]*=|:[[:space:]])"; }

# If there are several, the last one counts. Without quotes, # begins a comment.
value_in_env() {
  sed -nE "s/$(assignment_of "$1")[[:space:]]*//p" "$agent_env" | tail -n 1 |
    sed -E "s/^'([^']*)'.*/\1/; t; s/^\"([^\"]*)\".*/\1/; t; s/^\`([^\`]*)\`.*/\1/; t; s/[[:space:]]*(#.*)?$//"
}

# with_values NAME=VALUE...: standard input with these lines in place of the ones of the same name, or at the end.
with_values() {
  local line value assignment seen=' '
  while IFS= read -r line || [ -n "$line" ]; do
    for value; do
      assignment=$(assignment_of "${value%%=*}")
      if [[ $line =~ $assignment ]]; then
        line=$value
        seen+="${value%%=*} "
      fi
    done
    printf '%s\n' "$line"
  done
  for value; do if [[ $seen != *" ${value%%=*} "* ]]; then printf '%s\n' "$value"; fi; done
}

empty_agent_env() {
  [ -e "$home/env.before" ] && [ -e "$agent_env" ] || return 0
  if [ "$(sha256sum <"$agent_env")" = "$(cat "$home/env.after")" ]; then
    cp -p "$home/env.before" "$agent_env"
    say "Put $agent_env back as it was."
  else
    say "Kept $agent_env, which somebody has changed since; its MQTT_USERNAME and MQTT_PASSWORD hold no longer."
  fi
}

say_what_to_do() {
  local agent person
  for agent in "${agents[@]}"; do
    if [ "$agent" != "$filled" ]; then
      say "For the agent $agent, copy the files of $home/users/pi2mqtt-$agent into /etc/pi2mqtt on its machine, env as .env, readable for the agent only."
    fi
    warn_of_topics "$agent"
  done
  for person in "${people[@]}"; do say "The password of $person is in $home/users/$person/env, for root only."; done
}

# This reads only the files of this machine, and only as text: a topic that is folded or quoted in another way may be missed.
warn_of_topics() {
  local topic prefix
  if [ "$1" != "$filled" ] || [ ! -r /etc/pi2mqtt/devices.yaml ]; then return 0; fi
  while read -r topic; do
    while read -r prefix; do
      case $topic in "$prefix" | "$prefix"/*) continue 2 ;; esac
    done < <(echo "pi2mqtt/$1" && prefixes_of "$1")
    say "devices.yaml has the topic $topic, which $1 may not use; allow it with --agent $1 and a --topics for each of its prefixes."
  done < <(sed -nE "s/^([^#]*[ {,])?topic: *[\"']?([^\"',}#]+).*/\2/p" /etc/pi2mqtt/devices.yaml | sed 's/ *$//')
}
