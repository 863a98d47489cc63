#!/bin/sh
# What ssh is on a real network: on_host.sh HOST COMMAND... on a host of two_hosts.sh.
host=$1
shift
exec ip netns exec "$host" unshare --uts sh -c "hostname $host; $*"
