package dev.furrow.actors.job;

/**
 * A task as a driver hands it over.
 *
 * @param type name of the task's class
 * @param payload the encoded task
 * @param terms how it is to be run
 */
public record NewTask(String type, byte[] payload, TaskTerms terms) {}
