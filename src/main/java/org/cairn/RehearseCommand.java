package org.cairn;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The certification of tools, played on this machine alone. Needs no settings, and touches no database but its own. */
@Command(
        name = "rehearse",
        description = "Plays the cases of the LTI Advantage certification against this build of Cairn.",
        mixinStandardHelpOptions = true)
final class RehearseCommand implements Callable<Integer> {

    /** 0 where every case passed, 1 where one did not. */
    @Override
    public Integer call() {
        var results = Rehearsal.play(
                null,
                result -> System.out.printf(
                        "%s %-16s %s: %s%n", result.isPassed() ? "+" : "-", result.id(), result.name(), result.seen()));
        long passed = results.stream().filter(Rehearsal.Result::isPassed).count();
        System.out.printf("%d of %d passed.%n", passed, results.size());
        return passed == results.size() ? 0 : 1;
    }
}
