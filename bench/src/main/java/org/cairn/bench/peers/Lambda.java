package org.cairn.bench.peers;

import java.math.BigDecimal;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.cairn.rule.Facts;
import org.cairn.rule.Slot;

/** The floor: the rule as somebody would write it in Java who knows that there is one attempt and no deadline. */
final class Lambda implements Peer {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Sample sample;
    private final Slot[] slots;
    private final BigDecimal[] lines;
    private final Predicate<Facts> rule;

    Lambda(Sample sample) {
        this.sample = sample;
        slots = sample.leaves().stream().map(leaf -> new Slot(leaf.slot())).toArray(Slot[]::new);
        lines = sample.leaves().stream()
                .map(leaf -> BigDecimal.valueOf(leaf.percent()))
                .toArray(BigDecimal[]::new);
        rule = switch (sample.nodes()) {
            case 1 -> facts -> reaches(facts, 0);
            case 8 ->
                facts -> reaches(facts, 0)
                        && reaches(facts, 1)
                        && reaches(facts, 2)
                        && reaches(facts, 3)
                        && reaches(facts, 4)
                        && reaches(facts, 5)
                        && reaches(facts, 6);
            default ->
                facts -> atLeast(7, facts, 0, 9)
                        && atLeast(7, facts, 9, 18)
                        && atLeast(7, facts, 18, 27)
                        && atLeast(6, facts, 27, 35);
        };
    }

    @Override
    public BooleanSupplier decision(boolean met) {
        var facts = sample.facts(met);
        return () -> rule.test(facts);
    }

    boolean test(Facts facts) {
        return rule.test(facts);
    }

    private boolean atLeast(int wanted, Facts facts, int from, int to) {
        int reached = 0;
        for (int i = from; i < to; i++) {
            if (reaches(facts, i) && ++reached == wanted) {
                return true;
            }
        }
        return false;
    }

    private boolean reaches(Facts facts, int leaf) {
        var fact = facts.attempts().get(slots[leaf]).get(0);
        return fact.score().multiply(HUNDRED).compareTo(lines[leaf].multiply(fact.maximum())) >= 0;
    }
}
