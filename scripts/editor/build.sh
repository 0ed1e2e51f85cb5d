#!/bin/sh
# Make the bundle of the SPARQL editor again, from what package-lock.json pins; needs Node and npm.
# What it writes is committed, so that neither building nor running cbec-kg needs either.
set -eu
cd "$(dirname "$0")"
into=../../src/cbec_kg/web/static/vendor/codemirror-6.43.15
npm ci --ignore-scripts --no-audit --no-fund
mkdir -p "$into"
./node_modules/.bin/esbuild entry.js --bundle --minify --format=esm --target=es2020 --legal-comments=none \
  --outfile="$into/codemirror.min.js"
for package in @codemirror/autocomplete @codemirror/commands @codemirror/language @codemirror/legacy-modes \
  @codemirror/state @codemirror/streamparser @codemirror/view @lezer/common @lezer/highlight @lezer/lr \
  @marijn/find-cluster-break crelt style-mod w3c-keyname; do
  [ -d "node_modules/$package" ] || continue
  printf '%s %s\n\n' "$package" "$(node -p "require('./node_modules/$package/package.json').version")"
  cat "node_modules/$package/LICENSE"
  printf '\n'
done > "$into/LICENSE"
rm -rf node_modules
sha256sum "$into"/*
