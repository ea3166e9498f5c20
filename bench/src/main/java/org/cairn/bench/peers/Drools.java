package org.cairn.bench.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieBase;
import org.kie.api.KieServices;

/** Drools with its executable model, built once; each evaluation is a stateless session into which the learner's marks are put. */
final class Drools implements Peer {

    private final Sample sample;
    private final KieBase rules;

    Drools(Sample sample) {
        this.sample = sample;
        var services = KieServices.get();
        var files = services.newKieFileSystem().write("src/main/resources/sample.drl", written(sample));
        var builder = services.newKieBuilder(files).buildAll(ExecutableModelProject.class);
        if (!builder.getResults().getMessages().isEmpty()) {
            throw new IllegalStateException(builder.getResults().toString());
        }
        rules = services.newKieContainer(services.getRepository().getDefaultReleaseId())
                .getKieBase();
    }

    @Override
    public BooleanSupplier decision(boolean met) {
        List<Grade> grades = new ArrayList<>();
        sample.marks(met).forEach((slot, mark) -> grades.add(new Grade(slot, mark.score(), mark.maximum())));
        return () -> {
            var isMet = new AtomicBoolean();
            var session = rules.newStatelessKieSession();
            session.setGlobal("met", isMet);
            session.execute(grades);
            return isMet.get();
        };
    }

    private static String written(Sample sample) {
        return sample.groups().stream().map(Drools::written).collect(Collectors.joining("\n", """
                        import org.cairn.bench.peers.Grade;
                        global java.util.concurrent.atomic.AtomicBoolean met;
                        rule "sample" when
                        """, """

                        then
                            met.set(true);
                        end
                        """));
    }

    private static String written(Sample.Group group) {
        if (group.wanted() == group.leaves().size()) {
            return group.leaves().stream()
                    .map(leaf -> "Grade(slot == \"%s\", reaches(%d))".formatted(leaf.slot(), leaf.percent()))
                    .collect(Collectors.joining("\n"));
        }
        var count = "$" + group.leaves().getFirst().slot();
        return group.leaves().stream()
                .map(leaf -> "slot == \"%s\" && reaches(%d)".formatted(leaf.slot(), leaf.percent()))
                .collect(Collectors.joining(
                        " || ",
                        "accumulate(Grade(",
                        "); %1$s : count(); %1$s >= %2$d)".formatted(count, group.wanted())));
    }
}
