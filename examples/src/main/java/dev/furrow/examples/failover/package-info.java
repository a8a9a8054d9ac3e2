/**
 * For how long state cannot be updated when nodes of its cluster come, leave and die: {@link
 * dev.furrow.examples.failover.Failover}.
 */
@NullMarked
package dev.furrow.examples.failover;

import org.jspecify.annotations.NullMarked;
