/** Tests of what crosses nodes. */
@NullMarked
package dev.furrow.actors.wire;

import org.jspecify.annotations.NullMarked;
