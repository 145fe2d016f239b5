#!/bin/sh
# Starts the server (serve) or a command of the command line (chat COMMAND …), with the secrets
# that make-secrets.sh made where the environment gives none.
set -eu
cd "$(dirname "$0")/.."
secrets=${SECRETS:-/secrets/api}
unset SECRETS

if [ -z "${JWT_SECRET:-}" ] && [ -r "$secrets/jwt-secret" ]; then
  JWT_SECRET=$(cat "$secrets/jwt-secret")
  export JWT_SECRET
fi
# postgres://user@host/… gets its password; one that has a password stays as it is.
if [ -r "$secrets/postgres-password" ]; then
  password=$(cat "$secrets/postgres-password")
  DATABASE_URL=$(printf '%s' "${DATABASE_URL:-}" | sed "s#^\([a-z]*://[^:@/]*\)@#\1:$password@#")
  export DATABASE_URL
fi

case ${1:-serve} in
  # Little room for short-lived objects: see "Less room for the young" in docs/decisions.md.
  serve) exec node --max-semi-space-size=8 dist/apps/api/main.js ;;
  chat) shift && exec env CHAT_CALL=chat node dist/apps/api/cli.js "$@" ;;
  *) exec "$@" ;;
esac
