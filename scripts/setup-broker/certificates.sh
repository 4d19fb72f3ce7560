# shellcheck shell=bash
# Our own CA, and the certificates that it signs.

days=3650
# A run in the last year of a certificate of the broker or of a user makes a new one.
renew_before_seconds=31536000

make_certificates() {
  local tls=$home/tls
  [ "$security" != plain ] || return 0
  [ "$(date +%Y)" -ge 2024 ] || refuse "The clock says $(date +%F), and certificates made now would be of that time; set it first."
  if [ ! -e "$tls/ca.key" ] || [ ! -e "$tls/ca.crt" ]; then
    run_openssl req -new -x509 -days $((2 * days)) -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -config <(ca_settings) \
      -keyout "$tls/.ca.key" -out "$tls/.ca.crt"
    put "$tls/ca.key" 600 root:root <"$tls/.ca.key"
    put "$tls/ca.crt" 644 root:root <"$tls/.ca.crt"
    rm "$tls/.ca.key" "$tls/.ca.crt"
  fi
  make_certificate "$tls/broker" "$(uname -n)" serverAuth "$(alternative_names)" "$broker_owner"
}

ca_settings() {
  printf '%s\n' '[req]' 'prompt = no' 'distinguished_name = name' 'x509_extensions = ca' '[name]' "CN = CA of pi2mqtt on $(uname -n | cut -c 1-40)" \
    '[ca]' 'basicConstraints = critical, CA:true, pathlen:0' 'keyUsage = critical, keyCertSign, cRLSign' 'subjectKeyIdentifier = hash'
}

# All names and addresses by which clients may reach this machine.
alternative_names() {
  local name host
  host=$(uname -n)
  {
    printf 'DNS:%s\n' "$host" localhost
    case $host in *.*) ;; *) echo "DNS:$host.local" ;; esac
    printf 'IP:%s\n' 127.0.0.1 ::1
    for name in "${names[@]}"; do
      if [[ $name == *:* || $name =~ ^[0-9.]+$ ]]; then echo "IP:$name"; else echo "DNS:$name"; fi
    done
  } | awk '!seen[$0]++' | paste -sd ,
}

# make_certificate PATH NAME USAGE ALTERNATIVE-NAMES KEY-OWNER: makes PATH.key and PATH.crt, unless they exist and are valid for long.
make_certificate() {
  local extensions purpose=$home/tls/$2.for
  extensions=$(printf '%s\n' 'basicConstraints = critical, CA:false' 'keyUsage = critical, digitalSignature' "extendedKeyUsage = $3" \
    ${4:+"subjectAltName = $4"})
  if [ -e "$1.key" ] && [ "$(cat "$purpose" 2>/dev/null)" = "$extensions" ] &&
    openssl x509 -in "$1.crt" -noout -checkend "$renew_before_seconds" >/dev/null 2>&1 &&
    openssl verify -CAfile "$home/tls/ca.crt" "$1.crt" >/dev/null 2>&1; then
    return
  fi
  run_openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$1.key.new" -out "$1.csr" \
    -config <(printf '%s\n' '[req]' 'prompt = no' 'distinguished_name = name' '[name]' "CN = ${2:0:64}")
  run_openssl x509 -req -in "$1.csr" -CA "$home/tls/ca.crt" -CAkey "$home/tls/ca.key" -set_serial "0x$(od -An -N 16 -t x1 /dev/urandom | tr -d ' \n')" \
    -days "$days" -extfile <(echo "$extensions") -out "$1.crt.new"
  put "$1.key" 600 "$5" <"$1.key.new"
  put "$1.crt" 644 root:root <"$1.crt.new"
  put "$purpose" 644 root:root <<<"$extensions"
  rm "$1.key.new" "$1.crt.new" "$1.csr"
}

# openssl writes its progress to standard error. It is shown only if something fails.
run_openssl() {
  local told
  told=$(openssl "$@" 2>&1) || refuse "openssl could not make a certificate: $told"
}
