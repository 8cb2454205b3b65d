# What the project's scripts share: finding tools, and installing what is missing on Debian or
# Ubuntu after saying so. Sourced, not run.

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }

# need COMMAND PACKAGE: the command is there, or its Debian package is installed.
need() {
  command -v "$1" >/dev/null 2>&1 && return 0
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "'$1' is missing; please install it and run this again" >&2
    return 1
  fi
  say "Installing the Debian package '$2' (for '$1')"
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  if [ -z "${APT_UPDATED:-}" ]; then "${as_root[@]}" apt-get update -q >/dev/null && APT_UPDATED=1; fi
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$2" >/dev/null
}

# wanted COMMAND WHERE: the command must have been installed by its own means.
wanted() {
  command -v "$1" >/dev/null 2>&1 && return 0
  echo "'$1' is missing; $2" >&2
  return 1
}
