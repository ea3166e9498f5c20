package org.cairn.web;

import gg.jte.Content;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cairn.CourseId;
import org.cairn.LearnerId;
import org.cairn.award.Attaching;
import org.cairn.award.AwardStore;
import org.cairn.award.CollectionStore;
import org.cairn.award.Progress;
import org.cairn.award.Standing;
import org.cairn.catalog.Achievement;
import org.cairn.catalog.Catalogue;
import org.cairn.catalog.Catalogues;
import org.cairn.db.Database;
import org.cairn.lti.CourseStore;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.people.Role;
import org.cairn.rule.Sentence;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** What the teachers of a course see: each credential, each learner, how far, and why. */
public final class TeacherPages {

    /** {@code previous} and {@code next} are pages, or null. */
    public record View(
            Frame frame,
            String path,
            String token,
            String course,
            boolean mayChange,
            String query,
            List<Column> columns,
            List<Row> rows,
            int learners,
            int from,
            int to,
            @Nullable Integer previous,
            @Nullable Integer next,
            @Nullable Copy copy,
            Checked checked) {}

    /** A course that this one was copied from: what it has attached and this one has not. */
    public record Copy(CourseId origin, String title, List<String> names) {}

    public record Column(
            String name, @Nullable String module, boolean isCertificate, int stones, int held, int percent) {}

    public record Row(String name, List<Cell> cells) {}

    public record Cell(
            State state, Content reason, @Nullable String awardPath) {}

    private static final int PAGE = 50;

    private final Database database;
    private final Catalogues catalogues;
    private final Attaching attaching;
    private final Clock clock;

    TeacherPages(Database database, Catalogues catalogues, Attaching attaching, Clock clock) {
        this.database = database;
        this.catalogues = catalogues;
        this.attaching = attaching;
        this.clock = clock;
    }

    void show(Context context, Visit visit) {
        var asked = context.queryParam("q");
        var query = asked == null
                ? ""
                : asked.strip().substring(0, Math.min(asked.strip().length(), 100));
        int page = page(context);
        var reviewed = context.queryParam("learner");
        var view = database.inTransaction(db -> view(db, visit, query, reviewed, page));
        Pages.framed(context, "teacher", view, visit.frameOrigins());
    }

    private View view(DSLContext db, Visit visit, String query, @Nullable String reviewed, int page) {
        var now = clock.instant();
        var catalogue = catalogues.current(db, visit.tenant());
        var learners = learners(db, visit);
        var found = learners.stream()
                .filter(account -> reviewed == null || account.sub().equals(reviewed))
                .filter(account -> name(account).toLowerCase(Locale.ROOT).contains(query.toLowerCase(Locale.ROOT)))
                .toList();
        int from = Math.min((page - 1) * PAGE, Math.max(0, (found.size() - 1) / PAGE * PAGE));
        var shown = found.subList(from, Math.min(from + PAGE, found.size()));
        var ids = shown.stream().map(Account::learner).toList();
        var progress = Progress.of(db, catalogue, visit.course().id(), ids, now);
        var checked =
                CollectionStore.find(db, visit.tenant(), visit.course().id()).orElse(null);
        int number = from / PAGE + 1;
        return new View(
                visit.frame("Credentials of this course"),
                visit.path(),
                visit.formToken(),
                LearnerPages.title(visit),
                visit.role().changesCourse(),
                query,
                columns(db, visit, catalogue, learners),
                rows(visit, catalogue, shown, progress),
                found.size(),
                found.isEmpty() ? 0 : from + 1,
                from + shown.size(),
                number > 1 ? number - 1 : null,
                from + PAGE < found.size() ? number + 1 : null,
                visit.role().changesCourse() ? copy(db, visit, catalogue) : null,
                Checked.of(checked, now));
    }

    private @Nullable Copy copy(DSLContext db, Visit visit, Catalogue catalogue) {
        return attaching
                .findCopy(db, visit.tenant(), visit.course().id())
                .map(copy -> new Copy(
                        copy.origin().id(),
                        copy.origin().title() == null
                                ? "another course"
                                : copy.origin().title(),
                        copy.missing().stream()
                                .map(one -> catalogue.get(one.achievement()).name())
                                .toList()))
                .orElse(null);
    }

    /** The course's learners by name; who has no name comes last. */
    private static List<Account> learners(DSLContext db, Visit visit) {
        var members = CourseStore.members(db, visit.tenant(), visit.course().id());
        var ids = members.entrySet().stream()
                .filter(member -> member.getValue() == Role.LEARNER)
                .map(Map.Entry::getKey)
                .toList();
        var accounts = new ArrayList<>(AccountStore.list(db, visit.tenant(), ids));
        accounts.sort(Comparator.comparing((Account account) -> account.name() == null)
                .thenComparing(account -> name(account).toLowerCase(Locale.ROOT))
                .thenComparing(Account::sub));
        return accounts;
    }

    private static List<Column> columns(DSLContext db, Visit visit, Catalogue catalogue, List<Account> learners) {
        var achievements = catalogue.shown(visit.course().id());
        var ids = learners.stream().map(Account::learner).toList();
        var counts = AwardStore.count(
                db,
                visit.tenant(),
                ids,
                achievements.stream().map(Achievement::id).toList());
        return achievements.stream()
                .map(achievement -> {
                    var attachment = catalogue.attachment(
                            achievement.id(), visit.course().id());
                    int held = counts.getOrDefault(achievement.id(), 0);
                    return new Column(
                            achievement.name(),
                            attachment == null ? null : attachment.module(),
                            LearnerPages.isCertificate(achievement.definition()),
                            LearnerPages.stones(achievement.definition()),
                            held,
                            learners.isEmpty() ? 0 : held * 100 / learners.size());
                })
                .toList();
    }

    private static List<Row> rows(
            Visit visit, Catalogue catalogue, List<Account> accounts, Map<LearnerId, List<Standing>> progress) {
        return accounts.stream()
                .map(account -> new Row(
                        name(account),
                        progress.getOrDefault(account.learner(), List.of()).stream()
                                .map(standing -> cell(visit, catalogue, standing))
                                .toList()))
                .toList();
    }

    private static Cell cell(Visit visit, Catalogue catalogue, Standing standing) {
        var names = catalogue.names(standing.achievement(), standing.attachment());
        var award = standing.award();
        if (award != null) {
            var reason = award.revocation() == null
                    ? Days.of(award.awardedAt(), catalogue.timeZone())
                    : award.revocation().reason();
            Content plain = output -> output.writeUserContent(reason);
            return new Cell(State.of(standing), plain, visit.path() + "/awards/" + award.id());
        }
        var missing = Sentence.about(names, catalogue.timeZone()).missing(standing.evaluation());
        return new Cell(State.of(standing), Markdown.of(missing), null);
    }

    private static String name(Account account) {
        return account.name() == null ? "No name shared (LMS id " + account.sub() + ")" : account.name();
    }

    private static int page(Context context) {
        try {
            return Math.clamp(Integer.parseInt(String.valueOf(context.queryParam("page"))), 1, 100_000);
        } catch (NumberFormatException e) {
            return 1;
        }
    }
}
