#!/usr/bin/env bash
# Makes the pictures of the page in docs/images (page-*.png, light and dark) by running the program on a session that is played in a
# real kernel. Needs a Python with ipykernel, jupyter_server, pandas, matplotlib and scikit-learn, and Chromium.
#   dev/screenshots.sh [FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."
images=$(mkdir -p "${1:-docs/images}" && cd "${1:-docs/images}" && pwd)
TRACKIT_REQUIRE_PROGRAMS=1 mvn -B -q -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false -Dspotless.check.skip -Djacoco.skip -Denforcer.skip \
  -pl examples/runner -am verify -Dit.test=PageScreenshots -Dfailsafe.failIfNoSpecifiedTests=false \
  -Dtrackit.screenshots="$images"
ls -l "$images"/page-*.png
