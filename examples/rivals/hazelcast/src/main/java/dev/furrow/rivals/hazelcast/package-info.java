/** Hazelcast's executor service on members in JVMs of their own. */
@NullMarked
package dev.furrow.rivals.hazelcast;

import org.jspecify.annotations.NullMarked;
