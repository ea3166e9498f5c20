package org.cairn.award;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cairn.AchievementId;
import org.cairn.ApplicationId;
import org.cairn.CourseId;
import org.cairn.LearnerId;
import org.cairn.TenantId;
import org.cairn.rule.Requirement;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** What people decided for some learners, and what they are newly asked. Read once, saved once; for one transaction. */
final class Applications {

    private final TenantId tenant;
    private final Map<LearnerId, List<Application>> all;
    private final List<Application> asked = new ArrayList<>();

    private Applications(TenantId tenant, Collection<Application> all) {
        this.tenant = tenant;
        this.all = all.stream().collect(groupingBy(Application::learner, HashMap::new, toList()));
    }

    static Applications none(TenantId tenant) {
        return new Applications(tenant, List.of());
    }

    static Applications load(DSLContext db, TenantId tenant, Collection<LearnerId> learners) {
        return new Applications(tenant, ApplicationStore.list(db, tenant, learners));
    }

    /** Whether she shall be awarded it: granted since her last award of it, if she had one. */
    boolean isGranted(LearnerId learner, AchievementId achievement, @Nullable Instant last) {
        return forTheAward(learner, achievement)
                .anyMatch(one -> one.decision() != null
                        && one.isGranted()
                        && (last == null || one.decision().at().isAfter(last)));
    }

    /** Asks people whether she shall be awarded it, unless they were asked since her last award of it: she asks again herself. */
    void ask(
            LearnerId learner,
            AchievementId achievement,
            @Nullable CourseId course,
            @Nullable Instant last,
            Instant now) {
        boolean isAsked = forTheAward(learner, achievement)
                .anyMatch(one -> last == null || one.at().isAfter(last));
        if (!isAsked) {
            var application = new Application(
                    ApplicationId.fresh(), learner, achievement, course, new Application.TheAward(), null, now, null);
            asked.add(application);
            all.computeIfAbsent(learner, l -> new ArrayList<>()).add(application);
        }
    }

    /** The requirements of it that she is excused from, and since when. */
    Map<Requirement, Instant> waived(LearnerId learner, AchievementId achievement) {
        var waived = new HashMap<Requirement, Instant>();
        of(learner).filter(one -> one.achievement().equals(achievement)).forEach(one -> {
            if (one.sought() instanceof Application.Waiver waiver && one.decision() != null && one.isGranted()) {
                waived.merge(waiver.requirement(), one.decision().at(), (a, b) -> a.isBefore(b) ? a : b);
            }
        });
        return waived;
    }

    /** What she earned elsewhere and people recognised. */
    List<Application> recognised() {
        return all.values().stream()
                .flatMap(List::stream)
                .filter(one -> one.isGranted() && one.sought() instanceof Application.Recognition)
                .toList();
    }

    /** Writes what people are newly asked. */
    void save(DSLContext db) {
        ApplicationStore.insert(db, tenant, asked);
        asked.clear();
    }

    private Stream<Application> forTheAward(LearnerId learner, AchievementId achievement) {
        return of(learner)
                .filter(one -> one.isForTheAward() && one.achievement().equals(achievement));
    }

    private Stream<Application> of(LearnerId learner) {
        return all.getOrDefault(learner, List.of()).stream();
    }
}
