package dev.furrow.node.http;

import dev.furrow.ClusterView;
import java.util.concurrent.CompletionStage;

/** What the HTTP server knows of its node. Called by many threads; no method waits. */
public interface HttpNode {

  /** {@return the node, as {@code host:port}, or {@code local}} */
  String name();

  /** {@return the name of its cluster} */
  String clusterName();

  /** {@return the version of Furrow} */
  String version();

  /** {@return whether it has become a member, whatever became of it then} */
  boolean hasStarted();

  /** {@return whether it is a member that takes work and is not about to leave} */
  boolean isReady();

  /** {@return whether its actors answer; never fails, and is there within a bound} */
  CompletionStage<Boolean> isAlive();

  /** {@return the cluster as the node sees it} */
  ClusterView view();

  /** Tells a member to leave the cluster. To tell it twice does no harm. */
  Told leave(String node);

  /** What came of it. */
  enum Told {
    /** The member was told. */
    LEAVING,
    /** No member has that name. */
    UNKNOWN,
    /** This node is the whole cluster, and nothing that could be left. */
    ALONE
  }
}
