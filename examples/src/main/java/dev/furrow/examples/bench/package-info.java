/**
 * Furrow beside a plain thread pool, plain TCP, and products that people use for the same work.
 *
 * <p>{@link dev.furrow.examples.bench.Bench} is the program. It starts a driver's process for each
 * contender, round and number of workers, and collects what they print; {@code kit} is what all
 * drivers share. The drivers of rivals live in {@code examples/rivals}, since their libraries are
 * no business of Furrow's build.
 */
@NullMarked
package dev.furrow.examples.bench;

import org.jspecify.annotations.NullMarked;
