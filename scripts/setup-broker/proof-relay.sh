# shellcheck shell=bash
# Tests whether "on" switches a relay, with an agent that is started only for the test. It has the rights, the broker address and the
# certificates of an agent that was set up. Its pins are simulated, so no real relay is switched. All its topics are below one of
# that agent's own topics. The agent itself is not disturbed, and nothing is left over.

trial=
trial_process=
# The agent's topics, and a person who may clear them.
trial_topic=
trial_person=

# The test uses the rights of the agent that was set up last. The others differ only in their names.
prove_relay() {
  local agent user person own door program
  for agent in "${agents[@]}"; do if is_known "pi2mqtt-$agent"; then user=pi2mqtt-$agent; fi; done
  if [ -z "${user:-}" ] || ! person=$(known_person); then return 0; fi
  own=$(prefixes_of "${user#pi2mqtt-}" | head -n 1)/setup-broker-proof
  trial=$proof/trial
  make_trial "$user" "$own"
  if ! program=$(find_program); then
    say "Whether \"on\" switches a relay is not proved: that needs a pi2mqtt of this version and Node.js on this machine."
    return
  fi
  set_door "$local_port" "$person"
  env -i PATH="$PATH" node "$program" run --simulate --config "$trial/devices.yaml" >"$trial/log" 2>&1 </dev/null &
  trial_process=$! trial_topic=$own trial_person=$person
  reaches_state OFF 60 || fail "An agent with the password of $user does not come to work. It says: $(tail -n 3 "$trial/log")"
  client "right/$person" mosquitto_pub "${door[@]}" -q 1 -t "$own/relay" -m on
  reaches_state ON 20 || fail "\"on\" of $person does not switch the relay of an agent with the password of $user. It says: $(tail -n 3 "$trial/log")"
  end_trial
  say "Proved: \"on\" of $person switches a (simulated) relay of an agent that comes as $user."
}

# make_trial USER TOPIC: makes an agent's folder, as it would be on another machine of the network.
make_trial() {
  local url=mqtt://127.0.0.1:$network_port topic=${2//\'/\'\'}
  if [ "$security" != plain ]; then url=mqtts://127.0.0.1:$network_port; fi
  cp -r "$home/users/$1" "$trial"
  sed "s|^MQTT_URL=.*|MQTT_URL=$url|" "$trial/env" >"$trial/.env"
  cat >"$trial/devices.yaml" <<END
agent: {id: setup-broker-proof, topic: '$topic/agent'}
home_assistant: {discovery: false}
devices:
  relay: {kind: relay, pin: 17, topic: '$topic/relay'}
END
}

# The program beside this script, or the installed one. A clone may not be built yet; the installed one may have another version.
find_program() {
  local program
  for program in "$parts/../../dist/main.js" /opt/pi2mqtt/dist/main.js; do
    if [ -e "$program" ] && env -i PATH="$PATH" node "$program" check "$trial/devices.yaml" >/dev/null 2>&1; then
      echo "$program"
      return
    fi
  done
  return 1
}

# reaches_state STATE SECONDS
reaches_state() { within_seconds "$2" is_over "$1" && says_state "$1"; }

is_over() { says_state "$1" || ! kill -0 "$trial_process" 2>/dev/null; }

says_state() { [ "$(client "right/$person" mosquitto_sub "${door[@]}" -C 1 -W 1 -t "$own/relay/state" 2>/dev/null)" = "$1" ]; }

# This runs after every test, failed or not: the agent's messages are retained and would stay at the broker.
end_trial() {
  local door=()
  if [ -z "$trial_process" ]; then return; fi
  kill "$trial_process" 2>/dev/null || true
  wait "$trial_process" 2>/dev/null || true
  trial_process=
  set_door "$local_port" "$trial_person"
  client "right/$trial_person" mosquitto_sub "${door[@]}" --remove-retained --retained-only -W 1 -t "$trial_topic/#" >/dev/null 2>&1 || true
}
