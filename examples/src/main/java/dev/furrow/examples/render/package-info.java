/**
 * A film of ray-traced frames (Whitted, "An Improved Illumination Model for Shaded Display", CACM
 * 23(6), 1980), cut into tiles of very uneven cost: empty sky takes microseconds, glass hundreds of
 * times as long.
 *
 * <p>{@link dev.furrow.examples.render.Render} is the program. Each {@code RenderTile} is a task.
 * The picture is made of additions, multiplications, divisions and square roots, which Java defines
 * to the last bit, so any tile is the same on any node as in a plain loop.
 */
@NullMarked
package dev.furrow.examples.render;

import org.jspecify.annotations.NullMarked;
