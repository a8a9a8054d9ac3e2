package dev.furrow.actors.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Types that Jackson writes, but not exactly: paths as absolute ones of the machine that they left,
 * and durations only where they fit into so many milliseconds.
 */
final class PlainTypes extends SimpleModule {

  private static final long serialVersionUID = 1L;

  PlainTypes() {
    super("furrow-plain-types");
    addSerializer(Path.class, ToStringSerializer.instance);
    addDeserializer(Path.class, new PathReader());
    addSerializer(File.class, ToStringSerializer.instance);
    addSerializer(Duration.class, new DurationWriter());
    addDeserializer(Duration.class, new DurationReader());
  }

  private static final class PathReader extends FromStringDeserializer<Path> {

    private static final long serialVersionUID = 1L;

    PathReader() {
      super(Path.class);
    }

    @Override
    protected Path _deserialize(String text, DeserializationContext context) {
      return Path.of(text);
    }

    @Override
    protected Path _deserializeFromEmptyString(DeserializationContext context) {
      return Path.of("");
    }
  }

  /** Writes the seconds, or an array of the seconds and the nanoseconds beyond them. */
  private static final class DurationWriter extends StdScalarSerializer<Duration> {

    private static final long serialVersionUID = 1L;

    DurationWriter() {
      super(Duration.class);
    }

    @Override
    public void serialize(Duration value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      if (value.toNanosPart() == 0) {
        out.writeNumber(value.toSeconds());
        return;
      }
      out.writeStartArray(value, 2);
      out.writeNumber(value.toSeconds());
      out.writeNumber(value.toNanosPart());
      out.writeEndArray();
    }
  }

  private static final class DurationReader extends StdScalarDeserializer<Duration> {

    private static final long serialVersionUID = 1L;

    DurationReader() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser in, DeserializationContext context) throws IOException {
      if (in.hasToken(JsonToken.VALUE_NUMBER_INT)) {
        return Duration.ofSeconds(in.getLongValue());
      }
      if (in.isExpectedStartArrayToken() && in.nextToken() == JsonToken.VALUE_NUMBER_INT) {
        long seconds = in.getLongValue();
        if (in.nextToken() == JsonToken.VALUE_NUMBER_INT) {
          long nanos = in.getLongValue();
          if (in.nextToken() == JsonToken.END_ARRAY) {
            return Duration.ofSeconds(seconds, nanos);
          }
        }
      }
      return context.reportInputMismatch(
          Duration.class, "a duration is its seconds, or an array of seconds and nanoseconds");
    }
  }
}
