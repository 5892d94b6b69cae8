#!/usr/bin/env bash
# What CI needs beside Node and npm, as Debian packages; installs only what is missing.
# Java and Maven bring the time-skipping test server, Go builds the Temporal server: both only where the SDK's own
# downloads are blocked, which a machine cannot know beforehand. Chromium and Chinese letters are for the tests that look
# at pages as people do.
set -euo pipefail

# program  package
needs='
java       default-jre-headless
mvn        maven
go         golang-go
setpriv    util-linux
chromium   chromium
'

packages=()
while read -r program package; do
  [ -n "$program" ] || continue
  command -v "$program" >/dev/null || packages+=("$package")
done <<<"$needs"
[ -e /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc ] || packages+=(fonts-noto-cjk)
[ ${#packages[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" != 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "ci-setup: missing ${packages[*]}; next: install them as root" >&2
    exit 1
  fi
  as_root=(sudo)
fi
echo "ci-setup: installing ${packages[*]}" >&2
started=$SECONDS
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >&2
echo "ci-setup: installed in $((SECONDS - started)) s" >&2
