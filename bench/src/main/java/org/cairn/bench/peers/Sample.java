package org.cairn.bench.peers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.cairn.rule.Fact;
import org.cairn.rule.Facts;
import org.cairn.rule.Requirement;
import org.cairn.rule.RequirementJson;
import org.cairn.rule.Slot;
import org.cairn.rule.Strength;

/**
 * A rule to be said in every peer's language. Of 1 node: a grade. Of 8: all of seven grades. Of 40: in each of four groups, all but two of
 * its eight or nine grades. Of its two learners one meets it, and the other lacks the very last grade; every grade has to be looked at for
 * both.
 */
record Sample(int nodes, List<Group> groups) {

    static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

    /** So many of these grades or more. */
    record Group(int wanted, List<Leaf> leaves) {}

    /** At least {@code percent} of the maximum in what fills the slot. */
    record Leaf(String slot, int percent) {}

    record Mark(BigDecimal score, BigDecimal maximum) {}

    static Sample of(int nodes) {
        return switch (nodes) {
            case 1 -> new Sample(nodes, List.of(group(0, 1, 1)));
            case 8 -> new Sample(nodes, List.of(group(0, 7, 7)));
            case 40 -> new Sample(nodes, List.of(group(0, 9, 7), group(9, 9, 7), group(18, 9, 7), group(27, 8, 6)));
            default -> throw new IllegalArgumentException("There are samples of 1, 8 and 40 nodes.");
        };
    }

    private static Group group(int first, int size, int wanted) {
        return new Group(
                wanted,
                IntStream.range(first, first + size)
                        .mapToObj(i -> new Leaf("s" + i, 60 + i % 20))
                        .toList());
    }

    List<Leaf> leaves() {
        return groups.stream().flatMap(group -> group.leaves().stream()).toList();
    }

    /** The marks of the learner who meets the rule, or of the one who does not, by slot. Half of them have decimals, as real ones do. */
    Map<String, Mark> marks(boolean met) {
        var marks = new HashMap<String, Mark>();
        for (var group : groups) {
            for (int i = 0; i < group.leaves().size(); i++) {
                boolean isEnough = i >= group.leaves().size() - group.wanted();
                boolean isLast =
                        group == groups.getLast() && i == group.leaves().size() - 1;
                var leaf = group.leaves().get(i);
                marks.put(leaf.slot(), mark(leaf, i % 2 == 0 ? 100 : 20, isEnough && (met || !isLast)));
            }
        }
        return marks;
    }

    private static Mark mark(Leaf leaf, int maximum, boolean isEnough) {
        var line = BigDecimal.valueOf((long) leaf.percent() * maximum, 2).stripTrailingZeros();
        var score = line.add(isEnough ? BigDecimal.ONE : BigDecimal.ONE.negate());
        return new Mark(score, BigDecimal.valueOf(maximum));
    }

    /** The rule as Cairn has it. */
    Requirement rule() {
        try {
            return RequirementJson.read(new ObjectMapper()
                    .readTree(and(groups.stream().map(Sample::written).toList())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String written(Group group) {
        var parts = group.leaves().stream()
                .map(leaf -> "{\"score\": \"%s\", \"atLeast\": %d}".formatted(leaf.slot(), leaf.percent()))
                .toList();
        return group.wanted() == parts.size()
                ? and(parts)
                : "{\"atLeast\": %d, \"of\": [%s]}".formatted(group.wanted(), String.join(", ", parts));
    }

    private static String and(List<String> parts) {
        return parts.size() == 1 ? parts.getFirst() : "{\"allOf\": [" + String.join(", ", parts) + "]}";
    }

    /** A learner as Cairn sees her. */
    Facts facts(boolean met) {
        var attempts = new HashMap<Slot, List<Fact>>();
        marks(met)
                .forEach((slot, mark) -> attempts.put(
                        new Slot(slot),
                        List.of(new Fact(
                                1, Fact.State.GRADED, mark.score(), mark.maximum(), true, NOW, Strength.STRONG))));
        return Facts.none(ZoneId.of("Europe/Vienna")).withAttempts(attempts);
    }

    /**
     * The rule as an expression over the variables {@code s0_score}, {@code s0_maximum} and so on, which all three languages look up faster
     * than members of objects.
     *
     * @param decimal what a language writes after a whole number to make it a decimal
     */
    String expression(String decimal) {
        var all = new ArrayList<String>();
        for (var group : groups) {
            var parts = group.leaves().stream()
                    .map(leaf -> "%1$s_score * 100%3$s >= %2$d%3$s * %1$s_maximum"
                            .formatted(leaf.slot(), leaf.percent(), decimal))
                    .toList();
            all.add(
                    group.wanted() == parts.size()
                            ? String.join(" && ", parts)
                            : "((" + String.join(" ? 1 : 0) + (", parts) + " ? 1 : 0)) >= " + group.wanted());
        }
        return String.join(" && ", all);
    }

    /** A learner as the variables of {@link #expression}, as decimals. */
    Map<String, Object> variables(boolean met) {
        var variables = new HashMap<String, Object>();
        marks(met).forEach((slot, mark) -> {
            variables.put(slot + "_score", mark.score());
            variables.put(slot + "_maximum", mark.maximum());
        });
        return variables;
    }

    /** The same in doubles, for those who have no decimals: quicker, and wrong where 69.995 has to be told from 70. */
    Map<String, Object> doubles(boolean met) {
        var doubles = new HashMap<String, Object>();
        variables(met).forEach((name, number) -> doubles.put(name, ((BigDecimal) number).doubleValue()));
        return doubles;
    }
}
