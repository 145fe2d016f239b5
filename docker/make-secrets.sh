#!/bin/sh
# Makes the secrets of an installation once and keeps them ever after:
#   make-secrets.sh FOLDER DATABASE_UID API_UID
# The password of the database is there twice, readable by each side's account alone.
set -eu
umask 077
folder=$1 database=$2 api=$3

random() {
  head -c 36 /dev/urandom | base64 | tr '+/' '-_' | tr -d '\n'
}

# Written aside and moved: a start cut short leaves no half secret.
keep() {
  [ -s "$1" ] && return
  printf '%s\n' "$2" >"$1.new"
  mv "$1.new" "$1"
}

mkdir -p "$folder/api" "$folder/database"
keep "$folder/api/jwt-secret" "$(random)"
keep "$folder/api/postgres-password" "$(random)"
keep "$folder/database/postgres-password" "$(cat "$folder/api/postgres-password")"
chown -R "$api" "$folder/api"
chown -R "$database" "$folder/database"
# Each account passes through to its own folder, which nobody else can open.
chmod 711 "$folder"
