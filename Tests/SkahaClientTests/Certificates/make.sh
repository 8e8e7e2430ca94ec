#!/bin/sh
# Makes the certificates of the TLS tests: an authority, a server for 127.0.0.1, a client. They protect nothing.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

req() { name=$1; shift; openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$name" \
  -keyout "$work/$name.key" "$@" 2>/dev/null; }
sign() { openssl x509 -req -in "$work/$1.csr" -CA authority.pem -CAkey "$work/authority.key" -CAcreateserial \
  -CAserial "$work/serial" -days 36500 -extfile "$work/$1.ext" -out "$work/$1.crt" 2>/dev/null; }

req authority -x509 -days 36500 -out authority.pem
for name in server client; do
  req "$name" -new -out "$work/$name.csr"
  case $name in
    server) echo "subjectAltName=IP:127.0.0.1" > "$work/$name.ext" ;;
    client) echo "extendedKeyUsage=clientAuth" > "$work/$name.ext" ;;
  esac
  sign "$name"
  cat "$work/$name.crt" "$work/$name.key" > "$name.pem"
done
