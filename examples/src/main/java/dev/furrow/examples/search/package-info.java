/**
 * How much faster more workers make the search of the main example, beside what Amdahl's and
 * Gustafson's laws say.
 *
 * <p>{@link dev.furrow.examples.search.Speedup} is the program. The laws are in {@code Laws}: how
 * fast a given work can get (Amdahl, "Validity of the Single Processor Approach to Achieving Large
 * Scale Computing Capabilities", AFIPS 1967), how much more work fits into a given time (Gustafson,
 * "Reevaluating Amdahl's Law", CACM 31(5), 1988), and how to find out from measured times what part
 * of the work is serial (Karp and Flatt, "Measuring Parallel Processor Performance", CACM 33(5),
 * 1990).
 */
@NullMarked
package dev.furrow.examples.search;

import org.jspecify.annotations.NullMarked;
