package dev.furrow.actors.wire;

/** How carefully an attempt is started, after earlier attempts were lost with their nodes. */
public enum Caution {
  /** Nothing is known against the task. */
  NONE,
  /** A node ended while it held the task: the supervisor wants to know before it starts. */
  TELL,
  /** A node ended while it ran the task: it also runs beside no other such task. */
  ALONE
}
