#!/bin/sh
# Runs a command on a machine that has two others beside it on a network, host1 and host2: network
# namespaces on a bridge. As root: unshare --net --mount --uts tests/two_hosts.sh COMMAND...
# Nothing is left behind: the namespaces end with the command.
set -e
mkdir -p /run/netns
mount -t tmpfs none /run/netns
ip link set lo up
ip link add bridge0 type bridge
ip address add 10.77.0.1/24 dev bridge0
ip link set bridge0 up
for n in 1 2; do
    ip netns add "host$n"
    ip link add "port$n" type veth peer name net0 netns "host$n"
    ip link set "port$n" master bridge0 up
    ip -n "host$n" address add "10.77.0.1$n/24" dev net0
    ip -n "host$n" link set net0 up
    ip -n "host$n" link set lo up
done
exec "$@"
