package dev.furrow.actors.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Values by numbers that are given out in ascending order: an array in pages, so that a million of
 * them cost neither boxes nor hashing, and a page goes when its last value does.
 */
final class Paged<T> {

  private static final int BITS = 10;
  private static final int PAGE = 1 << BITS;

  private @Nullable Object[][] pages = new Object[8][];
  private int[] counts = new int[8];

  /** The number of the first page, and of the last one that was begun. */
  private long base;

  private long last = -1;
  private int size;

  int size() {
    return size;
  }

  @Nullable T get(long number) {
    Object[] page = page(number);
    return page == null ? null : value(page[slot(number)]);
  }

  /** Sets the value of a number on the page of the highest number so far, or on a later one. */
  void put(long number, T value) {
    long pageNumber = number >>> BITS;
    if (pageNumber < last) {
      throw new IllegalArgumentException(number + " comes after numbers of page " + last);
    }
    if (pageNumber > last) {
      begin(pageNumber);
    }
    int at = (int) (pageNumber - base);
    Object[] page = pages[at];
    if (page == null) {
      page = new Object[PAGE];
      pages[at] = page;
    }
    if (page[slot(number)] == null) {
      size++;
      counts[at]++;
    }
    page[slot(number)] = value;
  }

  @Nullable T remove(long number) {
    Object[] page = page(number);
    T value = page == null ? null : value(page[slot(number)]);
    if (page == null || value == null) {
      return null;
    }
    page[slot(number)] = null;
    size--;
    int at = (int) ((number >>> BITS) - base);
    counts[at]--;
    if (counts[at] == 0 && base + at < last) {
      pages[at] = null;
    }
    return value;
  }

  /** All values in the order of their numbers, as they are now. */
  List<T> values() {
    List<T> values = new ArrayList<>(size);
    forEach(values::add);
    return values;
  }

  /** Shows all values in the order of their numbers; nothing may be removed meanwhile. */
  void forEach(Consumer<? super T> reader) {
    for (Object[] page : pages) {
      if (page != null) {
        for (Object slot : page) {
          T value = value(slot);
          if (value != null) {
            reader.accept(value);
          }
        }
      }
    }
  }

  /** Turns to a later page: the one that was the last may go, and those before the first live. */
  private void begin(long pageNumber) {
    int before = (int) (last - base);
    if (last >= 0 && counts[before] == 0) {
      pages[before] = null;
    }
    last = pageNumber;
    if (size == 0) {
      base = pageNumber;
      return;
    }
    if (pageNumber - base >= pages.length) {
      int empty = 0;
      while (pages[empty] == null) {
        empty++;
      }
      shift(empty);
    }
    while (pageNumber - base >= pages.length) {
      pages = Arrays.copyOf(pages, 2 * pages.length);
      counts = Arrays.copyOf(counts, 2 * counts.length);
    }
  }

  private void shift(int by) {
    System.arraycopy(pages, by, pages, 0, pages.length - by);
    Arrays.fill(pages, pages.length - by, pages.length, null);
    System.arraycopy(counts, by, counts, 0, counts.length - by);
    Arrays.fill(counts, counts.length - by, counts.length, 0);
    base += by;
  }

  private Object @Nullable [] page(long number) {
    long at = (number >>> BITS) - base;
    return at < 0 || at >= pages.length ? null : pages[(int) at];
  }

  private static int slot(long number) {
    return (int) (number & (PAGE - 1));
  }

  @SuppressWarnings("unchecked") // only put writes
  private @Nullable T value(@Nullable Object slot) {
    return (T) slot;
  }
}
