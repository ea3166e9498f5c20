package org.cairn.openbadges;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.cairn.AchievementId;
import org.cairn.AwardId;
import org.cairn.LearnerId;
import org.cairn.rule.Evaluation;
import org.jspecify.annotations.Nullable;

/**
 * What a credential is to say.
 *
 * @param validUntil when it ends; null: never
 * @param criteria Markdown, as generated from the rule
 * @param related what a stack was built from
 * @param results empty, unless this is a form in which the learner shares her grades
 * @param proof null in a form in which she does not tell how it was earned
 */
public record Issuance(
        IssuerProfile issuer,
        AwardId award,
        LearnerId learner,
        Instant awardedAt,
        @Nullable Instant validUntil,
        Badge badge,
        String criteria,
        List<Related> related,
        List<Result> results,
        @Nullable Proof proof,
        Recipient recipient) {

    /** The achievement, in one of its versions. {@code type} is Open Badges' achievementType. */
    public record Badge(
            AchievementId id,
            int version,
            String type,
            String name,
            String description,
            @Nullable BigDecimal credits,
            String creditScheme,
            @Nullable Integer workloadHours,
            @Nullable Integer level,
            Particulars particulars) {}

    public record Related(AchievementId id, int version) {}

    /**
     * A grade: points out of a maximum, for something named.
     *
     * @param required the fewest points that were enough; null: not said
     */
    public record Result(
            String name,
            BigDecimal score,
            BigDecimal maximum,
            @Nullable BigDecimal required) {}

    /**
     * How it was earned.
     *
     * @param narrative in words
     * @param evaluation as it is told to others, as of {@code awardedAt}
     * @param zone of the calendar by which it was evaluated
     */
    public record Proof(String narrative, Evaluation evaluation, ZoneId zone) {}

    /**
     * Whom it is about, as far as it says.
     *
     * @param name null in a form that names nobody
     * @param wallet the DID of the wallet that it is bound to; null: an identifier of the credential's own stands for the learner
     */
    public record Recipient(@Nullable String name, @Nullable String wallet) {

        public static final Recipient UNNAMED = new Recipient(null, null);
    }

    public Issuance {
        related = List.copyOf(related);
        results = List.copyOf(results);
    }

    public Disclosure told() {
        return new Disclosure(!results.isEmpty(), proof != null, recipient.name());
    }
}
