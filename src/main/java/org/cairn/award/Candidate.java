package org.cairn.award;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.cairn.ActivityId;
import org.cairn.AwardId;
import org.cairn.CourseId;
import org.cairn.LearnerId;
import org.cairn.catalog.Achievement;
import org.cairn.catalog.Attachment;
import org.cairn.catalog.Catalogue;
import org.cairn.rule.Evaluator;
import org.cairn.rule.Facts;
import org.cairn.rule.Rule;
import org.jspecify.annotations.Nullable;

/**
 * One way to earn an achievement: in the course where it is attached, or, where its rule asks for no activity, anywhere
 * ({@code attachment} is null).
 */
record Candidate(Achievement achievement, @Nullable Attachment attachment) {

    /** Every way to earn it. A rule with slots that nothing fills has none. */
    static List<Candidate> of(Catalogue catalogue, Achievement achievement) {
        if (achievement.definition().rule().slots().isEmpty()) {
            return List.of(new Candidate(achievement, null));
        }
        return catalogue.attachments(achievement.id()).stream()
                .map(attachment -> new Candidate(achievement, attachment))
                .toList();
    }

    static List<Candidate> of(Catalogue catalogue, Attachment attachment) {
        var achievement = catalogue.get(attachment.achievement());
        // An award that one course's reports no longer bear may be borne by another's.
        boolean isOfAny = achievement.definition().rule().slots().isEmpty()
                || catalogue.regraded().contains(achievement.id());
        return isOfAny ? of(catalogue, achievement) : List.of(new Candidate(achievement, attachment));
    }

    /** These, and all that could be earned because they were: each once, parts before the stacks above them. */
    static Set<Candidate> upward(Catalogue catalogue, Collection<Candidate> candidates) {
        var found = new LinkedHashSet<>(candidates);
        var open = new ArrayList<>(found);
        for (int next = 0; next < open.size(); next++) {
            for (var stack : catalogue.above(open.get(next).achievement().id())) {
                of(catalogue, stack).stream().filter(found::add).forEach(open::add);
            }
        }
        return found;
    }

    /** The activities that decide about any of these. */
    static Set<ActivityId> activities(Collection<Candidate> candidates) {
        return candidates.stream()
                .flatMap(candidate -> candidate.attachment() == null
                        ? java.util.stream.Stream.empty()
                        : candidate.attachment().activities().stream())
                .collect(Collectors.toSet());
    }

    /**
     * What she is awarded in this way now; null where nothing. Where its rule wants her to apply, she has to have done so; where it wants
     * people to approve, they are asked.
     */
    @Nullable
    Award award(Catalogue catalogue, Standings standings, LearnerId learner, Instant now) {
        var mode = achievement.definition().rule().mode();
        var last = standings.last(learner, achievement.id());
        var earned = earned(catalogue, standings, learner, last, now);
        if (earned == null || mode == Rule.Mode.AUTO) {
            return earned;
        }
        var lastAt = last == null ? null : last.awardedAt();
        if (standings.applications().isGranted(learner, achievement.id(), lastAt)) {
            return earned;
        }
        if (mode == Rule.Mode.APPROVE) {
            standings.applications().ask(learner, achievement.id(), decidedIn(catalogue), lastAt, now);
        }
        return null;
    }

    /** The course whose teachers decide about it; null where that is the institution: it is attached to several, or to none. */
    private @Nullable CourseId decidedIn(Catalogue catalogue) {
        var attachments = attachment == null ? catalogue.attachments(achievement.id()) : List.of(attachment);
        return attachments.size() == 1 ? attachments.getFirst().course() : null;
    }

    /** What her evidence comes to. What a person revoked is never undone by a later report. */
    private @Nullable Award earned(
            Catalogue catalogue,
            Standings standings,
            LearnerId learner,
            AwardStore.@Nullable Holding last,
            Instant now) {
        var rule = achievement.definition().rule();
        if (achievement.isRetired() || (last != null && (!last.stands() || last.expiresAt() == null))) {
            return null;
        }
        var facts = standings.facts(learner, achievement.id(), attachment, catalogue.timeZone());
        if (!isEarned(rule, last, facts, now)) {
            return null;
        }
        int occurrence = standings.occurrences(learner, achievement.id()) + 1;
        // A renewal is valid from when the last one ends, so that renewing early loses nothing.
        var validFrom = last == null || last.hasEnded(now) ? now : last.expiresAt();
        return award(catalogue, learner, facts, occurrence, now, validFrom == null ? now : validFrom);
    }

    /** Whether these facts earn an award after the last one, which is renewed while it is valid; null where there was none. */
    static boolean isEarned(Rule rule, AwardStore.@Nullable Holding last, Facts facts, Instant at) {
        if (last == null) {
            return Evaluator.met(rule, facts, at);
        }
        return last.hasEnded(at)
                ? rule.isMetAnew(last.awardedAt(), facts, at)
                : rule.isRenewed(last.awardedAt(), facts, at);
    }

    private Award award(
            Catalogue catalogue, LearnerId learner, Facts facts, int occurrence, Instant now, Instant validFrom) {
        var rule = achievement.definition().rule();
        return new Award(
                AwardId.fresh(),
                catalogue.tenant(),
                learner,
                achievement.id(),
                achievement.version(),
                occurrence,
                attachment == null ? null : attachment.course(),
                now,
                rule.end(validFrom, catalogue.timeZone()),
                rule.title(facts, now).orElse(null),
                Evaluator.evaluate(rule, facts, now),
                Award.Step.awarded(now));
    }
}
