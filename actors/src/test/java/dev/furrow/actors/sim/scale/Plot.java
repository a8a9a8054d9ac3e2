package dev.furrow.actors.sim.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lines over the number of nodes as an SVG picture, readable on light and on dark pages. The nodes'
 * axis is logarithmic.
 */
final class Plot {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 440;
  private static final int LEFT = 84;
  private static final int RIGHT = 36;
  private static final int TOP = 112;
  private static final int BOTTOM = 52;

  private final String title;
  private final String subtitle;
  private final Scale across;
  private final Scale up;
  private final List<Line> lines = new ArrayList<>();

  private record Point(double x, double y) {}

  private record Line(String label, List<Point> points) {}

  Plot(String title, String subtitle, Scale across, Scale up) {
    this.title = title;
    this.subtitle = subtitle;
    this.across = across;
    this.up = up;
  }

  /** Adds a line; values that are not finite or negative have no point. */
  void line(String label, int[] nodes, double[] values) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < nodes.length; i++) {
      if (Double.isFinite(values[i]) && values[i] >= 0) {
        points.add(new Point(x(nodes[i]), y(values[i])));
      }
    }
    lines.add(new Line(label, points));
  }

  private double x(double value) {
    return LEFT + across.at(value) * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    return HEIGHT - BOTTOM - up.at(value) * (HEIGHT - TOP - BOTTOM);
  }

  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">%n",
            WIDTH,
            HEIGHT));
    svg.append("<title>").append(title).append("</title>\n").append(PlotStyle.CSS);
    add(svg, "<rect class=\"page\" width=\"%d\" height=\"%d\" rx=\"8\"/>", WIDTH, HEIGHT);
    text(svg, "title", "start", 24, 32, title);
    text(svg, "note", "start", 24, 54, subtitle);
    axes(svg);
    for (int i = 0; i < lines.size(); i++) {
      draw(svg, lines.get(i), i);
    }
    legend(svg);
    return svg.append("</svg>\n").toString();
  }

  private void axes(StringBuilder svg) {
    for (Scale.Tick tick : up.ticks()) {
      double y = y(tick.value());
      add(svg, "<path class=\"grid\" d=\"M%d %.1fH%d\"/>", LEFT, y, WIDTH - RIGHT);
      text(svg, "tick", "end", LEFT - 10, y + 4, tick.label());
    }
    for (Scale.Tick tick : across.ticks()) {
      double x = x(tick.value());
      add(svg, "<path class=\"axis\" d=\"M%.1f %dv6\"/>", x, HEIGHT - BOTTOM);
      text(svg, "tick", "middle", x, HEIGHT - BOTTOM + 22, tick.label());
    }
    add(svg, "<path class=\"axis\" d=\"M%d %dH%d\"/>", LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT);
    double middle = LEFT + (WIDTH - LEFT - RIGHT) / 2.0;
    text(svg, "note", "middle", middle, HEIGHT - 10, "nodes of " + Scenario.SLOTS + " slots");
  }

  private static void draw(StringBuilder svg, Line line, int number) {
    StringBuilder path = new StringBuilder();
    for (Point point : line.points()) {
      path.append(path.length() == 0 ? 'M' : 'L');
      path.append(String.format(Locale.ROOT, "%.1f %.1f", point.x(), point.y()));
    }
    add(svg, "<path class=\"line c%d\" d=\"%s\"/>", number, path);
    for (Point point : line.points()) {
      mark(svg, number, point.x(), point.y());
    }
  }

  /** What the lines are, in a row above the picture. */
  private void legend(StringBuilder svg) {
    double x = LEFT;
    double y = TOP - 26;
    text(svg, "note", "start", 24, y + 4, "tasks of");
    for (int i = 0; i < lines.size(); i++) {
      mark(svg, i, x + 8, y);
      text(svg, "name f" + i, "start", x + 20, y + 4, lines.get(i).label());
      x += 84;
    }
  }

  /** A point of a line; lines differ by shape too, for eyes that do not tell their colours. */
  private static void mark(StringBuilder svg, int number, double x, double y) {
    String shape =
        switch (number % 4) {
          case 0 -> "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0";
          case 1 -> "M-4-4h8v8h-8z";
          case 2 -> "M0-5.5L5.5 0L0 5.5L-5.5 0z";
          default -> "M0-5.5L5.2 4H-5.2z";
        };
    String format = "<path class=\"mark f%d\" transform=\"translate(%.1f %.1f)\" d=\"%s\"/>";
    add(svg, format, number, x, y, shape);
  }

  private static void text(
      StringBuilder svg, String style, String anchor, double x, double y, String text) {
    add(
        svg,
        "<text class=\"%s\" text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>",
        style,
        anchor,
        x,
        y,
        text);
  }

  private static void add(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
