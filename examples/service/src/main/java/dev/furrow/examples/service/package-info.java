/**
 * A Spring Boot service that answers each request with parallel tasks of a Furrow inside it.
 *
 * <p>Instances that know each other share their cores: a request to one is answered by all.
 */
@NullMarked
package dev.furrow.examples.service;

import org.jspecify.annotations.NullMarked;
