#!/bin/sh
# Installs the packages of package-lock.json, those for building included.
set -eu
npm ci --no-audit --no-fund --loglevel=error
