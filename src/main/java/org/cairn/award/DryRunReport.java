package org.cairn.award;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cairn.CourseId;
import org.cairn.people.Account;
import org.cairn.rule.Nearly;
import org.cairn.rule.Slot;
import org.cairn.rule.Thresholds;
import org.jspecify.annotations.Nullable;

/**
 * What a rule would do. People are in the order of their names; who is known by several accounts is named by one of them.
 *
 * @param learners how many were looked at; test users are not
 * @param met how many meet the rule
 * @param metBefore how many meet the published rule, if there is one
 * @param held how many hold the achievement
 * @param awarded who would be awarded it as soon as this is published: who meets the rule and never had it
 * @param added who meets the rule and not the published one
 * @param lost who meets the published rule and not this one; what they hold they keep
 * @param borderline who misses one thing by little, nearest first
 * @param missing what is not known, course by course
 * @param curves for each score of the rule how many would meet it at other thresholds
 */
public record DryRunReport(
        int learners,
        int met,
        int metBefore,
        int held,
        List<Account> awarded,
        List<Account> added,
        List<Account> lost,
        List<Borderline> borderline,
        List<Missing> missing,
        List<Thresholds.Curve> curves) {

    private static final Comparator<Account> BY_NAME = Comparator.comparing((Account one) -> one.name() == null)
            .thenComparing(one -> one.name() == null ? "" : one.name().toLowerCase(Locale.ROOT))
            .thenComparing(Account::sub)
            .thenComparing(one -> one.id().value());

    /** Somebody who misses one thing by little; {@code course} is null where the rule asks for no activity. */
    public record Borderline(Account account, @Nullable CourseId course, Nearly nearly) {}

    /** A slot that nothing fills in a course, or whose activity says nothing about these learners there. */
    public record Missing(CourseId course, Slot slot, boolean isBound, List<Account> learners) {

        public Missing {
            learners = sorted(learners.stream());
        }
    }

    static DryRunReport of(Collection<DryRun.Tally> tallies, List<Missing> missing, Thresholds thresholds) {
        return new DryRunReport(
                tallies.size(),
                (int) tallies.stream().filter(one -> one.isMet).count(),
                (int) tallies.stream().filter(one -> one.isMetBefore).count(),
                (int) tallies.stream().filter(one -> one.isHeld).count(),
                accounts(tallies.stream().filter(one -> one.isMet && !one.wasAwarded)),
                accounts(tallies.stream().filter(one -> one.isMet && !one.isMetBefore)),
                accounts(tallies.stream().filter(one -> one.isMetBefore && !one.isMet)),
                borderline(tallies),
                List.copyOf(missing),
                curves(tallies, thresholds));
    }

    private static List<Borderline> borderline(Collection<DryRun.Tally> tallies) {
        var borderline = new ArrayList<Borderline>();
        for (var tally : tallies) {
            if (!tally.isMet && tally.nearly != null) {
                borderline.add(new Borderline(tally.account, tally.nearlyIn, tally.nearly));
            }
        }
        borderline.sort(Comparator.comparing((Borderline one) -> one.nearly().shortBy())
                .thenComparing(Borderline::account, BY_NAME));
        return List.copyOf(borderline);
    }

    private static List<Thresholds.Curve> curves(Collection<DryRun.Tally> tallies, Thresholds thresholds) {
        var lines = thresholds.lines();
        return IntStream.range(0, lines.size())
                .mapToObj(i -> Thresholds.curve(
                        lines.get(i), tallies.stream().map(one -> one.reach[i]).toList()))
                .toList();
    }

    private static List<Account> accounts(Stream<DryRun.Tally> tallies) {
        return sorted(tallies.map(one -> one.account));
    }

    private static List<Account> sorted(Stream<Account> accounts) {
        return accounts.sorted(BY_NAME).toList();
    }
}
