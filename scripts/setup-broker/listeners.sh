# shellcheck shell=bash
# Our file in Mosquitto's conf.d. It has no settings that Debian's mosquitto.conf has already, such as persistence: Mosquitto does
# not start if it reads some of them twice.

write_listeners() {
  {
    echo "$mark from what it was told; its next run overwrites this, and its --undo removes it."
    echo "set_tcp_nodelay true"
    # With the default of 1000, many commands at once get lost. 0 should mean no limit, but Mosquitto before 2.0.22 then disconnects clients.
    if [ -z "$limits_are_set" ]; then echo "max_queued_messages 100000"; fi
    if [ -z "$per_listener" ]; then access_rules; fi
    echo
    if [ "$security" = plain ]; then
      listener "$network_port"
    else
      # An address and not the name localhost: if ::1 has that name too and IPv6 is switched off, Mosquitto does not start.
      listener "$local_port 127.0.0.1"
      echo
      listener "$network_port"
      printf '%s\n' "certfile $home/tls/broker.crt" "keyfile $home/tls/broker.key"
      if [ "$security" = client-certificates ]; then printf '%s\n' "cafile $home/tls/ca.crt" "require_certificate true"; fi
    fi
  } | put "$conf" 644 root:root
}

listener() {
  echo "listener $1"
  if [ -n "$per_listener" ]; then access_rules; fi
}

access_rules() { printf '%s\n' "allow_anonymous false" "password_file $home/passwords" "acl_file $home/acl"; }
