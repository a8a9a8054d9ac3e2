/**
 * The field's first exercise, handwritten digits, as a search for the best of many models.
 *
 * <p>{@link dev.furrow.examples.digits.Digits} is the program. Each {@code FitFold} is a task: it
 * learns from all folds of the data but one and is judged on that one (k-fold cross-validation:
 * Stone, "Cross-Validatory Choice and Assessment of Statistical Predictions", JRSS B 36(2), 1974).
 * Every number is the same on each run, in any order of tasks and on any node, because arithmetic
 * and random numbers are defined to the last bit; so a worker can be killed on the way and the same
 * model wins.
 */
@NullMarked
package dev.furrow.examples.digits;

import org.jspecify.annotations.NullMarked;
