package org.cairn.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Draws what JMH measured of growth: the median cost of an event against size, both by powers of ten. Arguments: JMH's JSON, the SVG to write. */
final class GrowthPlot {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 400;
    private static final int LEFT = 70;
    private static final int RIGHT = 560;
    private static final int TOP = 20;
    private static final int BOTTOM = 350;
    private static final int LEAST_SIZE = 2;
    private static final int MOST_SIZE = 5;
    private static final int MOST_COST = 7;

    private GrowthPlot() {}

    public static void main(String[] arguments) throws IOException {
        var results = new ObjectMapper().readTree(Path.of(arguments[0]).toFile());
        Files.writeString(Path.of(arguments[1]), drawn(lines(results)));
    }

    /** For each thing that grows, the nanoseconds by its size. */
    private static Map<String, Map<Integer, Double>> lines(JsonNode results) {
        var lines = new LinkedHashMap<String, Map<Integer, Double>>();
        for (var result : results) {
            var benchmark = result.path("benchmark").asText();
            if (benchmark.endsWith(".finding") || benchmark.endsWith(".event")) {
                var growing = result.path("params").path("growing").asText("");
                lines.computeIfAbsent(name(growing), name -> new TreeMap<>())
                        .put(
                                result.path("params").path("size").asInt(),
                                result.path("primaryMetric")
                                        .path("scorePercentiles")
                                        .path("50.0")
                                        .asDouble());
            }
        }
        return lines;
    }

    private static String name(String growing) {
        return switch (growing) {
            case "" -> "finding only, by rules";
            case "FACTS" -> "attempts at an activity";
            default -> growing.toLowerCase(Locale.ROOT);
        };
    }

    private static String drawn(Map<String, Map<Integer, Double>> lines) {
        var svg = new StringBuilder();
        svg.append("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" font-family="sans-serif" font-size="13">
                <title>Cost of one event against size</title>
                <style>
                svg { color: #222; background: #fff } text { fill: currentColor } .grid { stroke: currentColor; stroke-opacity: .2 }
                .line { fill: none; stroke-width: 2 } .l0 { stroke: #777; fill: #777 } .l1 { stroke: #0a62b5; fill: #0a62b5 }
                .l2 { stroke: #1c7c38; fill: #1c7c38 } .l3 { stroke: #b3400a; fill: #b3400a } .l0.line, .l1.line, .l2.line, .l3.line { fill: none }
                @media (prefers-color-scheme: dark) { svg { color: #ddd; background: #0d1117 } .l0 { stroke: #999; fill: #999 } .l1 { stroke: #6cb6ff; fill: #6cb6ff }
                .l2 { stroke: #6bc46d; fill: #6bc46d } .l3 { stroke: #f69d50; fill: #f69d50 } }
                </style>
                """.formatted(WIDTH, HEIGHT));
        grid(svg);
        int number = 0;
        double above = HEIGHT;
        for (var line : lines.entrySet().stream()
                .sorted(Map.Entry.comparingByValue((one, other) -> Double.compare(last(one), last(other))))
                .toList()) {
            above = Math.min(y(last(line.getValue())), above - 18);
            draw(svg, line.getKey(), line.getValue(), number++ % 4, above);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void grid(StringBuilder svg) {
        for (int power = LEAST_SIZE; power <= MOST_SIZE; power++) {
            double x = x(Math.pow(10, power));
            svg.append(format("<line class='grid' x1='%1$.1f' x2='%1$.1f' y1='%2$d' y2='%3$d'/>\n", x, TOP, BOTTOM));
            svg.append(format(
                    "<text x='%.1f' y='%d' text-anchor='middle'>%,d</text>\n",
                    x, BOTTOM + 20, (int) Math.pow(10, power)));
        }
        var units = new String[] {"1 ns", "10 ns", "100 ns", "1 µs", "10 µs", "100 µs", "1 ms", "10 ms"};
        for (int power = 0; power <= MOST_COST; power++) {
            double y = y(Math.pow(10, power));
            svg.append(format("<line class='grid' x1='%d' x2='%d' y1='%3$.1f' y2='%3$.1f'/>\n", LEFT, RIGHT, y));
            svg.append(format("<text x='%d' y='%.1f' text-anchor='end'>%s</text>\n", LEFT - 8, y + 4, units[power]));
        }
        svg.append(
                format("<text x='%d' y='%d' text-anchor='middle'>how many</text>\n", (LEFT + RIGHT) / 2, BOTTOM + 42));
    }

    private static void draw(StringBuilder svg, String name, Map<Integer, Double> points, int number, double textY) {
        var path = points.entrySet().stream()
                .map(point -> format("%.1f,%.1f", x(point.getKey()), y(point.getValue())))
                .collect(Collectors.joining(" "));
        svg.append(format("<polyline class='line l%d' points='%s'/>\n", number, path));
        points.forEach((size, cost) ->
                svg.append(format("<circle class='l%d' cx='%.1f' cy='%.1f' r='3'/>\n", number, x(size), y(cost))));
        svg.append(format("<text x='%d' y='%.1f'>%s</text>\n", RIGHT + 10, textY + 4, name));
    }

    private static double last(Map<Integer, Double> points) {
        return points.values().stream().reduce(0.0, (before, one) -> one);
    }

    private static double x(double size) {
        return LEFT + (RIGHT - LEFT) * (Math.log10(size) - LEAST_SIZE) / (MOST_SIZE - LEAST_SIZE);
    }

    private static double y(double nanoseconds) {
        return BOTTOM - (BOTTOM - TOP) * Math.log10(nanoseconds) / MOST_COST;
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
