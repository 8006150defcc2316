#!/usr/bin/env bash
# Builds what is published, twice: in two folders, with other time zones and languages, once in parallel. Ends with 0
# if every library has its jar, sources, Javadoc, pom and list of contents (CycloneDX), and both builds gave the same bytes.
#
#   dev/check-release.sh [MODULE…]    all libraries if none is named; works on what Git knows of; the tests do not run
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

libraries=${*:-$(sed -n 's#.*<module>\(trackit-[a-z-]*\)</module>.*#\1#p' pom.xml)}
modules=$(echo $libraries | tr ' ' ',')

copy() { # copy FOLDER: the files that Git knows of, as they are now
  mkdir -p "$1"
  git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do [ -e "$file" ] && printf '%s\0' "$file"; done |
    tar -cf - --null --no-recursion -T - | tar -xf - -C "$1"
}

build() { # build FOLDER OPTION...
  local folder=$1
  shift
  (cd "$folder" && mvn -B -q -Pquick,release -pl "$modules" package "$@" </dev/null >build.log 2>&1) || {
    grep -m 20 ERROR "$folder/build.log" >&2
    echo "check-release: the build failed" >&2
    exit 1
  }
}

copy "$work/one"
copy "$work/another/place"
(TZ=UTC LC_ALL=C.UTF-8 build "$work/one")
(TZ=Pacific/Auckland LC_ALL=C build "$work/another/place" -T2)

failed=0
count=0
say() {
  echo "check-release: $*" >&2
  failed=1
}
for library in $libraries; do
  [ "$library" = trackit-bom ] && continue
  target=$library/target
  version=$(ls "$work/one/$target" | sed -n "s/^$library-\(.*\)-sources\.jar$/\1/p")
  for file in "$library-$version.jar" "$library-$version-sources.jar" "$library-$version-javadoc.jar" \
    "$library-$version-cyclonedx.json" .flattened-pom.xml; do
    if [ ! -s "$work/one/$target/$file" ]; then
      say "$target/$file is missing"
    elif ! cmp -s "$work/one/$target/$file" "$work/another/place/$target/$file"; then
      say "$target/$file differs from build to build"
    fi
    count=$((count + 1))
  done
done
cmp -s trackit-bom/pom.xml "$work/one/trackit-bom/pom.xml" || say "trackit-bom/pom.xml was changed by the build"
[ "$failed" = 0 ] && echo "check-release: $count files of $(echo $libraries | wc -w) artifacts, the same in both builds"
exit "$failed"
