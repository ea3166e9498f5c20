package org.cairn.rule;

import java.time.Period;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What time alone can make met, without anything new being known. A window's days are about when something happened: that does not move, so
 * no window lets in what it kept out when it opens or closes, and whatever is to happen within it is reported when it does. Of all that an
 * evaluation asks, only two things look at now: whether an award has ended, and what is no older than a period. Mostly both only take away.
 * They give where what drops out stood in the way: the first or the latest attempt, a low result in a mean, or that somebody belongs to
 * those of whom something else is asked. The best attempt, completions, hours, approvals, sums and memberships themselves never gain by
 * losing something.
 */
public final class Ageing {

    private Ageing() {}

    /** After how long something that stood in the way of an award no longer does. */
    public static Set<Period> of(Rule rule) {
        var periods = new HashSet<Period>();
        rule.places().values().forEach(requirement -> add(requirement, periods));
        rule.earlier().forEach(earlier -> add(earlier.who().joined(), periods));
        return periods;
    }

    private static void add(Requirement requirement, Set<Period> periods) {
        switch (requirement) {
            case Score score when score.choice() != Score.Choice.BEST -> add(score.window(), periods);
            case Mean mean -> add(mean.pool().window(), periods);
            default -> requirement.of().forEach(part -> add(part, periods));
        }
    }

    private static void add(Window window, Set<Period> periods) {
        Stream.ofNullable(window.notOlderThan()).forEach(periods::add);
    }
}
