package org.cairn.award;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.cairn.AchievementId;
import org.cairn.ApplicationId;
import org.cairn.CourseId;
import org.cairn.Problem;
import org.cairn.catalog.Catalogue;
import org.cairn.catalog.Catalogues;
import org.cairn.catalog.Definition;
import org.cairn.db.Database;
import org.cairn.db.Text;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.rule.Evaluation;
import org.cairn.rule.Held;
import org.cairn.rule.Requirement;
import org.cairn.rule.RequirementJson;
import org.cairn.rule.Rule;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What learners apply for: each in one transaction with the learner locked, and what needs nobody's decision is awarded in it. Safe for
 * many threads.
 */
public final class Applying {

    /** How many characters an application may have. */
    public static final int MOST_SAID = 4_000;

    /** How many characters a name of something earned elsewhere, or of its issuer, may have. */
    public static final int MOST_NAMED = 255;

    /** How often a learner may apply within a day. */
    private static final int MOST_A_DAY = 20;

    private static final LocalDate EARLIEST = LocalDate.of(1950, 1, 1);

    private final Database database;
    private final Catalogues catalogues;
    private final Awarding awarding;
    private final Clock clock;

    public Applying(Database database, Catalogues catalogues, Awarding awarding, Clock clock) {
        this.database = database;
        this.catalogues = catalogues;
        this.awarding = awarding;
        this.clock = clock;
    }

    /**
     * A learner applies for the award itself. Where its rule leaves that to her she is awarded it at once; where people have declined,
     * they are asked again.
     *
     * @param said why; may be empty where nobody reads it
     * @throws Problem CONFLICT where she does not meet everything, or cannot apply now, BUSY after too many on a day
     */
    public List<Award> apply(Account learner, CourseId course, AchievementId achievement, String said) {
        return applied(learner, course, achievement, (catalogue, standing, now) -> {
            var rule = standing.achievement().definition().rule();
            if (rule.mode() == Rule.Mode.AUTO || !standing.evaluation().isMet()) {
                throw Deciding.conflict(
                        "not_ready", "Not everything that it asks is there yet; the page says what is missing.");
            }
            if (rule.mode() == Rule.Mode.APPLY) {
                return new Prepared(
                        new Application.TheAward(), null, granted("The learner applied, and the rule is met.", now));
            }
            var why = Text.written(said, MOST_SAID, "application_malformed", "Say in 1 to 4,000 characters why.");
            return new Prepared(new Application.TheAward(), why, null);
        });
    }

    /**
     * A learner applies to be excused from a requirement that she does not meet.
     *
     * @param requirement as {@link RequirementJson} writes it
     * @throws Problem MALFORMED without a reason, CONFLICT where the requirement is not asked of her or not for waiving, BUSY after too many
     */
    public void askWaiver(
            Account learner, CourseId course, AchievementId achievement, String requirement, String said) {
        var why = Text.written(said, MOST_SAID, "application_malformed", "Say in 1 to 4,000 characters why.");
        applied(learner, course, achievement, (catalogue, standing, now) -> {
            require(standing, Definition.Allowance.WAIVER);
            var missing = unmet(standing.evaluation())
                    .filter(one -> RequirementJson.write(one).toString().equals(requirement))
                    .findFirst()
                    .orElseThrow(() -> Deciding.conflict(
                            "not_missing", "This is not missing any more; go back and reload the page."));
            return new Prepared(new Application.Waiver(missing), why, null);
        });
    }

    /**
     * A learner applies for something that she earned elsewhere to count as an achievement.
     *
     * @param earnedOn a day of 1950 or later, and not of the future
     * @param said what it was and where it can be checked
     * @throws Problem MALFORMED where anything is missing, CONFLICT where nothing else counts as it, BUSY after too many
     */
    public void askRecognition(
            Account learner,
            CourseId course,
            AchievementId achievement,
            String named,
            String issuer,
            LocalDate earnedOn,
            String said) {
        var name = Text.written(
                named, MOST_NAMED, "application_malformed", "Say in 1 to 255 characters what it is called.");
        var by =
                Text.written(issuer, MOST_NAMED, "application_malformed", "Say in 1 to 255 characters who awarded it.");
        var why = Text.written(said, MOST_SAID, "application_malformed", "Say in 1 to 4,000 characters what it was.");
        // Rules tell what was earned here by this word.
        if (by.toLowerCase(Locale.ROOT).equals(Held.OWN)) {
            throw new Problem(
                    Problem.Kind.MALFORMED, "application_malformed", "Write the full name of who awarded it.");
        }
        applied(learner, course, achievement, (catalogue, standing, now) -> {
            require(standing, Definition.Allowance.RECOGNITION);
            var earnedAt = instant(earnedOn, catalogue.timeZone(), now);
            return new Prepared(new Application.Recognition(name, by, earnedAt), why, null);
        });
    }

