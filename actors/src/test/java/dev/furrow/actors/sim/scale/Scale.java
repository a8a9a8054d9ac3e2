package dev.furrow.actors.sim.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where values lie on an axis, from 0 to 1, and which of them are named. */
sealed interface Scale {

  /** A named place. */
  record Tick(double value, String label) {}

  double at(double value);

  List<Tick> ticks();

  /** From 0 to 1, in percent. */
  record Percent() implements Scale {

    @Override
    public double at(double value) {
      return Math.max(0, Math.min(1, value));
    }

    @Override
    public List<Tick> ticks() {
      List<Tick> ticks = new ArrayList<>();
      for (int percent = 0; percent <= 100; percent += 20) {
        ticks.add(new Tick(percent / 100.0, percent + " %"));
      }
      return ticks;
    }
  }

  /** From one power of ten to another. */
  record Log(int from, int to) implements Scale {

    /** An axis that holds all values that are positive. */
    static Log around(List<double[]> rows) {
      double least = Double.MAX_VALUE;
      double most = 0;
      for (double[] row : rows) {
        for (double value : row) {
          if (Double.isFinite(value) && value > 0) {
            least = Math.min(least, value);
            most = Math.max(most, value);
          }
        }
      }
      if (most == 0) {
        return new Log(0, 1);
      }
      int from = (int) Math.floor(Math.log10(least));
      return new Log(from, Math.max(from + 1, (int) Math.ceil(Math.log10(most))));
    }

    @Override
    public double at(double value) {
      return Math.max(0, (Math.log10(Math.max(value, 1e-12)) - from) / (to - from));
    }

    @Override
    public List<Tick> ticks() {
      List<Tick> ticks = new ArrayList<>();
      for (int power = from; power <= to; power++) {
        String number =
            power < 0
                ? String.format(Locale.ROOT, "%." + -power + "f", Math.pow(10, power))
                : String.format(Locale.ROOT, "%,d", Math.round(Math.pow(10, power)));
        ticks.add(new Tick(Math.pow(10, power), number));
      }
      return ticks;
    }
  }
}
