/**
 * The parent of everything on a node: knows the members of the cluster, spawns supervisors and the
 * pool, and brings records from the link to the actor that they are for.
 */
@NullMarked
package dev.furrow.actors.cluster;

import org.jspecify.annotations.NullMarked;
