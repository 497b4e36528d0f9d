#!/bin/sh
# worldswitch COMMAND ...      the command line: @COMMANDS@
# worldswitch [FILE...]        the window, with these sessions and profiles
# A file that is called like a command is opened as ./NAME.
prefix=$(dirname -- "$(dirname -- "$(readlink -f -- "$0")")")
program=$prefix/lib/worldswitch/worldswitch
case ${1-} in
@PATTERN@)
    # The program's own Node runs the command in its main process. No page is opened, so that there is nothing to put
    # into a sandbox and no display to ask for; whatever follows -- is the command's.
    exec "$program" --ozone-platform=headless --no-sandbox --no-zygote --disable-gpu --log-level=3 --cli -- "$@" ;;
esac
exec "$program" "$@"
