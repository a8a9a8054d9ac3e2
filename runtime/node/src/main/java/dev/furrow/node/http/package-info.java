/**
 * What people and tools ask a node over HTTP: whether it is well, what it measures, who is in its
 * cluster; and the order to leave. {@link dev.furrow.node.http.Endpoint} lists it all, and {@code
 * docs/operations.md} shows how it is used.
 *
 * <p>A request passes, in this order: {@link dev.furrow.node.http.AllowedHosts}, the list of
 * endpoints, and {@link dev.furrow.node.http.Tokens}.
 */
@NullMarked
package dev.furrow.node.http;

import org.jspecify.annotations.NullMarked;
