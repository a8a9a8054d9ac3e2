/** Ignite's compute grid on server nodes in JVMs of their own. */
@NullMarked
package dev.furrow.rivals.ignite;

import org.jspecify.annotations.NullMarked;
