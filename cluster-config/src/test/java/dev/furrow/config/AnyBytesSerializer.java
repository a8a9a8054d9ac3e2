package dev.furrow.config;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.serialization.JSerializer;
import org.jspecify.annotations.Nullable;

/** Stands where an actor system needs a serializer that nothing is bound to. */
public final class AnyBytesSerializer extends JSerializer {

  private static final AtomicInteger IDENTIFIERS = new AtomicInteger(977_301);

  private final int identifier = IDENTIFIERS.getAndIncrement();

  /** For Pekko, which wants each to have an identifier of its own. */
  public AnyBytesSerializer() {}

  @Override
  public int identifier() {
    return identifier;
  }

  @Override
  public boolean includeManifest() {
    return false;
  }

  @Override
  public byte[] toBinary(Object value) {
    throw new UnsupportedOperationException("nothing is bound to this serializer");
  }

  @Override
  public Object fromBinaryJava(byte[] bytes, @Nullable Class<?> manifest) {
    throw new UnsupportedOperationException("nothing is bound to this serializer");
  }
}
