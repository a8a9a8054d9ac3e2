/**
 * A node put together: the implementation of {@link dev.furrow.Furrow}, worker processes, and the
 * node's main program.
 *
 * <p>{@link dev.furrow.node.FurrowNode#on} embeds Furrow in a service that has an actor system;
 * everything else is reached through {@link dev.furrow.Furrow}.
 */
@NullMarked
package dev.furrow.node;

import org.jspecify.annotations.NullMarked;
