/**
 * k-means clustering of the handwritten digits, computed where the images are: {@link
 * dev.furrow.examples.kmeans.KMeans}.
 */
@NullMarked
package dev.furrow.examples.kmeans;

import org.jspecify.annotations.NullMarked;
