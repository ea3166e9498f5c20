package org.cairn.web.admin;

import static java.util.stream.Collectors.toMap;

import io.javalin.http.Context;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import org.cairn.LearnerId;
import org.cairn.PlatformId;
import org.cairn.award.Erasing;
import org.cairn.db.Database;
import org.cairn.lti.Platform;
import org.cairn.lti.PlatformStore;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.people.Tenant;
import org.cairn.web.FormFields;
import org.cairn.web.Pages;
import org.jooq.DSLContext;

/** Finds people of the institutions that an operator runs, and erases them. */
public final class PeoplePages {

    /**
     * One account of somebody.
     *
     * @param number what the LMS calls her
     */
    public record Row(String path, String name, String lms, String number) {

        @Override
        public String toString() {
            return "Row[" + path + "]";
        }
    }

    /** {@code isSearched}: whether anybody was looked for; then {@code found} are the first {@link #MOST}. */
    public record View(AdminFrame frame, List<Tenant> tenants, boolean isSearched, List<Row> found) {}

    /** @param word what has to be typed before she is erased */
    public record PersonView(
            AdminFrame frame, String tenant, String name, List<Row> accounts, Erasing.Erased erased, String word) {

        @Override
        public String toString() {
            return "PersonView[" + frame + "]";
        }
    }

    /** How many are shown at once. */
    public static final int MOST = 50;

    private static final String HERE = "/admin/people";
    private static final String UNNAMED = "Somebody whose name the LMS does not share";

    private final Database database;
    private final Erasing erasing;

    PeoplePages(Database database, Erasing erasing) {
        this.database = database;
        this.erasing = erasing;
    }

    void ask(Context context, AdminVisit visit) {
        Pages.own(
                context,
                "admin/people",
                new View(visit.frame(context, "People", HERE), visit.tenants(), false, List.of()));
    }

    /** Looks for somebody. By a form, so that names do not get into logs. */
    void find(Context context, AdminVisit visit) {
        var tenant = visit.tenant(context);
        var who = Fields.line(context, "who", "Whom you look for", 255);
        var found = database.inTransaction(db -> rows(db, AccountStore.search(db, tenant.id(), who, MOST)));
        Pages.own(
                context, "admin/people", new View(visit.frame(context, "People", HERE), visit.tenants(), true, found));
    }

    void show(Context context, AdminVisit visit) {
        var accounts = accounts(context, visit);
        var tenant = visit.tenant(accounts.getFirst().tenant());
        var erased = erasing.preview(tenant.id(), accounts.getFirst().learner());
        var view = new PersonView(
                visit.frame(context, "Erase a person", HERE),
                tenant.name(),
                name(accounts),
                database.inTransaction(db -> rows(db, accounts)),
                erased,
                word(accounts));
        Pages.own(context, "admin/person", view);
    }

    void erase(Context context, AdminVisit visit) {
        var accounts = accounts(context, visit);
        if (!same(FormFields.text(context, "word")).equals(same(word(accounts)))) {
            throw Fields.refused(
                    "Nothing was erased: go back and type the words that the page asks for as they stand there.");
        }
        erasing.erase(accounts.getFirst().tenant(), accounts.getFirst().learner(), visit.operator());
        AdminVisit.go(context, HERE, Done.ERASED);
    }

    private List<Account> accounts(Context context, AdminVisit visit) {
        var learner = Fields.id(context.pathParam("learner"), LearnerId::of);
        var accounts = database.inTransaction(db -> AccountStore.ofLearner(db, visit.tenantIds(), learner));
        if (accounts.isEmpty()) {
            throw AdminVisit.notHere();
        }
        return accounts;
    }

    private static List<Row> rows(DSLContext db, List<Account> accounts) {
        Map<PlatformId, String> lms = PlatformStore.list(db).stream().collect(toMap(Platform::id, Platform::name));
        return accounts.stream()
                .map(one -> new Row(
                        HERE + "/" + one.learner(),
                        name(List.of(one)),
                        lms.getOrDefault(one.platform(), ""),
                        one.sub()))
                .toList();
    }

    private static String name(List<Account> accounts) {
        return accounts.stream()
                .map(Account::name)
                .filter(name -> name != null && !name.isBlank())
                .findFirst()
                .orElse(UNNAMED);
    }

    private static String word(List<Account> accounts) {
        var name = name(accounts);
        return name.equals(UNNAMED) ? accounts.getFirst().sub() : name;
    }

    // However a keyboard writes its accents and its blanks.
    private static String same(String word) {
        return Normalizer.normalize(word, Normalizer.Form.NFC).strip().replaceAll("\\s+", " ");
    }
}
