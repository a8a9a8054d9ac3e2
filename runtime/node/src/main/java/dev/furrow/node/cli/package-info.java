/**
 * The command line {@code furrow}: starts a node, asks nodes over HTTP, makes certificates, and
 * says what is wrong with settings. See docs/cli.md.
 */
@NullMarked
package dev.furrow.node.cli;

import org.jspecify.annotations.NullMarked;
