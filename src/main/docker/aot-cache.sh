#!/bin/sh
# Trains an AOT cache (JDK 25 or newer) for a packaged service, by starting it once on real servers:
#
#   QUARKUS_DATASOURCE_…=… WUYE_…=… JAVA=/path/to/java src/main/docker/aot-cache.sh [package] [cache]
#
# Its servers are told by the same settings as in production; use those of a test environment. Start it then with
# -XX:AOTCache=<cache>, by the very same Java and with the package's files untouched (their times count): otherwise the JVM
# says so and starts without the cache.
set -eu
package=${1:-target/quarkus-app}
cache=${2:-$package/app.aot}
java=${JAVA:-java}
port=${PORT:-18888}

# One time for all files, the build's own: it survives being copied into an image that is built reproducibly.
find "$package" -name '*.jar' -exec touch -d "@${SOURCE_DATE_EPOCH:-1767225600}" {} +

"$java" -XX:AOTCacheOutput="$cache" -Dquarkus.http.port="$port" -Dwuye.node=aot-training -jar "$package/quarkus-run.jar" &
service=$!
trap 'kill $service 2>/dev/null || true' EXIT

tries=0
until curl -fsS "http://127.0.0.1:$port/q/health/ready" >/dev/null 2>&1; do
  tries=$((tries + 1))
  if [ $tries -gt 120 ] || ! kill -0 $service 2>/dev/null; then
    echo "the service did not become ready" >&2
    exit 1
  fi
  sleep 1
done
# What the first callers would wait for.
curl -sS "http://127.0.0.1:$port/q/metrics" >/dev/null
curl -sS -H 'Content-Type: application/json' -d '{"query":"{__typename}"}' "http://127.0.0.1:$port/graphql" >/dev/null

# The cache is written when the service has ended.
kill $service
wait $service || true
test -s "$cache" || { echo "no cache was written: is this JDK 25 or newer?" >&2; exit 1; }
ls -l "$cache"
