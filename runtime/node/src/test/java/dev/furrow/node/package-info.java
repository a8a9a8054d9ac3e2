/** The public API, tried in one JVM: tasks and tests meet in it. */
@NullMarked
package dev.furrow.node;

import org.jspecify.annotations.NullMarked;
