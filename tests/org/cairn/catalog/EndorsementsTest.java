package org.cairn.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cairn.AchievementId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.openbadges.CredentialJson;
import org.cairn.openbadges.Endorsing;
import org.cairn.openbadges.verification.Stranger;
import org.cairn.openbadges.verification.Verification;
import org.cairn.openbadges.verification.Verification.Verdict;
import org.cairn.people.Operator;
import org.cairn.people.OperatorStore;
import org.cairn.people.TenantStore;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A partner's endorsement is taken in, looked at again, and ended. What a text is worth is the verifier's, and said by each test. */
class EndorsementsTest {

    private static final AchievementId SOLDERING = new AchievementId("soldering");

    private static final class Scene implements AutoCloseable {

        final World world;
        final Operator operator;
        final Stranger partner = new Stranger();
        final Endorsements endorsements;
        Verdict verdict = Verdict.VALID;

        Scene(Databases databases) {
            world = new World(databases);
            world.define("soldering", "{'score':'quiz','atLeast':70}");
            operator = world.database.inTransaction(
                    db -> OperatorStore.add(db, world.tenant, "Grace", world.clock.instant())
                            .operator());
            var endorsing = new Endorsing(world.credentials.addresses(), world.keys);
            endorsements = new Endorsements(
                    world.database, world.catalogues, endorsing, (text, at) -> verify(text), world.clock);
        }

        private Verification verify(String text) {
            var json = CredentialJson.read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return new Verification(
                    verdict,
                    List.of(new Verification.Check("status", verdict == Verdict.VALID, "What was found.")),
                    json,
                    List.of(),
                    List.of());
        }

        ObjectNode endorsement(int version) {
            return partner.endorsement(world.credentials.addresses().achievement(world.tenant, SOLDERING, version));
        }

        Endorsement take(ObjectNode endorsement) {
            return endorsements.take(endorsement.toString(), List.of(world.tenant), operator);
        }

        List<Endorsement> standing() {
            return world.database.inTransaction(
                    db -> EndorsementStore.standing(db, world.tenant, SOLDERING, 1, world.clock.instant()));
        }

