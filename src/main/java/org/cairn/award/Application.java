package org.cairn.award;

import java.time.Instant;
import org.cairn.AchievementId;
import org.cairn.ApplicationId;
import org.cairn.CourseId;
import org.cairn.LearnerId;
import org.cairn.rule.Requirement;
import org.jspecify.annotations.Nullable;

/**
 * Something that people decide for one learner about one achievement, because she applied for it or because its rule asks them.
 *
 * @param course whose teachers decide; null: the institution
 * @param said why she should get it; null where nobody had to ask
 * @param decision null while it is open
 */
public record Application(
        ApplicationId id,
        LearnerId learner,
        AchievementId achievement,
        @Nullable CourseId course,
        Sought sought,
        @Nullable String said,
        Instant at,
        @Nullable Decision decision) {

    /** What it is for. */
    public sealed interface Sought {}

    /** To be awarded what she has shown everything for. */
    public record TheAward() implements Sought {}

    /** To be excused from a requirement, word for word. */
    public record Waiver(Requirement requirement) implements Sought {}

    /**
     * That something earned elsewhere counts as the achievement.
     *
     * @param named what it is called there
     * @param issuer who awarded it, by its name
     */
    public record Recognition(String named, String issuer, Instant earnedAt) implements Sought {}

    /** What was decided and why. */
    public record Decision(boolean isGranted, String reason, Instant at) {}

    public boolean isOpen() {
        return decision == null;
    }

    public boolean isGranted() {
        return decision != null && decision.isGranted();
    }

    public boolean isForTheAward() {
        return sought instanceof TheAward;
    }
}
