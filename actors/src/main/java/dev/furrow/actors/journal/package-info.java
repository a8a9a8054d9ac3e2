/**
 * The database in which what must survive all nodes is kept: {@link
 * dev.furrow.actors.journal.Journal} opens it, and says to Pekko Persistence how to use it.
 */
@NullMarked
package dev.furrow.actors.journal;

import org.jspecify.annotations.NullMarked;
