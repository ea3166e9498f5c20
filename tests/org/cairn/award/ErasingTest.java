package org.cairn.award;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.cairn.AccountId;
import org.cairn.AchievementId;
import org.cairn.ApplicationId;
import org.cairn.AwardId;
import org.cairn.ConnectionId;
import org.cairn.CredentialId;
import org.cairn.HandInId;
import org.cairn.LearnerId;
import org.cairn.PlacementId;
import org.cairn.SessionId;
import org.cairn.TenantId;
import org.cairn.catalog.IssuerStore;
import org.cairn.db.schema.DefaultSchema;
import org.cairn.evidence.RegisterStore;
import org.cairn.lti.CourseStore;
import org.cairn.lti.MemberStore;
import org.cairn.lti.service.ScoreStore;
import org.cairn.openbadges.Credential;
import org.cairn.openbadges.Disclosure;
import org.cairn.openbadges.IssuerDocuments;
import org.cairn.openbadges.StatusList;
import org.cairn.openbadges.backpack.Backpack;
import org.cairn.openbadges.backpack.Brought;
import org.cairn.openbadges.backpack.BroughtStore;
import org.cairn.openbadges.backpack.Connections;
import org.cairn.openbadges.backpack.ConsentSessions;
import org.cairn.openbadges.wallet.WalletOffers;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.people.Browser;
import org.cairn.people.Operator;
import org.cairn.people.OperatorStore;
import org.cairn.people.Person;
import org.cairn.people.Role;
import org.cairn.people.Session;
import org.cairn.people.SessionStore;
import org.cairn.people.TenantStore;
import org.cairn.rule.Member;
import org.cairn.rule.Membership;
import org.cairn.rule.Slot;
import org.cairn.rule.Strength;
import org.cairn.rule.Worked;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.jooq.DSLContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ada, who learns and also teaches, is erased; Alan, and an Ada of another institution, are not. */
class ErasingTest {

    private static final AchievementId WELDING = new AchievementId("welding");
    private static final AchievementId ETHICS = new AchievementId("ethics");

    /** Whose names there are: a column of such a type says something about somebody. */
    private static final Set<Class<?>> PERSONAL = Set.of(
            AccountId.class,
            LearnerId.class,
            AwardId.class,
            CredentialId.class,
            HandInId.class,
            ApplicationId.class,
            ConnectionId.class);

    /** Whatever a row says, in the order of its columns. */
    private record Row(String table, List<String> values) {

        boolean says(Set<String> words) {
            return values.stream().anyMatch(value -> words.stream().anyMatch(value::contains));
        }
    }

    private record Scene(World world, Erasing erasing, Operator operator) {

        static Scene of(World world) {
            world.define(Map.of(
                    "soldering",
                    "{'score':'quiz','atLeast':70}",
                    "stack",
                    "{'holds':'soldering'}",
                    "welding",
                    "{'approved':'portfolio','reviewers':2}",
                    "ethics",
                    "{'rule':1,'mode':'approve','asks':{'score':'essay','atLeast':50}}"));
            var operator = world.database.inTransaction(
                    db -> OperatorStore.add(db, world.tenant, "Grace Hopper", world.clock.instant())
                            .operator());
            var scene = new Scene(world, new Erasing(world.database, world.credentials, world.clock), operator);
            scene.live("ada", "Ada Lovelace", "alan");
            scene.live("alan", "Alan Turing", "ada");
            scene.decideAbout(world.account("ada"), world.account("alan"));
            scene.decideAbout(world.account("alan"), world.account("ada"));
            scene.another("ada", "Ada Lovelace");
            return scene;
        }

        /** Everything that Cairn can keep of somebody, by what happens; {@code other} is about whom she decides something. */
        private void live(String sub, String name, String other) {
            var account = named(sub, name);
            world.grade(sub, "quiz", 80);
            world.grade(sub, "essay", 60);
            share(account);
            work(account, world.account(other));
            world.database.inTransaction(db -> {
                keep(db, account);
                return null;
            });
        }

        private Account named(String sub, String name) {
            return world.database.inTransaction(db -> AccountStore.findOrCreate(
                            db,
                            world.tenant,
                            world.deployment.platform(),
                            List.of(new Person(sub, name, false)),
                            world.clock.instant())
                    .get(sub));
        }

