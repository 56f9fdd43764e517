#!/usr/bin/env bash
# Runs a command with HELSEVEV_DATABASE_URL set to a private PostgreSQL that lives as long as the command.
#   scripts/postgresql.sh .venv/bin/python -m pytest
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$bin" ] || { echo "PostgreSQL is not installed. On Debian: apt-get install postgresql"; exit 1; }
# A table that one test has just emptied must not be counted as empty before the next has filled it, since plans are made
# by that.
UNCOUNTED="-c autovacuum=off"
folder=$(mktemp -d /tmp/helsevev-postgresql-XXXXXX)
as=()
if [ "$(id -u)" = 0 ]; then
  chown postgres "$folder"
  as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
fi
stop() { "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate -w -s stop || true; rm -rf "$folder"; }
trap stop EXIT
"${as[@]}" "$bin/initdb" -D "$folder/data" -U app -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"${as[@]}" "$bin/pg_ctl" -D "$folder/data" -w -s -l "$folder/log" -o "-p $port -h 127.0.0.1 -k $folder $UNCOUNTED ${POSTGRESQL_OPTIONS-}" start
"$bin/createdb" -h 127.0.0.1 -p "$port" -U app app
echo "A private PostgreSQL is up on port $port."
HELSEVEV_DATABASE_URL="postgresql://app@127.0.0.1:$port/app" "$@"
