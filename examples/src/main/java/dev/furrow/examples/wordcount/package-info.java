/**
 * The words of a book, counted by tasks into state that is kept by key, while a worker is killed:
 * {@link dev.furrow.examples.wordcount.WordCount}.
 */
@NullMarked
package dev.furrow.examples.wordcount;

import org.jspecify.annotations.NullMarked;
