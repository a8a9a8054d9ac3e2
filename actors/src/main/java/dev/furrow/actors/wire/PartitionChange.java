package dev.furrow.actors.wire;

import java.util.List;

/**
 * What calls have changed in a partition, or a piece of all that it keeps, as it is stored and
 * crosses nodes.
 *
 * @param key the keys that have changed, in order
 * @param kept for each key 1 if a value is kept from now on, 0 if none is
 * @param value for each key the value; empty if none is kept
 * @param caller whose messages were done
 * @param sequence for each caller the number of its message
 * @param rows for each caller how many of the replies are its
 * @param status how calls were answered: the ordinal of a {@link CallStatus}; −1 where a call has
 *     only read
 * @param body for each of these what it was answered; empty where it has only read
 * @param origin the jobs whose tasks made updates
 * @param forgottenTask for each job the highest task of which nothing is remembered; −1 if none
 * @param from for each update from inside a task the index of its job
 * @param task its task
 * @param ordinal which call of its task it is
 * @param originStatus how it was answered: the ordinal of a {@link CallStatus}
 * @param originBody what it was answered
 * @param forgottenCaller callers that were born until then may have been forgotten
 * @param forgottenJob jobs that were born until then may have been forgotten
 */
public record PartitionChange(
    List<byte[]> key,
    int[] kept,
    List<byte[]> value,
    List<CallerId> caller,
    long[] sequence,
    int[] rows,
    int[] status,
    List<byte[]> body,
    List<CallerId> origin,
    long[] forgottenTask,
    int[] from,
    long[] task,
    int[] ordinal,
    int[] originStatus,
    List<byte[]> originBody,
    long forgottenCaller,
    long forgottenJob) {}
