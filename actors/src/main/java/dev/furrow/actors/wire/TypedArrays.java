package dev.furrow.actors.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.IOException;

/**
 * Primitive arrays as typed arrays (RFC 8746), little endian: a tag that says what the elements
 * are, and one byte string. {@code char[]} is written as unsigned 16-bit numbers; {@code byte[]}
 * and {@code boolean[]} stay as Jackson writes them, one byte an element.
 */
final class TypedArrays extends SimpleModule {

  private static final long serialVersionUID = 1L;

  TypedArrays() {
    super("furrow-typed-arrays");
    add(ArrayLayout.SHORTS);
    add(ArrayLayout.CHARS);
    add(ArrayLayout.INTS);
    add(ArrayLayout.LONGS);
    add(ArrayLayout.FLOATS);
    add(ArrayLayout.DOUBLES);
  }

  private <A> void add(ArrayLayout<A> layout) {
    addSerializer(layout.type, new Writer<>(layout));
    addDeserializer(layout.type, new Reader<>(layout));
  }

  private static final class Writer<A> extends StdSerializer<A> {

    private static final long serialVersionUID = 1L;

    private final transient ArrayLayout<A> layout;

    Writer(ArrayLayout<A> layout) {
      super(layout.type);
      this.layout = layout;
    }

    @Override
    public void serialize(A array, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      int bytes = Math.multiplyExact(layout.length(array), layout.width);
      if (out instanceof CBORGenerator cbor) {
        cbor.writeTag(layout.tag);
      }
      int missing = out.writeBinary(new ArraySource<>(layout, array), bytes);
      if (missing < 0) {
        throw new IOException("a typed array was cut");
      }
    }

    @Override
    public void serializeWithType(
        A array, JsonGenerator out, SerializerProvider provider, TypeSerializer types)
        throws IOException {
      serialize(array, out, provider);
    }

    @Override
    public boolean isEmpty(SerializerProvider provider, A array) {
      return layout.length(array) == 0;
    }
  }

  private static final class Reader<A> extends StdDeserializer<A> {

    private static final long serialVersionUID = 1L;

    private final transient ArrayLayout<A> layout;

    Reader(ArrayLayout<A> layout) {
      super(layout.type);
      this.layout = layout;
    }

    @Override
    public A deserialize(JsonParser in, DeserializationContext context) throws IOException {
      if (!in.hasToken(JsonToken.VALUE_EMBEDDED_OBJECT)) {
        return layout.type.cast(context.handleUnexpectedToken(layout.type, in));
      }
      // A value that Jackson had to put aside has lost its tag; it can only be one of ours.
      if (in instanceof CBORParser cbor
          && (cbor.getCurrentTags().size() != 1 || cbor.getCurrentTag() != layout.tag)) {
        return context.reportInputMismatch(
            layout.type,
            "a typed array with tag %d was expected (tag was %d)",
            layout.tag,
            cbor.getCurrentTag());
      }
      ArraySink<A> sink = new ArraySink<>(layout);
      in.readBinaryValue(sink);
      try {
        return sink.array();
      } catch (IOException broken) {
        return context.reportInputMismatch(layout.type, "%s", broken.getMessage());
      }
    }

    @Override
    public Object deserializeWithType(
        JsonParser in, DeserializationContext context, TypeDeserializer types) throws IOException {
      return deserialize(in, context);
    }
  }
}
