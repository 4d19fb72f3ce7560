#!/bin/bash
# Installs pi2mqtt as a systemd service, or upgrades it: see --help.
set -euo pipefail

usage='Usage: sudo scripts/install.sh

Installs pi2mqtt from the folder this script lies in (the unpacked package or a git clone) and starts it as the
service pi2mqtt. Run it again to upgrade. What it makes:
  /opt/pi2mqtt                              the program
  /etc/pi2mqtt                              devices.yaml and .env; files that are there already are kept
  /etc/systemd/system/pi2mqtt.service       the service, with the user pi2mqtt in the groups gpio, i2c, spi, video and dialout
  /usr/local/bin/pi2mqtt                    the command, as in "sudo pi2mqtt check"
The exit status is 0 when the service runs. scripts/uninstall.sh takes everything away again.'

say() { echo "==> $*"; }
refuse() {
  echo "install.sh: $*" >&2
  exit 1
}

case "$*" in
  "") ;;
  -h | --help) echo "$usage" && exit ;;
  *) echo "$usage" >&2 && exit 64 ;;
esac

source=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
app=/opt/pi2mqtt
config=/etc/pi2mqtt
unit=/etc/systemd/system/pi2mqtt.service
check_unit=/run/systemd/system/pi2mqtt-check.service
groups=(gpio i2c spi video dialout)
PATH=$PATH:/usr/sbin:/sbin
export HOME=/root # else npm's cache may end up as root's files in the home of whoever ran sudo
umask 022
cd /

# --- Can it work here? -------------------------------------------------------------------------------------------------

get_node='on Raspberry Pi OS or Debian trixie run "sudo apt install nodejs npm"; on bookworm, whose own package is too old, take it from https://nodejs.org/en/download or from NodeSource'
[ "$(id -u)" = 0 ] || refuse "This needs root; run \"sudo $0\"."
[ -d /run/systemd/system ] || refuse "systemd does not run here, and pi2mqtt is installed as a service of systemd; without it, start \"node dist/main.js run\" by other means."
node=$(command -v node) || refuse "There is no node for root (one in your home, as nvm makes it, does not count): $get_node."
"$node" -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
  refuse "pi2mqtt needs Node.js 20.19 or newer, and $node is $("$node" --version): $get_node."
