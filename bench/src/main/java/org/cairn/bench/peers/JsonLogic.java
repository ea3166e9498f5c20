package org.cairn.bench.peers;

import io.github.jamsesso.jsonlogic.JsonLogicException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** JSON Logic, which keeps what it has parsed. Its numbers are doubles. */
final class JsonLogic implements Peer {

    private final Sample sample;
    private final io.github.jamsesso.jsonlogic.JsonLogic engine = new io.github.jamsesso.jsonlogic.JsonLogic();
    private final String rule;

    JsonLogic(Sample sample) {
        this.sample = sample;
        rule = and(sample.groups().stream().map(JsonLogic::group).toList());
    }

    @Override
    public BooleanSupplier decision(boolean met) {
        var variables = sample.doubles(met);
        return () -> {
            try {
                return (boolean) engine.apply(rule, variables);
            } catch (JsonLogicException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    private static String group(Sample.Group group) {
        var parts = new ArrayList<String>();
        for (var leaf : group.leaves()) {
            parts.add("""
                    {">=": [{"*": [{"var": "%1$s_score"}, 100]}, {"*": [%2$d, {"var": "%1$s_maximum"}]}]}""".formatted(leaf.slot(), leaf.percent()));
        }
        if (group.wanted() == parts.size()) {
            return and(parts);
        }
        return parts.stream()
                .map("{\"if\": [%s, 1, 0]}"::formatted)
                .collect(Collectors.joining(", ", "{\">=\": [{\"+\": [", "]}, " + group.wanted() + "]}"));
    }

    private static String and(List<String> parts) {
        return parts.size() == 1 ? parts.getFirst() : "{\"and\": [" + String.join(", ", parts) + "]}";
    }
}
