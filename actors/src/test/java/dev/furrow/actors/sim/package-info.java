/**
 * A cluster in one thread and virtual time: real states, real wire records, a hostile network. One
 * seed decides everything.
 */
@NullMarked
package dev.furrow.actors.sim;

import org.jspecify.annotations.NullMarked;
