package dev.furrow.actors.wire;

/**
 * A task as bytes.
 *
 * @param type the binary name of its class, as {@link Class#getName} gives it
 * @param payload its data, in CBOR
 */
public record EncodedTask(String type, byte[] payload) {}
