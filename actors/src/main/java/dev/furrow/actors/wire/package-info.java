/**
 * What crosses nodes: identities, the records that supervisors and pools exchange, the codec that
 * writes them, and the codec that writes users' tasks and results.
 *
 * <p>Records are columnar: one record carries many leases or reports, and whatever they share is
 * written once. Every record has a version; a reader ignores fields it does not know and refuses
 * kinds it does not know by name.
 */
@NullMarked
package dev.furrow.actors.wire;

import org.jspecify.annotations.NullMarked;
