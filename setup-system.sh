#!/bin/sh
# Installs what printkit needs of the system on Debian or Ubuntu, and nothing that is there already:
# Pango for WeasyPrint, the Chinese fonts of the built-in styles, Ghostscript for the plates of preflight,
# Poppler to read PDFs back; and the packages named as arguments, which only tests need.
# It says what it installs and how much that is; where nothing is missing it says nothing.
set -eu

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "printkit: not a Debian or Ubuntu system; install Pango, Noto CJK (all weights) and LXGW WenKai yourself" >&2
    exit 0
fi
missing=""
is_there() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }
is_known() { apt-cache show "$1" >/dev/null 2>&1; }
# Chromium without its windows is asked for first: a page is opened in a third of the time.
browser=chromium-headless-shell
for package in libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b fontconfig fonts-noto-cjk fonts-noto-cjk-extra \
    fonts-dejavu-core poppler-utils ghostscript ca-certificates git "$@"; do
    [ "$package" = chromium ] && { is_there $browser || is_known $browser; } && package=$browser
    is_there "$package" || missing="$missing $package"
done
command -v python3 >/dev/null 2>&1 || missing="$missing python3"
# Debian parts venv's pip off into a package of its own; a python3 from elsewhere has it.
python3 -c 'import ensurepip' 2>/dev/null || missing="$missing python3-venv"
# The 楷体 of the built-in styles; older releases lack LXGW WenKai and take the next family of the chain.
kai=""
is_there fonts-lxgw-wenkai || is_there fonts-arphic-gkai00mp || kai=yes
[ -n "$missing$kai" ] || exit 0

as_root=""
[ "$(id -u)" -eq 0 ] || as_root="sudo"
$as_root apt-get update -qq
if [ -n "$kai" ]; then
    if is_known fonts-lxgw-wenkai; then kai=fonts-lxgw-wenkai; else kai=fonts-arphic-gkai00mp; fi
    missing="$missing $kai"
fi
is_known $browser && missing=$(echo "$missing" | sed "s/ chromium\\( \\|$\\)/ $browser\\1/")
# shellcheck disable=SC2086  # a list of names, here and below
plan=$(LC_ALL=C apt-get install --print-uris -y --no-install-recommends $missing 2>/dev/null || true)
count=$(echo "$plan" | sed -n 's/^.*, \([0-9]*\) newly installed.*/\1/p')
size=$(echo "$plan" | sed -n 's/^Need to get \([^/]*\).* of archives\.$/\1/p')
echo "printkit: installing$missing (${count:-?} packages, ${size:-?} to download)"
# shellcheck disable=SC2086
told=$($as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing 2>&1) || {
    echo "$told" >&2
    exit 1
}
