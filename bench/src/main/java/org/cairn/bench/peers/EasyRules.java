package org.cairn.bench.peers;

import java.util.function.BooleanSupplier;
import org.jeasy.rules.api.Rule;
import org.jeasy.rules.api.Rules;
import org.jeasy.rules.api.RulesEngine;
import org.jeasy.rules.core.DefaultRulesEngine;
import org.jeasy.rules.core.RuleBuilder;

/** Easy Rules reads no rules itself: it calls the lambda, so this is the price of its call. For information. */
final class EasyRules implements Peer {

    private final Sample sample;
    private final RulesEngine engine = new DefaultRulesEngine();
    private final Rule rule;
    private final Rules rules;

    EasyRules(Sample sample) {
        this.sample = sample;
        var lambda = new Lambda(sample);
        rule = new RuleBuilder()
                .when(facts -> lambda.test(facts.<org.cairn.rule.Facts>get("facts")))
                .build();
        rules = new Rules(rule);
    }

    @Override
    public BooleanSupplier decision(boolean met) {
        var facts = new org.jeasy.rules.api.Facts();
        facts.put("facts", sample.facts(met));
        return () -> engine.check(rules, facts).get(rule);
    }
}
