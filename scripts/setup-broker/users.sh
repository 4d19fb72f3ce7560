# shellcheck shell=bash
# Users, their passwords and their rights. A password is never an argument of a program, because everybody can see those.

make_users() {
  local user fresh=()
  for user in "${removed[@]}"; do rm -rf "${home:?}/users/$user" "$home/tls/$user.for"; done
  while read -r user; do
    if is_one_of "$user" "${new_passwords[@]}" || ! has_password "$user"; then fresh+=("$user"); fi
    make_folder_of "$user"
  done < <(all_users)
  hash_passwords "${fresh[@]}"
  write_rules
}

has_password() { [ -e "$home/passwords" ] && grep -q "^${1//./\\.}:" "$home/passwords"; }

# Empty if somebody has removed the file, which is allowed.
password_of() { sed -n 's/^MQTT_PASSWORD=//p' "$home/users/$1/env" 2>/dev/null || true; }

# The settings that the user's machine needs, with the names of the agent's .env.
make_folder_of() {
  local user=$1 folder=$home/users/$1 password
  if is_one_of "$user" "${fresh[@]}"; then
    password=$(od -An -N 16 -t x1 /dev/urandom | tr -d ' \n')
  else
    password=$(password_of "$user")
    if [ -z "$password" ]; then return; fi
  fi
  install -d -m 700 "$folder"
  if [ "$security" = client-certificates ]; then
    make_certificate "$folder/client" "$user" clientAuth '' root:root
  else
    rm -f "$folder"/client.*
  fi
  if [ "$security" = plain ]; then rm -f "$folder/ca.crt"; else put "$folder/ca.crt" 600 root:root <"$home/tls/ca.crt"; fi
  {
    case $security in
      plain) echo "MQTT_URL=mqtt://$(own_name):$network_port" ;;
      *) echo "MQTT_URL=mqtts://$(own_name):$network_port" ;;
    esac
    printf 'MQTT_USERNAME=%s\nMQTT_PASSWORD=%s\n' "$user" "$password"
    if [ "$security" != plain ]; then echo MQTT_CA=ca.crt; fi
    if [ "$security" = client-certificates ]; then printf 'MQTT_CERT=client.crt\nMQTT_KEY=client.key\n'; fi
  } | put "$folder/env" 600 root:root
}

# Sets the passwords of these users. Those of all others are hashed already and stay as they are.
hash_passwords() {
  local user clear
  clear=$(mktemp "$home/.new.XXXXXX")
  for user; do printf '%s:%s\n' "$user" "$(password_of "$user")" >>"$clear"; done
  if [ $# -gt 0 ]; then mosquitto_passwd -U "$clear"; fi
  {
    while IFS= read -r user; do
      if ! is_one_of "${user%%:*}" "$@" "${removed[@]}"; then printf '%s\n' "$user"; fi
    done < <(cat "$home/passwords" 2>/dev/null)
    cat "$clear"
  } | put "$home/passwords" 600 "$broker_owner"
  rm -f "$clear"
}

# An agent may use its own topics and announce devices to Home Assistant. Each agent may write the announcements of all agents: a
# device with an area is announced as AGENT__DEVICE, and a rule has no wildcard for a part of a level.
write_rules() {
  local agent user prefix
  {
    echo "$mark from what it was told; its next run overwrites this."
    for agent in "${agents[@]}"; do
      printf '\nuser pi2mqtt-%s\n' "$agent"
      printf 'topic readwrite pi2mqtt/%s/#\n' "$agent"
      while read -r prefix; do printf 'topic readwrite %s/#\n' "$prefix"; done < <(prefixes_of "$agent")
      printf 'topic %s\n' 'write homeassistant/+/+/config' 'write homeassistant/+/+/+/config' 'read homeassistant/status'
    done
    # shellcheck disable=SC2016
    for user in "${people[@]}"; do printf '\nuser %s\ntopic readwrite #\ntopic read $SYS/#\n' "$user"; done
  } | put "$home/acl" 600 "$broker_owner"
}
