/**
 * Pi by throwing darts: the Monte Carlo method (Metropolis and Ulam, "The Monte Carlo Method", JASA
 * 44(247), 1949), the plainest work that can be done in parallel.
 *
 * <p>{@link dev.furrow.examples.pi.Pi} is the program. Each {@code Darts} is a task; it draws its
 * own random numbers from its own seed and answers with one whole number, so a plain loop must
 * count exactly the same.
 */
@NullMarked
package dev.furrow.examples.pi;

import org.jspecify.annotations.NullMarked;