        @Override
        public void close() {
            partner.close();
            world.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_a_partner_signed_is_kept_word_for_word_with_who_and_when_and_shown(Databases databases) {
        try (var scene = new Scene(databases)) {
            var signed = scene.endorsement(1);
            var taken = scene.take(signed);
            assertThat(scene.standing()).singleElement().satisfies(one -> {
                assertThat(one).isEqualTo(taken);
                assertThat(one.signed()).isEqualTo(signed.toString());
                assertThat(one.endorser()).isEqualTo("Verband der Löter");
                assertThat(one.comment()).isEqualTo("We hire who holds it.");
            });
            assertThat(actions(scene)).contains("took in an endorsement by");
            refused(() -> scene.take(signed), Problem.Kind.CONFLICT, "here already");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_is_not_valid_or_is_about_something_else_is_refused_and_nothing_is_kept(Databases databases) {
        try (var scene = new Scene(databases)) {
            var world = scene.world;
            var there = world.database.inTransaction(
                    db -> TenantStore.findOrCreate(db, "there", "There", ZoneId.of("UTC"), Instant.EPOCH)
                            .id());
            var wrong = new HashMap<String, ObjectNode>();
            var place = world.credentials.addresses();
            wrong.put("never published", scene.endorsement(2));
            wrong.put("achievement of yours", scene.partner.endorsement(place.achievement(there, SOLDERING, 1)));
            wrong.put("of yours", scene.partner.endorsement("https://elsewhere.example/achievements/1"));
            var badge = scene.partner.credential();
            ((ObjectNode) badge.get("credentialSubject")).put("id", place.achievement(world.tenant, SOLDERING, 1));
            wrong.put("subject’s id", badge);
            var own = scene.endorsement(1);
            var issuer = world.database.inTransaction(db -> IssuerStore.get(db, world.tenant));
            ((ObjectNode) own.get("issuer")).put("id", place.issuer(issuer.id()));
            wrong.put("by the institution itself", own);
            wrong.forEach((why, text) -> refused(() -> scene.take(text), Problem.Kind.UNPROCESSABLE, why));
            scene.verdict = Verdict.EXPIRED;
            refused(() -> scene.take(scene.endorsement(1)), Problem.Kind.UNPROCESSABLE, "What was found.");
            assertThat(scene.standing()).isEmpty();
            assertThat(actions(scene)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_the_partner_revokes_is_shown_no_longer_from_the_next_day_on_and_for_good(Databases databases) {
        try (var scene = new Scene(databases)) {
            scene.take(scene.endorsement(1));
            scene.verdict = Verdict.REVOKED;
            assertThat(scene.endorsements.recheck()).isZero();
            scene.world.clock.advance(Duration.ofHours(25));
            assertThat(scene.endorsements.recheck()).isEqualTo(1);
            assertThat(scene.standing()).isEmpty();
            scene.verdict = Verdict.VALID;
            scene.world.clock.advance(Duration.ofHours(25));
            assertThat(scene.endorsements.recheck()).isZero();
            assertThat(scene.standing()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void where_the_partner_cannot_be_asked_it_is_believed_for_thirty_days(Databases databases) {
        try (var scene = new Scene(databases)) {
            scene.take(scene.endorsement(1));
            scene.verdict = Verdict.UNCHECKED;
            scene.world.clock.advance(Duration.ofDays(29));
            scene.endorsements.recheck();
            assertThat(scene.standing()).hasSize(1);
            scene.world.clock.advance(Duration.ofDays(1));
            assertThat(scene.standing()).isEmpty();
            scene.verdict = Verdict.VALID;
            scene.world.clock.advance(Duration.ofHours(2));
            scene.endorsements.recheck();
            assertThat(scene.standing()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_is_over_or_withdrawn_or_of_another_version_is_not_shown(Databases databases) {
        try (var scene = new Scene(databases)) {
            var ending = scene.endorsement(1);
            ending.put("validUntil", scene.world.clock.instant().plusSeconds(60).toString());
            scene.take(ending);
            var lasting = scene.take(scene.endorsement(1));
            assertThat(scene.standing()).hasSize(2);
            scene.world.clock.advance(Duration.ofSeconds(60));
            assertThat(scene.standing()).containsExactly(lasting);
            List<Endorsement> ofNext = scene.world.database.inTransaction(
                    db -> EndorsementStore.standing(db, scene.world.tenant, SOLDERING, 2, scene.world.clock.instant()));
            assertThat(ofNext).isEmpty();
            refused(
                    () -> scene.endorsements.withdraw(TenantId.fresh(), lasting.id(), scene.operator),
                    Problem.Kind.NOT_FOUND,
                    "no such");
            assertThat(scene.standing()).hasSize(1);
            scene.endorsements.withdraw(scene.world.tenant, lasting.id(), scene.operator);
            assertThat(scene.standing()).isEmpty();
            refused(
                    () -> scene.endorsements.withdraw(scene.world.tenant, lasting.id(), scene.operator),
                    Problem.Kind.NOT_FOUND,
                    "no such");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void the_institution_s_own_endorsements_have_bits_of_their_own_and_only_what_is_revoked_is_set(
            Databases databases) {
        try (var scene = new Scene(databases)) {
            var world = scene.world;
            var praise = new Endorsing.Praise("https://partner.example/a/1", "Löten", "Good.", null);
            var first = scene.endorsements.give(world.tenant, praise, scene.operator);
            var second = scene.endorsements.give(world.tenant, praise, scene.operator);
            assertThat(List.of(first.index(), second.index())).containsExactly(0, 1);
            refused(
                    () -> scene.endorsements.revoke(TenantId.fresh(), second.id(), scene.operator),
                    Problem.Kind.NOT_FOUND,
                    "no such");
            scene.endorsements.revoke(world.tenant, second.id(), scene.operator);
            var given = world.database.inTransaction(db -> scene.endorsements.given(db, world.tenant, 9));
            assertThat(given).filteredOn(one -> one.revokedAt() != null).hasSize(1);
            assertThat(actions(scene)).contains("endorsed", "revoked an endorsement");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_cannot_be_signed_so_that_everybody_reads_it_alike_is_refused(Databases databases) {
        try (var scene = new Scene(databases)) {
            for (var subject :
                    Set.of("", "a/1", "https://a b", "javascript:alert(1)", "https://a.example/\"x", "urn:ü")) {
                refused(
                        () -> new Endorsing.Praise(subject, "Name", "Good.", null),
                        Problem.Kind.UNPROCESSABLE,
                        "whole address");
            }
            var ours = new Endorsing.Praise("https://cairn.example.edu/issuers/1", "Us", "Good.", null);
            refused(
                    () -> scene.endorsements.give(scene.world.tenant, ours, scene.operator),
                    Problem.Kind.UNPROCESSABLE,
                    "of theirs");
            var over = new Endorsing.Praise("did:web:a.example", "A", "Good.", scene.world.clock.instant());
            refused(
                    () -> scene.endorsements.give(scene.world.tenant, over, scene.operator),
                    Problem.Kind.UNPROCESSABLE,
                    "future");
        }
    }

    private static List<String> actions(Scene scene) {
        return scene.world.database.inTransaction(
                db -> db.fetchValues("select action from operator_action order by taken_at").stream()
                        .map(String::valueOf)
                        .toList());
    }

    private static void refused(ThrowingCallable call, Problem.Kind kind, String why) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.kind()).isEqualTo(kind);
            assertThat(problem.sentence()).contains(why);
        });
    }
}
