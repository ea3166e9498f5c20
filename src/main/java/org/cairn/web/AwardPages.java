package org.cairn.web;

import gg.jte.Content;
import io.javalin.http.Context;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.cairn.AccountId;
import org.cairn.AwardId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.award.Award;
import org.cairn.award.AwardStore;
import org.cairn.award.Awarding;
import org.cairn.catalog.Catalogues;
import org.cairn.db.Database;
import org.cairn.lti.MemberStore;
import org.cairn.openbadges.Credentials;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.rule.Sentence;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** One award: for its learner, who decides what others see of it, and for the teachers of its course, who may revoke it. */
public final class AwardPages {

    /**
     * {@code revoked} and {@code held} are the reason, null where it is neither; {@code takesStacks} says whether stacks that counted it can
     * go with it; {@code ownName} is what the learner's LMS calls her now, and {@code formerName} what a signed form calls her otherwise.
     */
    public record View(
            Frame frame,
            String path,
            String token,
            String back,
            String name,
            String description,
            Emblem emblem,
            String learner,
            String awardedOn,
            Content criteria,
            Step step,
            @Nullable String revoked,
            @Nullable String held,
            boolean takesStacks,
            boolean mayShare,
            boolean mayChange,
            boolean hasGrade,
            boolean isStack,
            @Nullable String ownName,
            @Nullable String formerName,
            List<SharedForm> forms) {}

    private final Database database;
    private final Catalogues catalogues;
    private final Awarding awarding;
    private final Credentials credentials;
    private final URI publicUrl;
    private final Clock clock;

    AwardPages(
            Database database,
            Catalogues catalogues,
            Awarding awarding,
            Credentials credentials,
            URI publicUrl,
            Clock clock) {
        this.database = database;
        this.catalogues = catalogues;
        this.awarding = awarding;
        this.credentials = credentials;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    void show(Context context) {
        var visit = Visit.of(context, database, clock, publicUrl);
        var language = Language.of(context);
        var view = database.inTransaction(db -> view(db, visit, language, award(db, visit, context)));
        Pages.framed(context, "award", view, visit.frameOrigins());
    }

    /** Revokes: for who teaches a course that this learner is in. */
    void revoke(Context context) {
        change(context, awarding::revoke);
    }

    /** Holds for review, likewise. */
    void suspend(Context context) {
        change(context, awarding::suspend);
    }

    /** Ends the review, likewise. */
    void reinstate(Context context) {
        change(context, awarding::reinstate);
    }

    private interface Change {
        void take(TenantId tenant, AwardId award, AccountId by, String reason);
    }

    private void change(Context context, Change change) {
        var visit = Visit.ofForm(context, database, clock, publicUrl);
        if (!visit.role().changesCourse()) {
            throw forbidden();
        }
        var award = database.inTransaction(db -> award(db, visit, context));
        change.take(visit.tenant(), award.id(), visit.account().id(), FormFields.text(context, "reason"));
        back(context, visit, award.id());
    }

    /** The award, where this visit may see it: one's own, or in a course that one teaches, its learners' from there. */
    private Award award(DSLContext db, Visit visit, Context context) {
        var award = AwardStore.find(db, visit.tenant(), id(context)).orElseThrow(AwardPages::unknown);
        if (award.learner().equals(visit.account().learner())) {
            return award;
        }
        boolean isOfCourse = visit.role().seesCourse()
                && catalogues.current(db, visit.tenant()).shown(visit.course().id()).stream()
                        .anyMatch(shown -> shown.id().equals(award.achievement()))
                && isMember(db, visit, award);
        if (!isOfCourse) {
            // Whether it exists is nobody else's business.
            throw unknown();
        }
        return award;
    }

    private static boolean isMember(DSLContext db, Visit visit, Award award) {
        var members = MemberStore.members(db, visit.tenant(), visit.course().id());
        return AccountStore.ofLearners(db, visit.tenant(), List.of(award.learner())).stream()
                .map(Account::id)
                .anyMatch(members::containsKey);
    }

    private View view(DSLContext db, Visit visit, Language language, Award award) {
        var catalogue = catalogues.current(db, visit.tenant());
        var achievement = catalogue.get(award.achievement(), award.version());
        var sentence = new Sentence(
                catalogue.names(achievement, catalogue.attachment(achievement.id(), award.course())),
                catalogue.timeZone(),
                language.locale());
        boolean isOwn = award.learner().equals(visit.account().learner());
        var path = visit.path() + "/awards/" + award.id();
        var forms = isOwn
                ? new SharedForms(credentials, catalogue, award, achievement.name()).list(db, path, clock.instant())
                : List.<SharedForm>of();
        var name = isOwn ? SharingPages.name(visit) : null;
        var learner = AccountStore.ofLearners(db, visit.tenant(), List.of(award.learner())).stream()
                .map(account -> account.name() == null ? "LMS id " + account.sub() : account.name())
                .findFirst()
                .orElse("");
        var regrade = achievement.definition().regrade();
        return new View(
                visit.frame(achievement.name()),
                path,
                visit.formToken(),
                visit.path(),
                achievement.name(),
                achievement.definition().description(),
                Emblem.of(visit.tenant(), achievement),
                learner,
                Days.of(award.awardedAt(), catalogue.timeZone()),
                language.prose(sentence.criteria(achievement.definition().rule())),
                Step.of(award.evaluation(), sentence, language),
                award.isRevoked() ? award.last().reason() : null,
                award.isSuspended() ? award.last().reason() : null,
                regrade != null && regrade.stacksAbove(),
                isOwn && award.stands(),
                visit.role().changesCourse() && !award.isRevoked(),
                award.evaluation().weakest().isPresent(),
                !award.evaluation().counted().isEmpty(),
                name,
                forms.stream()
                        .map(SharedForm::name)
                        .filter(known -> known != null && name != null && !known.equals(name))
                        .findFirst()
                        .orElse(null),
                forms);
    }

    private static void back(Context context, Visit visit, AwardId award) {
        visit.go(context, visit.path() + "/awards/" + award);
    }

    private static AwardId id(Context context) {
        try {
            return AwardId.of(context.pathParam("award"));
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static Problem unknown() {
        return new Problem(Problem.Kind.NOT_FOUND, "award_unknown", "There is no such award here.");
    }

    private static Problem forbidden() {
        return new Problem(
                Problem.Kind.FORBIDDEN,
                "not_a_teacher",
                "Only the teachers of this course can revoke an award, hold it for review or end that.");
    }
}
