/**
 * Every setting of Furrow, in one place: {@code reference.conf} says what each means and what
 * happens at its bound, {@link dev.furrow.config.FurrowConfig} puts the sources together, and
 * {@link dev.furrow.config.NodeSettings} is what the rest of Furrow reads.
 *
 * <pre>{@code
 * Config config = FurrowConfig.load("cluster", Map.of("furrow.node.slots", 8));
 * NodeSettings settings = NodeSettings.from(config);
 * ActorSystem system = ActorSystem.create(settings.cluster().name(), FurrowConfig.forSystem(config));
 * }</pre>
 *
 * <p>A wrong setting is an {@link IllegalArgumentException} which names it and its value.
 */
@NullMarked
package dev.furrow.config;

import org.jspecify.annotations.NullMarked;
