package dev.furrow.actors.wire;

/** What a supervisor and a pool say to each other. Any of it may be lost, doubled or reordered. */
public sealed interface WireMessage permits PoolMessage, JobMessage {

  /** The version of the records; nodes of different versions do not form one cluster. */
  int VERSION = 1;

  /** The job that the message is about. */
  JobKey job();
}
