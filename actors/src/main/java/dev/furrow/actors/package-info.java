/** The actors and their pure states; one package a feature. */
@NullMarked
package dev.furrow.actors;

import org.jspecify.annotations.NullMarked;
