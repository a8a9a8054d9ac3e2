package dev.furrow.node.cli;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueFactory;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as settings write them. */
final class Durations implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
    try {
      Duration duration = ConfigValueFactory.fromAnyRef(text).atKey("it").getDuration("it");
      if (!duration.isNegative() && duration.compareTo(Duration.ofDays(365)) <= 0) {
        return duration;
      }
    } catch (ConfigException notOne) {
      throw new TypeConversionException("'" + text + "' is no duration such as 30s or 2m");
    }
    throw new TypeConversionException("'" + text + "' is no duration from 0s to 365d");
  }
}
