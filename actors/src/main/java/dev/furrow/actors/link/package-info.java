/** How control records get from one node to another. */
@NullMarked
package dev.furrow.actors.link;

import org.jspecify.annotations.NullMarked;
