package org.cairn.bench.peers;

import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.function.BooleanSupplier;

/** Google's CEL, checked and planned once; its planner is four times as quick here as its older interpreter. It has no decimals, so it compares doubles. */
final class Cel implements Peer {

    private final Sample sample;
    private final CelRuntime.Program program;

    Cel(Sample sample) throws CelValidationException, CelEvaluationException {
        this.sample = sample;
        var compiler = CelCompilerFactory.standardCelCompilerBuilder();
        sample.doubles(true).keySet().forEach(name -> compiler.addVar(name, SimpleType.DOUBLE));
        var checked = compiler.build().compile(sample.expression(".0")).getAst();
        program = CelRuntimeFactory.plannerRuntimeBuilder().build().createProgram(checked);
    }

    @Override
    public BooleanSupplier decision(boolean met) {
        var variables = sample.doubles(met);
        return () -> {
            try {
                return (boolean) program.eval(variables);
            } catch (CelEvaluationException e) {
                throw new IllegalStateException(e);
            }
        };
    }
}
