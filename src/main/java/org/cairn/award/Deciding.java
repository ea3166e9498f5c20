package org.cairn.award;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.cairn.AccountId;
import org.cairn.ApplicationId;
import org.cairn.CourseId;
import org.cairn.OperatorId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.catalog.Achievement;
import org.cairn.catalog.Catalogues;
import org.cairn.db.Database;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.people.Operator;
import org.cairn.people.OperatorActionStore;
import org.cairn.people.Role;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What people decide of what was applied for: each in one transaction with the learner locked, and what is granted is awarded in it. Safe
 * for many threads.
 */
public final class Deciding {

    private final Database database;
    private final Catalogues catalogues;
    private final Awarding awarding;
    private final Clock clock;

    public Deciding(Database database, Catalogues catalogues, Awarding awarding, Clock clock) {
        this.database = database;
        this.catalogues = catalogues;
        this.awarding = awarding;
        this.clock = clock;
    }

    /**
     * Somebody decides in a course: its teachers what is theirs, administrators also what is the institution's. Returns what that awards.
     *
     * @throws Problem NOT_FOUND where nothing such is to be decided there, FORBIDDEN for who may not, MALFORMED without a reason, CONFLICT
     *     where it is decided already or not everything is there any more
     */
    public List<Award> decide(
            Account by, Role role, CourseId course, ApplicationId application, boolean isGranted, String reason) {
        if (!role.changesCourse()) {
            throw forbidden("Only who teaches this course can decide this.");
        }
        Predicate<Application> isHere = one ->
                one.course() == null ? role == Role.ADMINISTRATOR : one.course().equals(course);
        return decide(by.tenant(), application, isGranted, reason, isHere, by, null);
    }

    /** An operator decides anything of an institution that she runs. */
    public List<Award> decide(
            Operator by, TenantId tenant, ApplicationId application, boolean isGranted, String reason) {
        return decide(tenant, application, isGranted, reason, one -> by.runs(tenant), null, by);
    }

    private List<Award> decide(
            TenantId tenant,
            ApplicationId id,
            boolean isGranted,
            String reason,
            Predicate<Application> isHere,
            @Nullable Account account,
            @Nullable Operator operator) {
        var why = Reason.written(reason);
        var now = clock.instant();
        return database.inTransaction(db -> {
            AccountStore.lock(db, tenant, Set.of(get(db, tenant, id, isHere).learner()));
            var application = get(db, tenant, id, isHere);
            requireOpen(application, account);
            var decision = new Application.Decision(isGranted, why, now);
            ApplicationStore.decide(db, tenant, id, decision, id(account), id(operator));
            if (operator != null) {
                var action = isGranted ? "granted an application" : "declined an application";
                OperatorActionStore.add(db, operator, tenant, action, name(db, application, tenant), now);
            }
            return isGranted ? awarding.grant(db, tenant, application, now) : List.of();
        });
    }

    private String name(DSLContext db, Application application, TenantId tenant) {
        return catalogues
                .current(db, tenant)
                .find(application.achievement())
                .map(Achievement::name)
                .orElse("");
    }

    /** Of others' it is nobody's business here whether it exists. */
    private static Application get(DSLContext db, TenantId tenant, ApplicationId id, Predicate<Application> isHere) {
        return ApplicationStore.find(db, tenant, id)
                .filter(isHere)
                .orElseThrow(() -> new Problem(
                        Problem.Kind.NOT_FOUND, "application_unknown", "Nothing such is to be decided here."));
    }

    private static void requireOpen(Application application, @Nullable Account by) {
        if (by != null && by.learner().equals(application.learner())) {
            throw forbidden("This is about yourself; somebody else has to decide it.");
        }
        if (!application.isOpen()) {
            throw conflict("application_decided", "This is decided already; go back and reload the page.");
        }
    }

    private static @Nullable AccountId id(@Nullable Account account) {
        return account == null ? null : account.id();
    }

    private static @Nullable OperatorId id(@Nullable Operator operator) {
        return operator == null ? null : operator.id();
    }

    static Problem conflict(String code, String sentence) {
        return new Problem(Problem.Kind.CONFLICT, code, sentence);
    }

    static Problem forbidden(String sentence) {
        return new Problem(Problem.Kind.FORBIDDEN, "application_refused", sentence);
    }
}
