package org.cairn.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.auth0.jwt.JWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cairn.AccountId;
import org.cairn.AchievementId;
import org.cairn.Problem;
import org.cairn.catalog.CatalogueFile;
import org.cairn.catalog.Change;
import org.cairn.catalog.IssuerSettings;
import org.cairn.openbadges.Credential;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What kind of change a catalogue file makes of what is published: said or deduced, kept with the version, and heeded. */
class ChangeTest {

    private static final String RULE = "{'score':'quiz','atLeast':70}";

    private static final String ENDING = "'change':'major','earlierAwards':{'endOn':'2027-03-01'},";

    @ParameterizedTest
    @EnumSource(Databases.class)
    void words_alone_are_editorial_anything_else_minor_and_major_is_said(Databases databases) {
        try (var world = new World(databases)) {
            take(world, file("Soldering", RULE, ""));
            take(world, file("Soldering well", RULE, ""));
            take(world, file("Soldering well", "{'score':'quiz','atLeast':71}", ""));
            take(world, file("Soldering", "{'score':'quiz','atLeast':90}", "'change':'major','earlierAwards':'stay',"));
            take(world, file("Soldering", "{'score':'quiz','atLeast':90}", ""));
            assertThat(changes(world)).containsExactly(null, Change.EDITORIAL, Change.MINOR, Change.MAJOR);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_is_said_to_be_editorial_and_changes_the_rule_is_refused_and_nothing_is_kept(Databases databases) {
        try (var world = new World(databases)) {
            take(world, file("Soldering", RULE, ""));
            assertThatThrownBy(() ->
                            take(world, file("Soldering", "{'score':'quiz','atLeast':69}", "'change':'editorial',")))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo("change_not_editorial"));
            assertThat(changes(world)).hasSize(1);
            take(world, file("Soldering finely", RULE, "'change':'editorial',"));
            assertThat(changes(world)).containsExactly(null, Change.EDITORIAL);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_editorial_change_decides_nobody_anew_and_another_does(Databases databases) {
        try (var world = new World(databases)) {
            take(world, file("Soldering", RULE, ""));
            world.attach(world.context, "soldering", Map.of("quiz", "before"));
            world.grade("ada", "quiz", 80);
            world.attach(world.context, "soldering", Map.of("quiz", "quiz"));
            assertThat(take(world, file("Soldering well", RULE, ""))).isEmpty();
            assertThat(take(world, file("Soldering well", "{'score':'quiz','atLeast':75}", "")))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_major_change_says_what_becomes_of_earlier_awards_and_no_other_does(Databases databases) {
        try (var world = new World(databases)) {
            assertThatThrownBy(() -> take(world, file("Soldering", RULE, "'change':'major',")))
                    .hasMessageContaining("earlierAwards");
            assertThatThrownBy(() -> take(world, file("Soldering", RULE, "'change':'minor','earlierAwards':'stay',")))
                    .hasMessageContaining("earlierAwards");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void earlier_awards_end_on_the_day_that_a_major_change_names_and_their_signed_forms_say_so(Databases databases) {
        try (var world = new World(databases)) {
            take(world, file("Soldering", RULE, ""));
            world.define("other", "{'score':'lab','atLeast':50}");
            world.attach(world.context, "soldering", Map.of("quiz", "quiz"));
            for (var sub : List.of("ada", "alan", "rose")) {
                world.grade(sub, "quiz", 80);
            }
            world.grade("ada", "lab", 80);
            world.awarding.revoke(world.tenant, soldering(world, "rose").id(), AccountId.fresh(), "Copied.");
            var before = form(world, "ada");
            var revoked = form(world, "rose");

            take(world, file("Soldering", "{'score':'quiz','atLeast':90}", ENDING));
            world.grade("grace", "quiz", 95);
            assertThat(soldering(world, "ada").expiresAt()).isNull();
            world.clock.advance(Duration.ofMinutes(1));
            wake(world);

            var end = Instant.parse("2027-03-01T23:00:00Z");
            assertThat(soldering(world, "ada").expiresAt()).isEqualTo(end);
            assertThat(soldering(world, "alan").expiresAt()).isEqualTo(end);
            assertThat(soldering(world, "grace").expiresAt()).isNull();
            assertThat(awards(world, "ada")).extracting(Award::expiresAt).containsExactlyInAnyOrder(null, end);
            var after = form(world, "ada");
            var claims = JWT.decode(after.jwt());
            assertThat(claims.getExpiresAtAsInstant()).isEqualTo(end);
            assertThat(claims.getClaim("validUntil").asString()).isEqualTo("2027-03-01T23:00:00Z");
            assertThat(claims.getNotBeforeAsInstant())
                    .isAfter(JWT.decode(before.jwt()).getNotBeforeAsInstant());
            assertThat(claims.getClaim("validFrom").asString())
                    .isEqualTo(claims.getNotBeforeAsInstant().toString());
            assertThat(after).usingRecursiveComparison().ignoringFields("jwt").isEqualTo(before);
            for (var same : List.of("jti", "sub", "iss")) {
                assertThat(claims.getClaim(same).asString())
                        .isEqualTo(JWT.decode(before.jwt()).getClaim(same).asString());
            }
            assertThat(form(world, "rose")).isEqualTo(revoked);

            wake(world);
            assertThat(form(world, "ada")).isEqualTo(after);
            world.clock.set(end.minusSeconds(1));
            assertThat(world.holds("ada")).contains("soldering");
            world.clock.set(end);
            wake(world);
            assertThat(world.holds("ada")).containsExactly("other");
            assertThat(world.holds("grace")).containsExactly("soldering");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void who_takes_the_bridge_before_earlier_awards_end_stays_current(Databases databases) {
        try (var world = new World(databases)) {
            world.define("bridge", "{'score':'bridge','atLeast':50}");
            take(world, file("Soldering", RULE, ""));
            world.attach(world.context, "soldering", Map.of("quiz", "quiz"));
            world.grade("ada", "quiz", 80);
            world.grade("alan", "quiz", 80);
            var renewable = "{'rule':1,'asks':{'score':'quiz','atLeast':90},'renewedBy':{'holds':'bridge'}}";
            take(world, file("Soldering", renewable, ENDING));
            wake(world);
            world.clock.advance(Duration.ofDays(1));
            world.grade("ada", "bridge", 60);
            assertThat(awards(world, "ada"))
                    .extracting(award -> award.achievement().value(), Award::version, Award::occurrence)
                    .containsExactlyInAnyOrder(
                            tuple("soldering", 1, 1), tuple("soldering", 2, 2), tuple("bridge", 1, 1));
            world.clock.set(Instant.parse("2027-03-02T00:00:00Z"));
            wake(world);
            assertThat(world.holds("ada")).containsExactly("bridge", "soldering");
            assertThat(world.holds("alan")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_end_of_earlier_awards_that_is_over_or_no_day_is_refused_and_nothing_is_kept(Databases databases) {
        try (var world = new World(databases)) {
            take(world, file("Soldering", RULE, ""));
            var changed = "{'score':'quiz','atLeast':90}";
            world.clock.set(Instant.parse("2027-03-01T23:00:00Z"));
            assertThatThrownBy(() -> take(world, file("Soldering", changed, ENDING)))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo("earlier_awards_end_past"));
            assertThatThrownBy(() -> take(world, file("Soldering", changed, ENDING.replace("03-01", "02-30"))))
                    .hasMessageContaining("no day of the calendar");
            assertThatThrownBy(() -> take(world, file("Soldering", changed, ENDING.replace("2027-03-01", "soon"))))
                    .hasMessageContaining("endOn");
            assertThat(changes(world)).hasSize(1);
        }
    }

    private static void wake(World world) {
        new Waking(world.database, world.catalogues, world.awarding, world.credentials, world.clock).wake(world.tenant);
    }

    private static List<Award> awards(World world, String sub) {
        var learner = world.account(sub).learner();
        return world.database.inTransaction(db -> AwardStore.list(db, world.tenant, learner));
    }

    private static Award soldering(World world, String sub) {
        return awards(world, sub).stream()
                .filter(one -> one.achievement().value().equals("soldering"))
                .findFirst()
                .orElseThrow();
    }

    private static Credential form(World world, String sub) {
        return world.credential(soldering(world, sub).id());
    }

    private static List<Award> take(World world, String file) {
        return new Importing(
                        world.database,
                        world.catalogues,
                        world.awarding,
                        world.credentials,
                        new IssuerSettings("Here University", null, null, "AT"),
                        world.clock)
                .take(CatalogueFile.read(file.getBytes(StandardCharsets.UTF_8)));
    }

    private static String file(String name, String rule, String change) {
        return """
                {'catalogue':1,'tenant':'here','achievements':[{'id':'soldering','name':'%s','description':'About it',
                 'kind':'MICRO_CREDENTIAL',%s'slots':{'quiz':'The quiz'},'rule':%s}]}""".formatted(name, change, rule).replace('\'', '"');
    }

    private static List<Change> changes(World world) {
        return world.database.inTransaction(db -> {
            var catalogue = world.catalogues.current(db, world.tenant);
            var id = new AchievementId("soldering");
            var changes = new ArrayList<Change>();
            for (int version = 1; version <= catalogue.get(id).version(); version++) {
                changes.add(catalogue.get(id, version).change());
            }
            return changes;
        });
    }
}
