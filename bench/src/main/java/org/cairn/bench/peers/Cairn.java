package org.cairn.bench.peers;

import java.util.function.BooleanSupplier;
import org.cairn.rule.Evaluation;
import org.cairn.rule.Evaluator;
import org.cairn.rule.Requirement;

/** Cairn, without and with its explanation. */
final class Cairn implements Peer {

    private final Sample sample;
    private final Requirement rule;
    private final boolean isExplained;

    /** Kept here, so that the compiler cannot leave out what nobody reads. */
    private Evaluation last;

    Cairn(Sample sample, boolean isExplained) {
        this.sample = sample;
        this.rule = sample.rule();
        this.isExplained = isExplained;
    }

    @Override
    public BooleanSupplier decision(boolean met) {
        var facts = sample.facts(met);
        if (!isExplained) {
            return () -> Evaluator.met(rule, facts, Sample.NOW);
        }
        return () -> {
            last = Evaluator.evaluate(rule, facts, Sample.NOW);
            return last.isMet();
        };
    }
}
