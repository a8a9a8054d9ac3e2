package dev.furrow.actors.wire;

/**
 * One life of one node.
 *
 * @param name {@code host:port}, or {@code local}
 * @param uid drawn at random when the node starts, so that two lives of one address differ
 */
public record NodeId(String name, long uid) {

  @Override
  public String toString() {
    return name + "#" + Long.toHexString(uid);
  }
}
