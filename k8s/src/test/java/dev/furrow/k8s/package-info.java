/** Holds the manifests and the image true. */
@org.jspecify.annotations.NullMarked
package dev.furrow.k8s;
