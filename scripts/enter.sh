#!/bin/sh
# The entry of the image: hands the data folder to the user "node" (1000 in Node's images) and goes on as that user.
# A new volume is root's, and so is what an operator makes in it as root. Started as another user, it changes nothing.
set -eu
OWNER=1000
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$DATA_DIR"
  find "$DATA_DIR" -xdev ! -user "$OWNER" -exec chown -h "$OWNER:$OWNER" {} +
  exec setpriv --reuid="$OWNER" --regid="$OWNER" --clear-groups --no-new-privs -- "$@"
fi
exec "$@"