        private void share(Account account) {
            var sharing = new Sharing(world.database, world.catalogues, world.credentials, world.clock);
            var award = awards(account).getFirst().id();
            var credential =
                    sharing.form(world.tenant, account.learner(), award, new Disclosure(true, true, account.name()));
            sharing.link(world.tenant, account.learner(), award, credential.id(), "For Acme", Duration.ofDays(7));
            world.database.inTransaction(
                    db -> WalletOffers.offer(db, world.tenant, credential.id(), world.clock.instant()));
            world.database.inTransaction(db -> {
                letIn(db, account, credential.id());
                return null;
            });
        }

        private void letIn(DSLContext db, Account account, CredentialId credential) {
            var now = world.clock.instant();
            ConsentSessions.open(db, world.tenant, account.learner(), now);
            var backpack = Backpack.register(db, now);
            var code = backpack.code(db, world.tenant, account.learner(), Set.of(credential), now);
            backpack.exchange(db, code, now).orElseThrow();
            var brought = new Brought(
                    world.tenant,
                    account.learner(),
                    "id",
                    "Of " + account.name(),
                    "Other University",
                    true,
                    now,
                    backpack.app().id(),
                    "A backpack",
                    now);
            BroughtStore.put(db, brought, "About " + account.name());
        }

        private void work(Account account, Account other) {
            var reviewing = new Reviewing(world.database, world.catalogues, world.awarding, world.clock);
            var handIn =
                    reviewing.handIn(account, world.here(), WELDING, new Slot("portfolio"), "By " + account.name());
            reviewing.answer(other, Role.TEACHER, world.here(), handIn, true, Set.of(), "Well done.");
        }

        private void keep(DSLContext db, Account account) {
            var now = world.clock.instant();
            var course = world.here();
            MemberStore.join(db, CourseStore.get(db, world.tenant, course), Map.of(account.id(), Role.LEARNER), now);
            RegisterStore.join(
                    db,
                    world.tenant,
                    List.of(new RegisterStore.Joined(
                            account.learner(), new Membership(Member.Group.COHORT, "2026"), now)));
            RegisterStore.confirm(
                    db,
                    world.tenant,
                    List.of(new RegisterStore.Done(
                            account.learner(), new Slot("visit"), new Worked(BigDecimal.TEN, now, Strength.REVIEWED))));
            ScoreStore.want(
                    db,
                    world.tenant,
                    List.of(new ScoreStore.Wanted(course, "cairn", account.id(), "Soldering", 100, 100)),
                    now);
            var session = new Session(
                    PlacementId.fresh(), world.tenant, account.id(), Role.LEARNER, now.plus(Duration.ofHours(8)));
            assertThat(SessionStore.start(db, sessionOf(account.sub()), Browser.fresh(), session, now))
                    .isTrue();
            group(db, course.value(), account);
        }

        private void group(DSLContext db, Object course, Account account) {
            db.execute(
                    "insert into course_group (tenant_id, course_id, group_id, name) values (?, ?, ?, 'A group')",
                    world.tenant.value(),
                    course,
                    account.sub());
            db.execute(
                    "insert into course_group_member (tenant_id, course_id, group_id, account_id) values (?, ?, ?, ?)",
                    world.tenant.value(),
                    course,
                    account.sub(),
                    account.id().value());
        }

        private void decideAbout(Account account, Account other) {
            var deciding = new Deciding(world.database, world.catalogues, world.awarding, world.clock);
            open(other)
                    .forEach(
                            one -> deciding.decide(account, Role.TEACHER, world.here(), one.id(), true, "It is good."));
            awards(other).stream()
                    .limit(1)
                    .forEach(one -> world.awarding.suspend(world.tenant, one.id(), account.id(), "Looked at again."));
        }

        private List<Application> open(Account account) {
            return world
                    .database
                    .inTransaction(db -> ApplicationStore.list(db, world.tenant, account.learner()))
                    .stream()
                    .filter(Application::isOpen)
                    .toList();
        }

        List<Award> awards(Account account) {
            return world.database.inTransaction(db -> AwardStore.list(db, world.tenant, account.learner()));
        }

        List<Credential> credentials(Account account) {
            var awards = awards(account).stream().map(Award::id).toList();
            return world.database.inTransaction(db -> world.credentials.list(db, world.tenant, awards));
        }

        /** The same number of the same LMS, in another institution. */
        private void another(String sub, String name) {
            world.database.inTransaction(db -> {
                TenantId there = TenantStore.findOrCreate(db, "there", "There", ZoneId.of("UTC"), world.clock.instant())
                        .id();
                return AccountStore.findOrCreate(
                        db,
                        there,
                        world.deployment.platform(),
                        List.of(new Person(sub, name, false)),
                        world.clock.instant());
            });
        }

