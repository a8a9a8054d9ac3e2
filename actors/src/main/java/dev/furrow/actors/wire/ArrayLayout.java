package dev.furrow.actors.wire;

import java.nio.ByteBuffer;

/**
 * How one kind of primitive array lies in bytes.
 *
 * @param <A> the array
 */
abstract class ArrayLayout<A> {

  static final ArrayLayout<short[]> SHORTS =
      new ArrayLayout<>(short[].class, Cbor.INT16_LE, Short.BYTES) {
        @Override
        short[] create(int length) {
          return new short[length];
        }

        @Override
        int length(short[] array) {
          return array.length;
        }

        @Override
        void put(short[] array, int from, int count, ByteBuffer to) {
          to.asShortBuffer().put(array, from, count);
        }

        @Override
        void get(ByteBuffer from, short[] array, int to, int count) {
          from.asShortBuffer().get(array, to, count);
        }
      };

  static final ArrayLayout<char[]> CHARS =
      new ArrayLayout<>(char[].class, Cbor.UINT16_LE, Character.BYTES) {
        @Override
        char[] create(int length) {
          return new char[length];
        }

        @Override
        int length(char[] array) {
          return array.length;
        }

        @Override
        void put(char[] array, int from, int count, ByteBuffer to) {
          to.asCharBuffer().put(array, from, count);
        }

        @Override
        void get(ByteBuffer from, char[] array, int to, int count) {
          from.asCharBuffer().get(array, to, count);
        }
      };

  static final ArrayLayout<int[]> INTS =
      new ArrayLayout<>(int[].class, Cbor.INT32_LE, Integer.BYTES) {
        @Override
        int[] create(int length) {
          return new int[length];
        }

        @Override
        int length(int[] array) {
          return array.length;
        }

        @Override
        void put(int[] array, int from, int count, ByteBuffer to) {
          to.asIntBuffer().put(array, from, count);
        }

        @Override
        void get(ByteBuffer from, int[] array, int to, int count) {
          from.asIntBuffer().get(array, to, count);
        }
      };

  static final ArrayLayout<long[]> LONGS =
      new ArrayLayout<>(long[].class, Cbor.INT64_LE, Long.BYTES) {
        @Override
        long[] create(int length) {
          return new long[length];
        }

        @Override
        int length(long[] array) {
          return array.length;
        }

        @Override
        void put(long[] array, int from, int count, ByteBuffer to) {
          to.asLongBuffer().put(array, from, count);
        }

        @Override
        void get(ByteBuffer from, long[] array, int to, int count) {
          from.asLongBuffer().get(array, to, count);
        }
      };

  static final ArrayLayout<float[]> FLOATS =
      new ArrayLayout<>(float[].class, Cbor.FLOAT32_LE, Float.BYTES) {
        @Override
        float[] create(int length) {
          return new float[length];
        }

        @Override
        int length(float[] array) {
          return array.length;
        }

        @Override
        void put(float[] array, int from, int count, ByteBuffer to) {
          to.asFloatBuffer().put(array, from, count);
        }

        @Override
        void get(ByteBuffer from, float[] array, int to, int count) {
          from.asFloatBuffer().get(array, to, count);
        }
      };

  static final ArrayLayout<double[]> DOUBLES =
      new ArrayLayout<>(double[].class, Cbor.FLOAT64_LE, Double.BYTES) {
        @Override
        double[] create(int length) {
          return new double[length];
        }

        @Override
        int length(double[] array) {
          return array.length;
        }

        @Override
        void put(double[] array, int from, int count, ByteBuffer to) {
          to.asDoubleBuffer().put(array, from, count);
        }

        @Override
        void get(ByteBuffer from, double[] array, int to, int count) {
          from.asDoubleBuffer().get(array, to, count);
        }
      };

  /** The array's class. */
  final Class<A> type;

  /** The tag of RFC 8746 for little endian elements of this kind. */
  final int tag;

  /** Bytes of one element. */
  final int width;

  private ArrayLayout(Class<A> type, int tag, int width) {
    this.type = type;
    this.tag = tag;
    this.width = width;
  }

  abstract A create(int length);

  abstract int length(A array);

  /** Writes elements to a little-endian buffer, without moving its position. */
  abstract void put(A array, int from, int count, ByteBuffer to);

  /** Reads elements from a little-endian buffer, without moving its position. */
  abstract void get(ByteBuffer from, A array, int to, int count);
}
