/** Real JVMs, real sockets, real signals: what happens to work when its processes are hurt. */
@NullMarked
package dev.furrow.node.processes;

import org.jspecify.annotations.NullMarked;