        /** All that anything is known by that is of somebody. */
        Set<String> names(Account account) {
            var names = new TreeSet<String>();
            names.add(account.learner().toString());
            names.add(account.id().toString());
            awards(account).forEach(award -> names.add(award.id().toString()));
            credentials(account).forEach(credential -> names.add(credential.id().toString()));
            open(account).forEach(one -> names.add(one.id().toString()));
            world.database.inTransaction(db -> {
                ApplicationStore.list(db, world.tenant, account.learner())
                        .forEach(one -> names.add(one.id().toString()));
                db.fetchValues(
                                "select id from hand_in where learner_id = ?",
                                account.learner().value())
                        .forEach(one -> names.add(one.toString()));
                Connections.list(db, world.tenant, account.learner(), world.clock.instant())
                        .forEach(one -> names.add(one.id().toString()));
                return null;
            });
            return names;
        }

        Set<Row> rows() {
            return world.database.inTransaction(db -> {
                var rows = new LinkedHashSet<Row>();
                for (var table : DefaultSchema.DEFAULT_SCHEMA.getTables()) {
                    db.selectFrom(table)
                            .forEach(row -> rows.add(new Row(
                                    table.getName(),
                                    Arrays.stream(row.intoArray())
                                            .map(value -> value instanceof byte[] bytes
                                                    ? Arrays.toString(bytes)
                                                    : String.valueOf(value))
                                            .toList())));
                }
                return rows;
            });
        }

