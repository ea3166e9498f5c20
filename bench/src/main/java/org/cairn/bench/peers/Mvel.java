package org.cairn.bench.peers;

import java.io.Serializable;
import java.util.function.BooleanSupplier;
import org.mvel2.MVEL;
import org.mvel2.ParserContext;

/** MVEL, compiled once, over decimals. */
final class Mvel implements Peer {

    private final Sample sample;
    private final Serializable compiled;

    Mvel(Sample sample) {
        this.sample = sample;
        compiled = MVEL.compileExpression(sample.expression("B"), new ParserContext());
    }

    @Override
    public BooleanSupplier decision(boolean met) {
        var variables = sample.variables(met);
        return () -> (boolean) MVEL.executeExpression(compiled, variables);
    }
}
