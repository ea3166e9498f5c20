package org.cairn.bench.peers;

import com.googlecode.aviator.AviatorEvaluator;
import com.googlecode.aviator.Expression;
import java.util.function.BooleanSupplier;

/** Aviator, compiled to bytecode once, over decimals. */
final class Aviator implements Peer {

    private final Sample sample;
    private final Expression compiled;

    Aviator(Sample sample) {
        this.sample = sample;
        compiled = AviatorEvaluator.newInstance().compile(sample.expression("M"), false);
    }

    @Override
    public BooleanSupplier decision(boolean met) {
        var variables = sample.variables(met);
        return () -> (boolean) compiled.execute(variables);
    }
}
