#!/bin/sh
# Installs what printkit needs of the system on Debian or Ubuntu, and nothing that is there already:
# Pango for WeasyPrint, the Chinese fonts of the built-in styles, Ghostscript for the plates of preflight,
# Poppler to read PDFs back; and the packages named as arguments, which only tests need.
set -eu

missing=""
want() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed' || missing="$missing $1"; }
if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "printkit: not a Debian or Ubuntu system; install Pango, Noto CJK (all weights) and LXGW WenKai yourself" >&2
    exit 0
fi
for package in libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b fontconfig fonts-noto-cjk fonts-noto-cjk-extra \
    fonts-dejavu-core poppler-utils ghostscript ca-certificates git "$@"; do
    want "$package"
done
command -v python3 >/dev/null 2>&1 || missing="$missing python3"
# Debian parts venv's pip off into a package of its own; a python3 from elsewhere has it.
python3 -c 'import ensurepip' 2>/dev/null || missing="$missing python3-venv"
as_root=""
[ "$(id -u)" -eq 0 ] || as_root="sudo"
if [ -n "$missing" ]; then
    echo "printkit: installing$missing"
    $as_root apt-get update -qq
    # shellcheck disable=SC2086  # a list of names
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi
# The 楷体 of the built-in styles; older releases lack it and take the next family of the chain.
if ! dpkg-query -W -f='${Status}' fonts-lxgw-wenkai 2>/dev/null | grep -q 'ok installed'; then
    if [ -z "$missing" ]; then $as_root apt-get update -qq; fi
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends fonts-lxgw-wenkai >/dev/null 2>&1 ||
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends fonts-arphic-gkai00mp >/dev/null
fi
