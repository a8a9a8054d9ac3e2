package dev.furrow.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads settings with their types and bounds, and remembers which ones were asked for. */
final class SettingsReader {

  /** Far beyond any use, and still small enough that no sum of durations overflows. */
  private static final Duration LONGEST = Duration.ofDays(365);

  private static final Pattern COMMAS = Pattern.compile(",");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private final Config config;
  private final Set<String> asked = new TreeSet<>();

  SettingsReader(Config config) {
    this.config = config;
  }

  /** The paths that were read so far, in order. */
  Set<String> asked() {
    return asked;
  }

  /** The error that a value is: says the setting, the rule and the value. */
  IllegalArgumentException wrong(String path, String rule) {
    return new IllegalArgumentException(path + " must " + rule + " (was " + raw(path) + ")");
  }

  String text(String path) {
    ConfigValue value = value(path);
    if (value.valueType() == ConfigValueType.LIST || value.valueType() == ConfigValueType.OBJECT) {
      throw wrong(path, "be a text");
    }
    return config.getString(path).trim();
  }

  boolean is(String path, String text) {
    return value(path).unwrapped() instanceof String given && given.trim().equalsIgnoreCase(text);
  }

  boolean flag(String path) {
    value(path);
    try {
      return config.getBoolean(path);
    } catch (ConfigException e) {
      throw wrong(path, "be on or off");
    }
  }

  int number(String path, int least) {
    return number(path, least, Integer.MAX_VALUE);
  }

  int number(String path, int least, int most) {
    long number = whole(path, value(path));
    if (number >= least && number <= most) {
      return (int) number;
    }
    throw wrong(path, range(least, most, most == Integer.MAX_VALUE));
  }

  Duration duration(String path, Duration least) {
    return duration(path, least, LONGEST);
  }

  Duration duration(String path, Duration least, Duration most) {
    value(path);
    Duration duration;
    try {
      duration = config.getDuration(path);
    } catch (ConfigException e) {
      throw wrong(path, "be a duration such as 20ms, 5s or 2m");
    }
    if (duration.compareTo(least) < 0) {
      throw wrong(path, "be at least " + Texts.duration(least));
    }
    if (duration.compareTo(most) > 0) {
      throw wrong(path, "be at most " + Texts.duration(most));
    }
    return duration;
  }

  long size(String path, long least, long most) {
    value(path);
    long bytes;
    try {
      bytes = config.getBytes(path);
    } catch (ConfigException | ArithmeticException e) {
      throw wrong(path, "be a size such as 64KiB, 16MiB or 2GiB");
    }
    if (bytes < least || bytes > most) {
      throw wrong(path, range(Texts.size(least), Texts.size(most), most == Long.MAX_VALUE));
    }
    return bytes;
  }

  /** A list, or one text with commas. */
  List<String> list(String path) {
    return list(path, COMMAS);
  }

  /** A list, or one text with blanks. */
  List<String> words(String path) {
    return list(path, BLANKS);
  }

  private List<String> list(String path, Pattern separator) {
    if (value(path).valueType() == ConfigValueType.STRING) {
      return Arrays.stream(separator.split(config.getString(path)))
          .map(String::trim)
          .filter(part -> !part.isEmpty())
          .toList();
    }
    List<String> texts;
    try {
      texts = config.getStringList(path).stream().map(String::trim).toList();
    } catch (ConfigException e) {
      throw wrong(path, "be a list of texts");
    }
    if (texts.contains("")) {
      throw wrong(path, "hold no blank text");
    }
    return texts;
  }

  /** Counts by name, from 0; the dots of a name need no quotes. */
  Map<String, Long> counts(String path) {
    if (value(path).valueType() != ConfigValueType.OBJECT) {
      throw wrong(path, "map names to counts, as { gpu = 2 }");
    }
    Map<String, Long> counts = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : config.getConfig(path).entrySet()) {
      String name = String.join(".", ConfigUtil.splitPath(entry.getKey()));
      long count = whole(path + "." + name, entry.getValue());
      if (name.isBlank() || count < 0) {
        throw wrong(path, "map names to counts of at least 0");
      }
      counts.put(name, count);
    }
    return new LinkedHashMap<>(counts);
  }

  private ConfigValue value(String path) {
    asked.add(path);
    try {
      return config.getValue(path);
    } catch (ConfigException.Null e) {
      throw new IllegalArgumentException(path + " must have a value (was null)", e);
    } catch (ConfigException e) {
      throw new IllegalArgumentException(
          path + " must have a value (was missing): build on reference.conf", e);
    }
  }

  private static long whole(String path, ConfigValue value) {
    Object given = value.unwrapped();
    try {
      return new BigDecimal(String.valueOf(given).trim()).longValueExact();
    } catch (NumberFormatException | ArithmeticException e) {
      throw new IllegalArgumentException(path + " must be a whole number (was " + given + ")", e);
    }
  }

  private static String range(Object least, Object most, boolean open) {
    return open ? "be at least " + least : "be from " + least + " to " + most;
  }

  private Object raw(String path) {
    return config.getValue(path).unwrapped();
  }
}
