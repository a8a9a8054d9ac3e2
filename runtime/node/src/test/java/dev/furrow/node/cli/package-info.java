/** The command line, run in this JVM. */
@NullMarked
package dev.furrow.node.cli;

import org.jspecify.annotations.NullMarked;
