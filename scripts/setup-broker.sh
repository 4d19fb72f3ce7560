#!/bin/bash
# Sets up a Mosquitto that accepts only clients with a password: see --help.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail

usage='Usage: sudo scripts/setup-broker.sh [OPTION]...

Installs the broker Mosquitto on this machine unless it is here, lets in nobody without a password, lets each agent use
its own topics only, and proves it. What it was told is remembered: at the next run say only what shall change.

  --agent ID             let the agent ID in, as the user pi2mqtt-ID (default: the agent of this machine)
  --topics PREFIX        the agent named before it may use PREFIX and all topics below (default: home); once or more
  --people NAME          let a person or a dashboard in, who may use every topic (default: people)
  --remove USER          let this user in no longer
  --new-password USER    make another password for this user
  --plain                no TLS, as at first: passwords and messages can be read in the network
  --tls                  TLS on port 8883 with a CA of its own; port 1883 then serves this machine only
  --client-certificates  as --tls, and nobody comes in from the network without a certificate of this CA either
  --name NAME            a host name or address by which the others know this machine; once or more
  --port PORT            another port for the network than 1883, or 8883 with TLS
  --undo                 remove what this script made, and nothing else
  --help                 this

It makes /etc/mosquitto/conf.d/pi2mqtt.conf and the folder /etc/mosquitto/pi2mqtt. There, each user has a folder with
the password, for root only, ready to be copied to its machine; the agent of this machine gets its own into
/etc/pi2mqtt/.env. The exit status is 0 when all was proved; otherwise all files are put back as they were.'

say() { echo "==> $*"; }
refuse() {
  echo "setup-broker.sh: $*" >&2
  exit 1
}

parts=$(dirname "$(readlink -f "$0")")/setup-broker
etc=/etc/mosquitto
conf=$etc/conf.d/pi2mqtt.conf
home=$etc/pi2mqtt
agent_env=/etc/pi2mqtt/.env
mark="# Made by pi2mqtt's scripts/setup-broker.sh"
PATH=$PATH:/usr/sbin:/sbin
export LC_ALL=C
umask 077
cd /

# shellcheck source=setup-broker/files.sh
. "$parts/files.sh"
# shellcheck source=setup-broker/settings.sh
. "$parts/settings.sh"
# shellcheck source=setup-broker/options.sh
. "$parts/options.sh"
# shellcheck source=setup-broker/other-settings.sh
. "$parts/other-settings.sh"
# shellcheck source=setup-broker/users.sh
. "$parts/users.sh"
# shellcheck source=setup-broker/certificates.sh
. "$parts/certificates.sh"
# shellcheck source=setup-broker/listeners.sh
. "$parts/listeners.sh"
# shellcheck source=setup-broker/broker.sh
. "$parts/broker.sh"
# shellcheck source=setup-broker/proof.sh
. "$parts/proof.sh"
# shellcheck source=setup-broker/proof-relay.sh
. "$parts/proof-relay.sh"
# shellcheck source=setup-broker/agent-env.sh
. "$parts/agent-env.sh"
# shellcheck source=setup-broker/put-back.sh
. "$parts/put-back.sh"

case " $* " in *" --help "* | *" -h "*) echo "$usage" && exit ;; esac
[ "$(id -u)" = 0 ] || refuse "This needs root; run \"sudo $0${*:+ $*}\"."
check_ownership
if [ "$*" = --undo ]; then
  undo
  exit
fi
load_settings
read_options "$@"
complete_settings

install_packages
check_other_settings
remember_what_was
trap put_back EXIT
trap 'exit 130' INT TERM HUP
make_folders
save_settings
make_certificates
make_users
write_listeners
bring_broker_up
prove
trap - EXIT
forget_what_was

fill_agent_env
say_what_to_do
