/**
 * What all contenders of the benchmark share, so that they do the same work and are measured in the
 * same way: the work, the rows, the warm-up, and the frame of a driver's program.
 *
 * <p>Plain Java: a rival's driver is compiled with these files and without Furrow.
 */
@NullMarked
package dev.furrow.examples.bench.kit;

import org.jspecify.annotations.NullMarked;
