# shellcheck shell=bash
# Tests from outside what was set up. Mosquitto's clients get passwords in a file of options that only root can read: on the
# command line everybody would see them.

prove() {
  local user agent
  proof=$(mktemp -d)
  mkdir "$proof/nobody" "$proof/right" "$proof/wrong"
  while read -r user; do
    if [ -n "$(password_of "$user")" ]; then
      write_login right "$user" "$(password_of "$user")"
      write_login wrong "$user" "not the password"
    else
      say "The password of $user is not in $home/users any more, so nothing is proved with it; --new-password $user makes another."
    fi
  done < <(all_users)
  prove_door "$local_port"
  if [ "$network_port" != "$local_port" ]; then prove_door "$network_port"; fi
  for agent in "${agents[@]}"; do prove_topics "$agent"; done
  prove_relay
  rm -rf "$proof"
}

# write_login right|wrong USER PASSWORD: right and wrong logins are in different folders, because a user may have any name.
write_login() {
  local login=$proof/$1/$2
  mkdir "$login"
  printf -- '-u %s\n-P %s\n' "$2" "$3" | tee "$login/mosquitto_pub" >"$login/mosquitto_sub"
}

is_known() { [ -d "$proof/right/$1" ]; }

# Tests who may connect to a port.
prove_door() {
  local user port=$1
  while read -r user; do
    is_known "$user" || continue
    # Right after a start or a reload the broker may still have the old users.
    within_seconds 5 comes_in "right/$user" "$port" ||
      fail "$user does not come in on port $port with the password in $home/users/$user/env. If it was changed elsewhere, --new-password $user makes another."
    is_refused "wrong/$user" "$port" || fail "$user is not refused on port $port with a wrong password."
    if [ "$security" = client-certificates ] && [ "$port" = "$network_port" ] && comes_in "right/$user" "$port" without-certificate; then
      fail "$user comes in on port $port without a certificate."
    fi
  done < <(all_users)
  is_refused nobody "$port" || fail "Somebody without a user name is not refused on port $port."
  say "Proved on port $port: each user comes in with the right password, and not with a wrong one; nobody without one."
}

# 5 is the broker's code for: not authorised.
is_refused() {
  local status=0
  comes_in "$1" "$2" || status=$?
  [ "$status" = 5 ]
}

# comes_in LOGIN PORT [without-certificate]
comes_in() {
  local door=()
  set_door "$2" "${1##*/}" "${3:-}"
  client "$1" mosquitto_pub "${door[@]}" -t setup-broker-proof -m trial >/dev/null 2>&1
}

# set_door PORT USER [without-certificate]: sets the options for connecting to a port.
set_door() {
  door=(-h 127.0.0.1 -p "$1")
  if [ "$security" = plain ] || [ "$1" = "$local_port" ]; then return; fi
  door+=(--cafile "$home/tls/ca.crt")
  if [ "$security" = client-certificates ] && [ -z "${3:-}" ]; then
    local folder=$home/users/$2
    # A client without a user name needs a certificate too; otherwise it is refused before it is asked for a name.
    if [ ! -e "$folder/client.crt" ]; then folder=$(dirname "$(find "$home/users" -name client.crt | head -n 1)"); fi
    door+=(--cert "$folder/client.crt" --key "$folder/client.key")
  fi
}

# client LOGIN PROGRAM ARGUMENT...: LOGIN is right/USER, wrong/USER or nobody.
client() {
  local login=$1
  shift
  XDG_CONFIG_HOME=$proof/$login timeout 20 "$@"
}

# Tests what an agent may publish and receive, on the local port.
prove_topics() {
  local user=pi2mqtt-$1 foreign=setup-broker-proof/of-nobody own person door listener
  is_known "$user" || return 0
  own=$(prefixes_of "$1" | head -n 1)/setup-broker-proof/set
  set_door "$local_port" "$user"
  client "right/$user" mosquitto_pub "${door[@]}" -V 5 -q 1 -t "$foreign" -m on 2>&1 | grep 'Not authorized' >/dev/null ||
    fail "$user may publish on a topic that is not its own."
  if ! person=$(known_person); then
    say "What $user hears is not proved, since no password of the people is known."
    return
  fi
  client "right/$user" mosquitto_sub "${door[@]}" -W 15 -C 3 -F '%t %p' -t "$foreign" -t "$own" >"$proof/heard" &
  listener=$!
  while kill -0 "$listener" 2>/dev/null; do
    client "right/$person" mosquitto_pub "${door[@]}" -q 1 -t "$foreign" -m on
    client "right/$person" mosquitto_pub "${door[@]}" -q 1 -t "$own" -m on
  done
  wait "$listener" || fail "A command on $own does not reach $user."
  if grep -vxF "$own on" "$proof/heard" >/dev/null; then fail "$user hears a topic that is not its own."; fi
  say "Proved: \"on\" of $person reaches $user on $(prefixes_of "$1" | head -n 1)/…, and on a topic that is not its own it neither speaks nor hears."
}

# Prints a person whose password is known.
known_person() {
  local person
  for person in "${people[@]}"; do
    if is_known "$person"; then
      echo "$person"
      return
    fi
  done
  return 1
}

fail() { refuse "The proof failed. $* $(last_words)"; }
