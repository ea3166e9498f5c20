package org.cairn.lti;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairn.DeploymentId;
import org.cairn.PlatformId;
import org.cairn.TenantId;
import org.cairn.db.Database;
import org.cairn.lti.registration.Invitations;
import org.cairn.lti.registration.PlatformFiles;
import org.cairn.lti.service.ScoreStore;
import org.cairn.lti.service.ScoreStore.State;
import org.cairn.people.AccountStore;
import org.cairn.people.Person;
import org.cairn.people.TenantStore;
import org.cairn.testing.Databases;
import org.cairn.testing.SettableClock;
import org.cairn.testing.World;
import org.jooq.DSLContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What those who run some tenants see of the connections: theirs, all of theirs, and nobody else's. */
class ConnectionStoreTest {

    private static final Instant NOW = SettableClock.START;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_platform_is_seen_by_its_tenants_and_run_by_a_tenant_that_has_it_alone(Databases databases) {
        try (var database = databases.open()) {
            var here = tenant(database, "here");
            var there = tenant(database, "there");
            var own = platform(database, "own");
            var shared = platform(database, "shared");
            var foreign = platform(database, "foreign");
            var fresh = platform(database, "fresh");
            var invited = platform(database, "invited");
            database.inTransaction(db -> {
                PlatformStore.deploy(db, here, own, "1", NOW);
                PlatformStore.deploy(db, here, shared, "1", NOW);
                PlatformStore.deploy(db, there, shared, "2", NOW);
                PlatformStore.deploy(db, there, foreign, "1", NOW);
                // It launched from there once; what has ended says nothing any more.
                PlatformStore.move(db, PlatformStore.deploy(db, there, own, "old", NOW), here, NOW);
                return null;
            });
            invite(database, here, invited);
            database.inTransaction(db -> {
                assertThat(ConnectionStore.seen(db, here)).isEqualTo(Set.of(own, shared, invited));
                assertThat(ConnectionStore.run(db, here)).isEqualTo(Set.of(own, invited));
                assertThat(ConnectionStore.seen(db, there)).isEqualTo(Set.of(shared, foreign));
                assertThat(ConnectionStore.run(db, there)).isEqualTo(Set.of(foreign));
                assertThat(ConnectionStore.run(db, null)).isEqualTo(Set.of(own, shared, foreign, fresh, invited));
                assertThat(ConnectionStore.list(db, List.of(here)))
                        .extracting(one -> one.deployment().externalId())
                        .containsExactlyInAnyOrder("1", "1", "old");
                assertThat(ConnectionStore.list(db, List.of(here, there))).hasSize(5);
                assertThat(ConnectionStore.list(db, List.of())).isEmpty();
                return null;
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void scores_are_counted_and_piled_by_cause_and_sent_again_for_one_tenant(Databases databases) {
        try (var database = databases.open()) {
            var here = tenant(database, "here");
            var there = tenant(database, "there");
            var platform = platform(database, "shared");
            want(database, here, platform, "1");
            want(database, there, platform, "2");
            database.inTransaction(db -> {
                db.execute("update score set state = 'REFUSED', problem = 'No such column.' where given < 3");
                assertThat(ScoreStore.count(db, List.of(here, there)))
                        .isEqualTo(Map.of(
                                here, Map.of(State.REFUSED, 2, State.WAITING, 1),
                                there, Map.of(State.REFUSED, 2, State.WAITING, 1)));
                var piles = ScoreStore.piles(db, List.of(here), 10);
                assertThat(piles).extracting(ScoreStore.Pile::scores).containsExactly(2, 1);
                assertThat(piles).extracting(ScoreStore.Pile::tenant).containsOnly(here);
                assertThat(piles.getFirst().problem()).isEqualTo("No such column.");
                assertThat(ScoreStore.piles(db, List.of(here, there), 3)).hasSize(3);
                ScoreStore.replay(db, here, NOW);
                assertThat(ScoreStore.count(db, List.of(here, there)))
                        .isEqualTo(Map.of(
                                here, Map.of(State.WAITING, 3),
                                there, Map.of(State.REFUSED, 2, State.WAITING, 1)));
                return null;
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void notices_and_subscriptions_are_those_of_the_tenants_that_are_asked_for(Databases databases) {
        try (var database = databases.open()) {
            var here = tenant(database, "here");
            var there = tenant(database, "there");
            var platform = platform(database, "shared");
            for (var tenant : List.of(here, there)) {
                var id = deploy(database, tenant, platform, tenant.toString());
                database.inTransaction(db -> {
                    db.execute(
                            "insert into subscription (tenant_id, deployment_id, url, types) values (?, ?, 'https://x', 'A')",
                            tenant.value(),
                            id.value());
                    for (int i = 0; i < 3; i++) {
                        db.execute(
                                "insert into notice values (?, ?, ?, ?, ?)",
                                tenant.value(),
                                id.value(),
                                "n" + i,
                                i == 0 ? "Hello" : "Copy",
                                java.sql.Timestamp.from(NOW.plusSeconds(i)));
                    }
                    return null;
                });
            }
            database.inTransaction(db -> {
                assertThat(ConnectionStore.subscriptions(db, List.of(here)))
                        .extracting(ConnectionStore.Subscribed::tenant)
                        .containsExactly(here);
                assertThat(ConnectionStore.notices(db, List.of(here)))
                        .extracting(ConnectionStore.Noticed::type, ConnectionStore.Noticed::number)
                        .containsExactly(
                                org.assertj.core.groups.Tuple.tuple("Copy", 2),
                                org.assertj.core.groups.Tuple.tuple("Hello", 1));
                assertThat(ConnectionStore.subscriptions(db, List.of(here, there)))
                        .hasSize(2);
                return null;
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_moved_deployment_is_the_new_tenant_s_and_a_restart_leaves_it_there(Databases databases) throws Exception {
        Files.writeString(folder.resolve("lms.json"), """
                {"tenant": {"slug": "here", "name": "Here", "timeZone": "Europe/Vienna"}, "name": "LMS", "product": "moodle",
                 "issuer": "https://lms.example.edu", "clientId": "c", "authorizationEndpoint": "https://lms.example.edu/auth",
                 "tokenEndpoint": "https://lms.example.edu/token", "keySet": "https://lms.example.edu/jwks",
                 "frameOrigins": ["https://lms.example.edu"], "deployments": ["1", "2"]}""");
        try (var database = databases.open()) {
            var there = tenant(database, "there");
            var platform = database.inTransaction(db -> PlatformFiles.load(db, folder, NOW))
                    .getFirst()
                    .id();
            var before = database.inTransaction(
                    db -> PlatformStore.findDeployment(db, platform, "1").orElseThrow());
            var moved = database.inTransaction(db -> PlatformStore.move(db, before, there, NOW));
            assertThat(moved.id()).isNotEqualTo(before.id());
            database.inTransaction(db -> PlatformFiles.load(db, folder, NOW));
            database.inTransaction(db -> {
                assertThat(PlatformStore.findDeployment(db, platform, "1")).contains(moved);
                assertThat(PlatformStore.findDeployment(db, platform, "2")
                                .orElseThrow()
                                .tenant())
                        .isEqualTo(before.tenant());
                assertThat(PlatformStore.getDeployment(db, before.tenant(), before.id()))
                        .as("what hangs on it stays with whom it was")
                        .isEqualTo(before);
                var back = PlatformStore.move(db, moved, before.tenant(), NOW);
                assertThat(back.id()).isNotIn(before.id(), moved.id());
                return null;
            });
        }
    }

    private static void want(Database database, TenantId tenant, PlatformId platform, String deployment) {
        var id = deploy(database, tenant, platform, deployment);
        database.inTransaction(db -> {
            var course = CourseStore.findOrCreate(db, tenant, id, "c", NOW);
            for (int i = 1; i <= 3; i++) {
                ScoreStore.want(
                        db,
                        tenant,
                        List.of(new ScoreStore.Wanted(
                                course.id(), "column", account(db, tenant, platform, i), "Column", i, 10)),
                        NOW);
            }
            return null;
        });
    }

    private static org.cairn.AccountId account(DSLContext db, TenantId tenant, PlatformId platform, int number) {
        var sub = String.valueOf(number);
        return AccountStore.findOrCreate(db, tenant, platform, List.of(Person.unnamed(sub)), NOW)
                .get(sub)
                .id();
    }

    private static void invite(Database database, TenantId tenant, PlatformId platform) {
        var clock = new SettableClock();
        var id = new Invitations(database, URI.create("https://cairn.example.edu"), clock)
                .create(tenant, "LMS", Duration.ofDays(1))
                .invitation()
                .id();
        database.inTransaction(
                db -> db.execute("update invitation set platform_id = ? where secret_hash = ?", platform.value(), id));
    }

    private static DeploymentId deploy(Database database, TenantId tenant, PlatformId platform, String name) {
        return database.inTransaction(
                db -> PlatformStore.deploy(db, tenant, platform, name, NOW).id());
    }

    private static TenantId tenant(Database database, String slug) {
        return database.inTransaction(db -> TenantStore.findOrCreate(db, slug, slug, ZoneId.of("Europe/Vienna"), NOW)
                .id());
    }

    private static PlatformId platform(Database database, String name) {
        return database.inTransaction(
                db -> PlatformStore.save(db, World.platform("https://" + name + ".example.edu", name), NOW)
                        .id());
    }
}