        void erase(Account account) {
            erasing.erase(world.tenant, account.learner(), operator);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void no_row_of_any_table_says_anything_about_her_any_more(Databases databases) {
        try (var world = new World(databases)) {
            var scene = Scene.of(world);
            var ada = world.account("ada");
            var hers = scene.names(ada);
            assertThat(columnsThatSay(world, hers))
                    .as("a new column about people needs a row in this test, and an end in the store that erases")
                    .isEqualTo(personalColumns());
            scene.erase(ada);
            hers.add("Ada Lovelace");
            var left = scene.rows().stream().filter(row -> row.says(hers)).toList();
            assertThat(left)
                    .singleElement()
                    .satisfies(row -> assertThat(row.table()).isEqualTo("account"));
            assertThat(left.getFirst().values()).doesNotContain(world.tenant.toString());
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_is_of_others_stays_as_it_was_but_for_her_name_under_it(Databases databases) {
        try (var world = new World(databases)) {
            var scene = Scene.of(world);
            var ada = world.account("ada");
            var hers = scene.names(ada);
            var before = scene.rows();
            scene.erase(ada);
            var after = scene.rows();
            var others = before.stream().filter(row -> !row.says(hers)).toList();
            assertThat(after).containsAll(others);
            var added = new ArrayList<>(after);
            added.removeAll(others);
            assertThat(added.stream().map(Row::table))
                    .containsExactlyInAnyOrder(
                            "session",
                            "learner",
                            "review",
                            "application",
                            "award_step",
                            "operator_action",
                            "erased_status",
                            "erased_status",
                            "erased_status",
                            "erased_status");
            assertThat(count(world, "select count(*) from review where account_id is null"))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_she_decided_about_others_no_report_changes(Databases databases) {
        try (var world = new World(databases)) {
            var scene = Scene.of(world);
            scene.erase(world.account("ada"));
            world.grade("alan", "quiz", 99);
            assertThat(scene.awards(world.account("alan"))).anyMatch(Award::isSuspended);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void her_bits_stay_used_and_are_set_and_nobody_else_s_are(Databases databases) {
        try (var world = new World(databases)) {
            var scene = Scene.of(world);
            var hers = scene.credentials(world.account("ada"));
            var others = scene.credentials(world.account("alan"));
            scene.erase(world.account("ada"));
            assertThat(hers).hasSize(4).allMatch(one -> isSet(world, one));
            assertThat(others).hasSize(4).noneMatch(one -> isSet(world, one));
            boolean isKnown = world.database.inTransaction(db -> hers.stream()
                    .anyMatch(one -> world.credentials.find(db, one.id()).isPresent()));
            assertThat(isKnown).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void the_preview_says_what_goes_and_changes_nothing(Databases databases) {
        try (var world = new World(databases)) {
            var scene = Scene.of(world);
            var ada = world.account("ada");
            var before = scene.rows();
            var preview = scene.erasing.preview(world.tenant, ada.learner());
            assertThat(preview).isEqualTo(new Erasing.Erased(1, 1, 2, 1, 2, 3, 4, 1, 1, 1, 1, 3));
            assertThat(scene.rows()).isEqualTo(before);
            assertThat(scene.erasing.erase(world.tenant, ada.learner(), scene.operator))
                    .isEqualTo(preview);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void who_fails_in_the_middle_has_erased_nothing(Databases databases) {
        try (var world = new World(databases)) {
            var scene = Scene.of(world);
            var ada = world.account("ada");
            var before = scene.rows();
            var withdrawn = new Operator(
                    org.cairn.OperatorId.fresh(), world.tenant, "Nobody", true, false, world.clock.instant(), null);
            // Its note comes last, and names an operator that there is not.
            assertThatThrownBy(() -> scene.erasing.erase(world.tenant, ada.learner(), withdrawn))
                    .isInstanceOf(org.jooq.exception.DataAccessException.class);
            assertThat(scene.rows()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_operator_of_another_institution_erases_nobody(Databases databases) {
        try (var world = new World(databases)) {
            var scene = Scene.of(world);
            var there = world.database.inTransaction(
                    db -> TenantStore.find(db, "there").orElseThrow().id());
            var before = scene.rows();
            scene.erasing.erase(there, world.account("ada").learner(), scene.operator);
            assertThat(scene.rows()).containsAll(before);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void who_comes_again_is_somebody_new(Databases databases) {
        try (var world = new World(databases)) {
            var scene = Scene.of(world);
            var former = world.account("ada");
            scene.erase(former);
            assertThat(world.account("ada").id()).isNotEqualTo(former.id());
            assertThat(world.learner("ada")).isNotEqualTo(former.learner());
            assertThat(world.holds("ada")).isEmpty();
            world.grade("ada", "quiz", 80);
            assertThat(world.holds("ada")).contains("soldering");
            boolean begins = world.database.inTransaction(db -> SessionStore.spend(
                    db,
                    sessionOf("ada"),
                    world.clock.instant(),
                    world.clock.instant().plusSeconds(60)));
            assertThat(begins).as("a launch that was used up can be used again").isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void grades_that_come_meanwhile_are_kept_of_nobody_or_of_somebody_new(Databases databases) throws Exception {
        try (var world = new World(databases);
                var threads = Executors.newFixedThreadPool(2)) {
            var scene = Scene.of(world);
            for (int i = 0; i < 12; i++) {
                var account = world.account("ada");
                int attempt = i + 2;
                Callable<Object> grade =
                        () -> world.record(World.observation("ada", "quiz", attempt, 90, world.clock.instant()));
                Callable<Object> erasure = () -> scene.erasing.erase(world.tenant, account.learner(), scene.operator);
                for (var done : threads.invokeAll(List.of(grade, erasure))) {
                    done.get();
                }
                assertThat(count(world, "select count(*) from account where id = '" + account.id() + "'"))
                        .isZero();
            }
        }
    }

    private static Set<String> personalColumns() {
        return DefaultSchema.DEFAULT_SCHEMA.getTables().stream()
                .flatMap(table -> Arrays.stream(table.fields()))
                .filter(field -> PERSONAL.contains(field.getType()))
                .map(field -> field.getQualifiedName().toString())
                .collect(toSet());
    }

    private static Set<String> columnsThatSay(World world, Set<String> words) {
        return world.database.inTransaction(db -> DefaultSchema.DEFAULT_SCHEMA.getTables().stream()
                .flatMap(table -> Arrays.stream(table.fields()))
                .filter(field -> PERSONAL.contains(field.getType()))
                .filter(field ->
                        db
                                .select(field)
                                .from(field.getQualifiedName().qualifier().unquotedName())
                                .fetch(field)
                                .stream()
                                .anyMatch(value -> value != null && words.contains(value.toString())))
                .map(field -> field.getQualifiedName().toString())
                .collect(toSet()));
    }

    private static boolean isSet(World world, Credential credential) {
        return world.database.inTransaction(db -> {
            var issuer = IssuerStore.get(db, world.tenant);
            var list = new IssuerDocuments(world.keys)
                    .statusList(
                            db,
                            issuer,
                            credential.issuedAs(),
                            "https://cairn.example.edu/list",
                            credential.status().list(),
                            false,
                            world.clock.instant());
            var encoded = list.replaceAll(".*\"encodedList\":\"([^\"]+)\".*", "$1");
            return StatusList.isSet(encoded, credential.status().index());
        });
    }

    private static int count(World world, String sql) {
        return world.database.inTransaction(db -> ((Number) db.fetchOne(sql).get(0)).intValue());
    }

    private static SessionId sessionOf(String sub) {
        return new SessionId(sub.hashCode());
    }
}