case $(readlink -f "$node") in
  /home/* | /root/*) refuse "$node lies in a home folder, where the service may not look; install Node.js for all users: $get_node." ;;
esac
command -v npm >/dev/null || refuse "There is a node but no npm; run \"sudo apt install npm\"."
if [ -f "$source/src/main.ts" ]; then
  # This is a clone. If dist is older than its sources, it is from before a "git pull".
  build=$(cd "$source" && [ -f dist/main.js ] && find src scripts package-lock.json -type f -newer dist/main.js -print -quit || echo all)
else
  build=
  [ -f "$source/dist/main.js" ] || refuse "There is neither dist nor src in $source; unpack the package again, or run this from a git clone."
fi

# --- The user ----------------------------------------------------------------------------------------------------------

for group in "${groups[@]}"; do
  getent group "$group" >/dev/null && continue
  groupadd --system "$group"
  say "Created the group $group. Raspberry Pi OS has udev rules that give it hardware; see to that yourself on this system."
done
getent group pi2mqtt >/dev/null || groupadd --system pi2mqtt
if ! id pi2mqtt >/dev/null 2>&1; then
  useradd --system --gid pi2mqtt --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin pi2mqtt
  say "Created the user pi2mqtt, who cannot log in."
fi
usermod --append --groups "$(IFS=, && echo "${groups[*]}")" pi2mqtt

# --- The program, beside the one that may be running -------------------------------------------------------------------

unchanged="What was installed before, if anything, is as it was"
npm_quietly() { npm "$@" --prefer-offline --no-progress --no-audit --no-fund --loglevel=error; }
trap 'rm -rf "$app.new" "$check_unit"' EXIT
rm -rf "$app.new"
mkdir -p "$app.new"
if [ -n "$build" ]; then
  say "Building the program in a copy of $source."
  mkdir "$app.new/build"
  tar -C "$source" --exclude=./node_modules --exclude=./dist --exclude=./.git --exclude=./.env -cf - . | tar -C "$app.new/build" --no-same-owner -xf -
  (cd "$app.new/build" && npm_quietly ci --ignore-scripts && npm run --silent build) || refuse "The build failed, as npm says above. $unchanged."
  mv "$app.new/build/dist" "$app.new/dist"
  rm -rf "$app.new/build"
else
  cp -r "$source/dist" "$app.new/dist"
fi
for file in package.json package-lock.json LICENSE README.md; do
  if [ -f "$source/$file" ]; then cp "$source/$file" "$app.new/"; fi
done
readable() { chown -R root:root "$app.new" && chmod -R u=rwX,go=rX "$app.new"; }
readable

# --- The configuration -------------------------------------------------------------------------------------------------

demo=
mkdir -p "$config/schema"
cp "$source"/schema/*.json "$config/schema/"
if [ -e "$config/devices.yaml" ]; then
  say "Kept $config/devices.yaml as it is."
else
  install -m 644 "$source/devices.yaml" "$config/devices.yaml"
  demo=yes
  say "Put the example into $config/devices.yaml."
fi
if [ -e "$config/.env" ]; then
  say "Kept $config/.env as it is."
else
  install -m 600 "$source/.env.example" "$config/.env"
  say "Made $config/.env for the broker's address and password."
fi
chown pi2mqtt:pi2mqtt "$config/.env"
chmod 600 "$config/.env"
check=("$node" "$app.new/dist/main.js" check "$config/devices.yaml")
# The credentials and variables that only the service gets ("systemctl edit pi2mqtt"). Lines that are continued are joined.
given=$(systemctl cat pi2mqtt 2>/dev/null | sed -e ':join' -e '/\\$/{N;s/\\\n/ /;b join' -e '}' |
  grep -E '^[[:space:]]*((Load|Set|Import)Credential(Encrypted)?|(Pass|Unset)?Environment|EnvironmentFile)[[:space:]]*=' || true)

# Only systemd can open the credentials. So it runs the check, in a service that exists only for that.
check_with_what_is_given() {
  local answer=$app.new/check.txt is_right=yes since
  since=$(date "+%F %T")
  printf '%s\n' "[Service]" "Type=oneshot" "User=pi2mqtt" "TimeoutStartSec=120" "$given" \
    "StandardOutput=file:$answer" "StandardError=inherit" "ExecStart=${check[*]}" >"$check_unit"
  systemctl daemon-reload
  systemctl start pi2mqtt-check 2>/dev/null || is_right=
  if [ -s "$answer" ]; then
    cat "$answer"
  elif [ -z "$is_right" ]; then
    journalctl --unit=pi2mqtt-check --since="$since" --output=cat --no-pager || true
  fi
  rm -f "$check_unit" "$answer"
  systemctl daemon-reload
  systemctl reset-failed pi2mqtt-check 2>/dev/null || true
  [ -n "$is_right" ]
}

if [ -n "$given" ]; then
  say "Checking the configuration as the new version sees it, with the credentials and variables of the service:"
  check_with_what_is_given ||
    refuse "Correct $config/devices.yaml, $config/.env or what \"systemctl cat pi2mqtt\" shows of credentials and variables, and run this script again. $unchanged."
else
  say "Checking the configuration as the new version sees it:"
  runuser -u pi2mqtt -- "${check[@]}" ||
    refuse "Correct $config/devices.yaml or $config/.env and run this script again. $unchanged."
fi

# --- The native packages -----------------------------------------------------------------------------------------------

say "Fetching the packages it needs; on a small Pi this takes some minutes."
# Only a clone has a lock file: npm never puts it into a package.
if [ -f "$app.new/package-lock.json" ]; then how=ci; else how=install; fi
(cd "$app.new" && npm_quietly "$how" --omit=dev) || refuse "npm could not get the packages, as it says above. $unchanged."
readable
chmod 755 "$app.new/dist/main.js"

cd "$app.new"
for package in $("$node" -p 'Object.keys(require("./package.json").optionalDependencies ?? {}).join(" ")'); do
  runuser -u pi2mqtt -- "$node" --input-type=module -e "await import('$package')" >/dev/null 2>&1 ||
    say "The native package $package could not be built, so devices that need it stay offline. For it, run \"sudo apt install python3 make g++\" and then this script again."
done
cd /

# --- The change --------------------------------------------------------------------------------------------------------

rm -rf "$app.old"
if [ -e "$app" ]; then mv "$app" "$app.old"; fi
mv "$app.new" "$app"
ln -sfn "$app/dist/main.js" /usr/local/bin/pi2mqtt
say "Put the program into $app and the command pi2mqtt into /usr/local/bin."
sed "s|/usr/bin/node /opt/|$node /opt/|" "$source/systemd/pi2mqtt.service" >"$unit"
systemctl daemon-reload
systemctl --quiet enable pi2mqtt
say "Starting the service, from now on at every boot, and watching it for 5 seconds."
runs=yes
started=$(date "+%F %T")
systemctl restart pi2mqtt || true
for _ in {1..5}; do
  sleep 1
  systemctl is-active --quiet pi2mqtt || { runs= && break; }
done
if [ -z "$runs" ]; then
  say "These are the last lines of its log:"
  journalctl --unit=pi2mqtt --since="$started" --lines=15 --output=cat --no-pager || true
  refuse "The service does not run; \"journalctl -u pi2mqtt\" has more. The version before, if any, is in $app.old."
fi
systemctl status pi2mqtt --no-pager --full --lines=8 || true
rm -rf "$app.old"
say "pi2mqtt $(pi2mqtt --version) runs."
if [ -n "$demo" ]; then say "It follows the example, which has a relay on pin 17 and holds it off."; fi
say "Say in $config/devices.yaml what is connected and in $config/.env where the broker is, check with \"sudo pi2mqtt check\", then run \"sudo systemctl restart pi2mqtt\"."
if [ -n "$given" ]; then say "\"sudo pi2mqtt check\" cannot see the credentials and variables of the service; what hangs on them is checked when the service starts."; fi
