package dev.furrow.actors.wire;

/**
 * Who calls, and numbers its calls.
 *
 * @param id globally unique
 * @param born when it began, in milliseconds of its own clock; what is forgotten of callers is said
 *     by this number
 */
public record CallerId(String id, long born) {}
