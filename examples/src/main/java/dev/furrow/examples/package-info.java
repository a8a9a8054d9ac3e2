/**
 * Programs that a user of Furrow would write. They compile against the public API alone.
 *
 * <p>{@link dev.furrow.examples.Hello} is the shortest one. {@link
 * dev.furrow.examples.digits.Digits} is a real search on several worker processes. {@link
 * dev.furrow.examples.ProgressLine} shows on a terminal how far a job has come.
 */
@NullMarked
package dev.furrow.examples;

import org.jspecify.annotations.NullMarked;
