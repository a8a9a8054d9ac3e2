package dev.furrow.config;

import org.apache.pekko.serialization.JSerializer;
import org.jspecify.annotations.Nullable;

/** Stands where an actor system needs a serializer that nothing is bound to. */
public final class AnyBytesSerializer extends JSerializer {

  /** For Pekko. */
  public AnyBytesSerializer() {}

  @Override
  public int identifier() {
    return 977_301;
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
