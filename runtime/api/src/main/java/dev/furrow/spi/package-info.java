/** Where the API meets its implementation. Not for users. */
@NullMarked
package dev.furrow.spi;

import org.jspecify.annotations.NullMarked;
