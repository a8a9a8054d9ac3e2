/** What people write by hand: asks to actors of Pekko's remoting, one message a task. */
@NullMarked
package dev.furrow.rivals.pekko;

import org.jspecify.annotations.NullMarked;
