#!/usr/bin/env bash
# Packs the package, installs it without its native parts into an empty folder, and runs it from there. Node.js 18, which
# Raspberry Pi OS bookworm has, must be refused with a sentence.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm pack --silent --pack-destination "$folder" >/dev/null
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --omit=optional ./pi2mqtt-*.tgz

expect() { grep -q "$1" output || { echo "expected \"$1\", got:"; cat output; exit 1; }; }

npx pi2mqtt --version >output
expect '^0\.'
npx pi2mqtt check node_modules/pi2mqtt/devices.yaml >output
expect '^devices.yaml: 4 devices, no problems'

# The pages that a user needs without a network; those for changing the program stay in the repository.
for page in README.md SECURITY.md docs/{brokers,configuration,home-assistant,node-red,pins,readings,analog-inputs,sensors,serial,service,thermostat,topics}.md src/devices/README.md; do
  [ -s "node_modules/pi2mqtt/$page" ] || { echo "the package has no $page"; exit 1; }
done
for page in dist/program.cache dist/program.js.map docs/architecture.md docs/developing-kinds.md docs/performance.md docs/performance docs/wiring.svg; do
  [ ! -e "node_modules/pi2mqtt/$page" ] || { echo "the package has $page, which nobody needs without the repository"; exit 1; }
done

# Without onoff the lamp is offline and the log says why. The agent and its other devices work.
timeout --signal=TERM 5 npx pi2mqtt run --config node_modules/pi2mqtt/devices.yaml >output || true
expect '"device":"office-lamp".*"device is offline"'
expect '"pi2mqtt stopped"'

npm install --silent --no-audit --no-fund --no-save node@18
if node_modules/.bin/node node_modules/pi2mqtt/dist/main.js --version >output 2>&1; then
  echo "Node.js 18 was not refused"
  exit 1
fi
expect 'pi2mqtt needs Node.js 20.19 or newer, and this is v18'
echo "The package works."
