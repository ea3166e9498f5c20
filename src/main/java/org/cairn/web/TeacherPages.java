package org.cairn.web;

import gg.jte.Content;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.cairn.AchievementId;
import org.cairn.LearnerId;
import org.cairn.Problem;
import org.cairn.award.Attaching;
import org.cairn.award.AwardStore;
import org.cairn.award.CollectionStore;
import org.cairn.award.Progress;
import org.cairn.award.Scales;
import org.cairn.award.Standing;
import org.cairn.catalog.Achievement;
import org.cairn.catalog.Catalogue;
import org.cairn.catalog.Catalogues;
import org.cairn.db.Database;
import org.cairn.evidence.ActivityStore;
import org.cairn.evidence.Source;
import org.cairn.lti.GroupStore;
import org.cairn.lti.MemberStore;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.people.Role;
import org.cairn.rule.Sentence;
import org.cairn.rule.Slot;
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
            List<Group> groups,
            boolean isReview,
            String pages,
            List<Column> columns,
            List<Row> rows,
            int learners,
            int from,
            int to,
            @Nullable Integer previous,
            @Nullable Integer next,
            @Nullable Copy copy,
            List<Scales.Mismatch> mismatches,
            List<Waiting> waiting,
            List<ToDecide> toDecide,
            Checked checked) {

        public int mostWaiting() {
            return Waiting.MOST;
        }
    }

    /** A group of the course that the learners may be narrowed to. */
    public record Group(String id, String name, boolean isChosen) {}

    /** What is attached in a course that this one was copied from, and not here. {@code origin} is empty where only links say so. */
    public record Copy(String origin, String title, List<String> names, List<Blank> blanks, List<String> activities) {}

    /** A slot that an activity of the LMS fills: {@code before} is its name in the other course, or null for a column of Cairn's own. */
    public record Blank(
            String field,
            String credential,
            String title,
            @Nullable String before) {}

    public record Column(String name, @Nullable String module, Emblem emblem, int held, int percent) {}

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
        var search = new Search(query, context.queryParam("group"), context.queryParam("learner"));
        var language = Language.of(context);
        var view = database.inTransaction(db -> view(db, visit, language, search, page));
        Pages.framed(context, "teacher", view, visit.frameOrigins());
    }

    /** What the learners are narrowed to: part of a name, a group, or one learner whose work is reviewed. */
    private record Search(
            String query, @Nullable String group, @Nullable String reviewed) {

        String pages() {
            return "q=" + encoded(query) + (group == null ? "" : "&group=" + encoded(group)) + "&page=";
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }

    private View view(DSLContext db, Visit visit, Language language, Search search, int page) {
        var now = clock.instant();
        var catalogue = catalogues.current(db, visit.tenant());
        var learners = learners(db, visit);
        var groups = groups(db, visit, search);
        var found = found(db, visit, search, learners, groups);
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
                search.query(),
                groups,
                search.reviewed() != null,
                search.pages(),
                columns(db, visit, catalogue, learners, now),
                rows(visit, language, catalogue, shown, progress),
                found.size(),
                found.isEmpty() ? 0 : from + 1,
                from + shown.size(),
                number > 1 ? number - 1 : null,
                from + PAGE < found.size() ? number + 1 : null,
                visit.role().changesCourse() ? copy(db, visit, catalogue) : null,
                Scales.mismatches(db, catalogue, visit.course().id()),
                Waiting.list(db, visit, catalogue, now),
                ToDecide.list(db, visit, catalogue, language, now),
                Checked.of(checked, now));
    }

    private static List<Account> found(
            DSLContext db, Visit visit, Search search, List<Account> learners, List<Group> groups) {
        if (search.reviewed() != null) {
            return learners.stream()
                    .filter(account -> account.sub().equals(search.reviewed()))
                    .findFirst()
                    .map(List::of)
                    .orElseThrow(
                            () -> new Problem(
                                    Problem.Kind.NOT_FOUND,
                                    "learner_unknown",
                                    "Cairn does not know this person as a learner of this course; open Cairn from the course and press Check now."));
        }
        var query = search.query().toLowerCase(Locale.ROOT);
        var group = groups.stream().filter(Group::isChosen).findFirst();
        var members = group.map(
                one -> GroupStore.members(db, visit.tenant(), visit.course().id(), one.id()));
        return learners.stream()
                .filter(account -> members.isEmpty() || members.get().contains(account.id()))
                .filter(account -> name(account).toLowerCase(Locale.ROOT).contains(query))
                .toList();
    }

    private static List<Group> groups(DSLContext db, Visit visit, Search search) {
        return GroupStore.names(db, visit.tenant(), visit.course().id()).entrySet().stream()
                .map(one -> new Group(one.getKey(), one.getValue(), one.getKey().equals(search.group())))
                .toList();
    }

    private @Nullable Copy copy(DSLContext db, Visit visit, Catalogue catalogue) {
        return attaching
                .findCopy(db, visit.tenant(), visit.course().id())
                .map(copy -> copy(db, visit, catalogue, copy))
                .orElse(null);
    }

    private static Copy copy(DSLContext db, Visit visit, Catalogue catalogue, Attaching.Copy copy) {
        var origin = copy.origin();
        var title = origin == null || origin.title() == null ? "another course" : origin.title();
        return new Copy(
                origin == null ? "" : origin.id().toString(),
                title,
                copy.missing().stream()
                        .map(one -> catalogue.get(one.achievement()).name())
                        .toList(),
                copy.missing().stream()
                        .flatMap(one -> blanks(catalogue, one, origin == null))
                        .toList(),
                ActivityStore.names(db, visit.tenant(), visit.course().id(), Source.PUSH));
    }

    /** The slots to ask about: those that an activity of the LMS filled, or all where nobody knows what filled them. */
    private static Stream<Blank> blanks(Catalogue catalogue, Attaching.Wanted wanted, boolean isAll) {
        var achievement = catalogue.get(wanted.achievement());
        var definition = achievement.definition();
        return definition.rule().slots().stream()
                .filter(slot -> isAll || wanted.activities().containsKey(slot))
                .sorted(Comparator.comparing(Slot::name))
                .map(slot -> new Blank(
                        ChoicePages.field(achievement.id(), slot),
                        achievement.name(),
                        definition.slots().getOrDefault(slot, slot.name()),
                        wanted.activities().get(slot)));
    }

    /** The course's learners by name; who has no name comes last. */
    private static List<Account> learners(DSLContext db, Visit visit) {
        var members = MemberStore.members(db, visit.tenant(), visit.course().id());
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

    private static List<Column> columns(
            DSLContext db, Visit visit, Catalogue catalogue, List<Account> learners, Instant now) {
        var achievements = catalogue.shown(visit.course().id());
        var ids = learners.stream().map(Account::learner).toList();
        var counts = AwardStore.count(
                db,
                visit.tenant(),
                ids,
                achievements.stream().map(Achievement::id).toList(),
                now);
        return achievements.stream()
                .map(achievement -> {
                    var attachment = catalogue.attachment(
                            achievement.id(), visit.course().id());
                    int held = counts.getOrDefault(achievement.id(), 0);
                    return new Column(
                            achievement.name(),
                            attachment == null ? null : attachment.module(),
                            Emblem.of(visit.tenant(), achievement),
                            held,
                            learners.isEmpty() ? 0 : held * 100 / learners.size());
                })
                .toList();
    }

    private static List<Row> rows(
            Visit visit,
            Language language,
            Catalogue catalogue,
            List<Account> accounts,
            Map<LearnerId, List<Standing>> progress) {
        var sentences = new HashMap<AchievementId, Sentence>();
        return accounts.stream()
                .map(account -> new Row(
                        name(account),
                        progress.getOrDefault(account.learner(), List.of()).stream()
                                .map(standing -> cell(
                                        visit,
                                        language,
                                        catalogue,
                                        standing,
                                        sentences.computeIfAbsent(
                                                standing.achievement().id(),
                                                id -> sentence(language, catalogue, standing))))
                                .toList()))
                .toList();
    }

    /** In one course, every learner's standing with an achievement is told by the same names. */
    private static Sentence sentence(Language language, Catalogue catalogue, Standing standing) {
        var names = catalogue.names(standing.achievement(), standing.attachment());
        return Sentence.about(names, catalogue.timeZone(), language.locale());
    }

    private static Cell cell(
            Visit visit, Language language, Catalogue catalogue, Standing standing, Sentence sentence) {
        var award = standing.award();
        if (award != null && !standing.isNew()) {
            var reason = award.stands()
                    ? Days.of(award.awardedAt(), catalogue.timeZone())
                    : award.last().reason();
            Content plain = output -> output.writeUserContent(reason);
            return new Cell(State.of(standing), plain, visit.path() + "/awards/" + award.id());
        }
        var missing = standing.achievement().isRetired()
                ? "It is retired and can no longer be earned."
                : sentence.missing(standing.evaluation());
        return new Cell(State.of(standing), language.prose(missing), null);
    }

    static String name(Account account) {
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
