#!/bin/sh
# Build the graph and ask it three questions. Called by `make demo` with the environment's bin folder.
set -eu
bin=$1
run() {
  printf '\n$ cbec-kg %s\n' "$*"
  "$bin/cbec-kg" "$@"
}
run build
run query figures/trade-over-time
run query platforms/programmes -p platform=AliExpress
run query factors/named-by-several-articles
cat <<'END'

What to try next (put .venv/bin on your PATH, or write .venv/bin/cbec-kg):
  cbec-kg query                                     what can be asked
  cbec-kg query platforms/programmes --show         a query's text and parameters
  cbec-kg query entities/everything -p entity=Shein
  cbec-kg answer cbec-trade-value --period 2019      a figure that nobody states, derived
  cbec-kg ask 'CBEC exports in 2022?'               plain words, English or Chinese
  cbec-kg query findings/disagreements              which claims disagree, by how much
  cbec-kg query sources/article -p article=art:001_d49279904a86bcb3
  cbec-kg query figures/trade-over-time --lang zh
  cbec-kg sparql 'SELECT ?p ?n { ?p a cbec:Platform ; rdfs:label ?n }'
  cbec-kg export --to out --format ttl --format nq
  .venv/bin/pip install -e '.[serve]' && cbec-kg serve      pages in a browser, an endpoint: http://127.0.0.1:8000
  open ontology/cbec-kg.ttl in Protégé
END
