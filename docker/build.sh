#!/bin/sh
# Builds the API and both apps into dist.
set -eu
export NX_DAEMON=false NX_TUI=false NX_NO_CLOUD=true NG_CLI_ANALYTICS=false
node_modules/.bin/nx run-many --targets=build --projects=api,support,admin --output-style=static
