package dev.furrow.actors.wire;

import java.util.Map;

/**
 * What a node tells other nodes of itself, once, before they exchange work.
 *
 * @param node who speaks
 * @param linkHost name or address under which its link is reached
 * @param linkPort the link's TCP port, from 0 to 65535; 0 where there is none
 * @param slots tasks that it runs at once; 0 for a driver that runs none
 * @param resources what it offers in all, as {@code gpu → 2}
 * @param wireVersion the {@link WireMessage#VERSION} that it speaks
 * @param furrowVersion its release of Furrow, for people
 */
public record NodeCard(
    NodeId node,
    String linkHost,
    int linkPort,
    int slots,
    Map<String, Long> resources,
    int wireVersion,
    String furrowVersion) {}