    /** The requirements that are not met and consist of no others, in the rule's order: what somebody can be excused from. */
    public static Stream<Requirement> unmet(Evaluation evaluation) {
        return evaluation.isMet()
                ? Stream.empty()
                : evaluation.parts().isEmpty()
                        ? Stream.of(evaluation.requirement())
                        : evaluation.parts().stream().flatMap(Applying::unmet).distinct();
    }

    /** What an application is made of, once it is found to be one. */
    private record Prepared(
            Application.Sought sought, @Nullable String said, Application.@Nullable Decision decision) {}

    @FunctionalInterface
    private interface Preparation {
        Prepared prepare(Catalogue catalogue, Standing standing, Instant now);
    }

    private List<Award> applied(Account learner, CourseId course, AchievementId achievement, Preparation preparation) {
        var tenant = learner.tenant();
        var now = clock.instant();
        return database.inTransaction(db -> {
            AccountStore.lock(db, tenant, Set.of(learner.learner()));
            requireEarning(learner);
            requireFew(db, learner, now);
            var catalogue = catalogues.current(db, tenant);
            var standing = Progress.find(db, catalogue, course, learner.learner(), achievement, now)
                    .filter(Standing::isOpen)
                    .orElseThrow(() -> Deciding.conflict(
                            "application_not_open", "This cannot be applied for now; go back and reload the page."));
            var prepared = preparation.prepare(catalogue, standing, now);
            requireNotOpen(db, learner, achievement, prepared.sought());
            var application = new Application(
                    ApplicationId.fresh(),
                    learner.learner(),
                    achievement,
                    catalogue.attachment(achievement, course) == null ? null : course,
                    prepared.sought(),
                    prepared.said(),
                    now,
                    prepared.decision());
            ApplicationStore.insert(db, tenant, List.of(application));
            return prepared.decision() == null ? List.of() : awarding.grant(db, tenant, application, now);
        });
    }

    private static void requireEarning(Account learner) {
        if (learner.testUser()) {
            throw Deciding.forbidden("A test user shows how the course works, and earns nothing.");
        }
    }

    private static void requireFew(DSLContext db, Account learner, Instant now) {
        var since = now.minus(Duration.ofDays(1));
        if (ApplicationStore.countSince(db, learner.tenant(), learner.learner(), since) >= MOST_A_DAY) {
            throw new Problem(
                    Problem.Kind.BUSY,
                    "applications_too_many",
                    "You have applied %d times within a day; wait until tomorrow.".formatted(MOST_A_DAY));
        }
    }

    private static void require(Standing standing, Definition.Allowance allowance) {
        if (!standing.achievement().definition().allows().contains(allowance)) {
            throw Deciding.conflict("not_allowed", "The institution makes no exceptions for this one.");
        }
    }

    private static void requireNotOpen(
            DSLContext db, Account learner, AchievementId achievement, Application.Sought sought) {
        boolean isOpen = ApplicationStore.list(db, learner.tenant(), List.of(learner.learner())).stream()
                .anyMatch(one -> one.isOpen()
                        && one.achievement().equals(achievement)
                        && one.sought().equals(sought));
        if (isOpen) {
            throw Deciding.conflict(
                    "application_open", "You have applied for this already; the answer comes to your page.");
        }
    }

    private static Instant instant(LocalDate day, ZoneId zone, Instant now) {
        if (day.isBefore(EARLIEST) || day.isAfter(LocalDate.ofInstant(now, zone))) {
            throw new Problem(
                    Problem.Kind.MALFORMED,
                    "application_malformed",
                    "Give the day on which it was awarded; it cannot lie in the future.");
        }
        return day.atStartOfDay(zone).toInstant();
    }

    private static Application.Decision granted(String reason, Instant now) {
        return new Application.Decision(true, reason, now);
    }
}
