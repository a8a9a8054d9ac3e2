/**
 * What a long life does to a driver and its worker: a million tasks queued, ten million streamed,
 * ten thousand jobs, one small job beside a huge one. Each trial runs in a JVM with a bounded heap
 * and fails if it does not end where it began.
 */
@NullMarked
package dev.furrow.examples.soak;

import org.jspecify.annotations.NullMarked;
