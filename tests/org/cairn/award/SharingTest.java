package org.cairn.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cairn.AccountId;
import org.cairn.AwardId;
import org.cairn.CredentialId;
import org.cairn.LearnerId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.openbadges.Credential;
import org.cairn.openbadges.Disclosure;
import org.cairn.openbadges.SharedLink;
import org.cairn.openbadges.SharedLinks;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A learner decides what her signed forms tell, who sees them, and for how long. */
class SharingTest {

    private static final Duration MONTH = Duration.ofDays(30);

    @ParameterizedTest
    @EnumSource(Databases.class)
    void each_form_tells_what_was_chosen_and_nothing_else_and_is_made_once(Databases databases) {
        try (var her = new Her(databases)) {
            var ids = new HashSet<CredentialId>();
            var subjects = new HashSet<String>();
            for (boolean grades : List.of(true, false)) {
                for (boolean evidence : List.of(true, false)) {
                    for (var name : new String[] {null, "Ada Lovelace"}) {
                        var form = her.form(new Disclosure(grades, evidence, name));
                        assertTells(form, grades, evidence, name);
                        ids.add(form.id());
                        subjects.add(form.document().at("/credentialSubject/id").asText());
                        assertThat(her.form(new Disclosure(grades, evidence, name))
                                        .id())
                                .isEqualTo(form.id());
                    }
                }
            }
            assertThat(ids).hasSize(8);
            assertThat(subjects).hasSize(8);
            assertThat(her.forms()).hasSize(8).noneMatch(Credential::isShown);
        }
    }

    private static void assertTells(Credential form, boolean grades, boolean evidence, String name) {
        var text = form.document().toString();
        assertThat(text.contains("91.25")).as(text).isEqualTo(grades);
        assertThat(form.document().path("credentialSubject").has("result")).isEqualTo(grades);
        assertThat(form.document()
                        .at("/credentialSubject/achievement/resultDescription/0/requiredValue")
                        .textValue())
                .isEqualTo(grades ? "70" : null);
        assertThat(form.document().has("evidence")).isEqualTo(evidence);
        assertThat(text.contains("\"evaluation\":{\"at\"")).isEqualTo(evidence);
        assertThat(text.contains("Ada Lovelace")).isEqualTo(name != null);
        assertThat(form.document()
                        .at("/credentialSubject/identifier/0/identityHash")
                        .textValue())
                .isEqualTo(name);
    }

    @Test
    void without_how_it_was_earned_a_stack_does_not_tell_what_counted() {
        try (var world = new World(Databases.H2)) {
            world.define(Map.of(
                    "named", "{'score':'quiz','atLeast':50}",
                    "counted", "{'score':'quiz','atLeast':60}",
                    "stack", "{'allOf':[{'holds':'named'},{'sum':'ects','atLeast':2}]}"));
            world.grade("ada", "quiz", 91);
            var her = new Her(world, "stack");
            assertThat(her.form(new Disclosure(false, true, null)).document().toString())
                    .contains("/counted/1", "/named/1");
            assertThat(her.form(new Disclosure(false, false, null)).document().toString())
                    .contains("/named/1")
                    .doesNotContain("/counted/1");
            refused(her.formOf(new Disclosure(true, true, null)), "no_grade");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_link_is_open_until_its_time_is_over_or_she_ends_it(Databases databases) {
        try (var her = new Her(databases)) {
            var form = her.usual();
            var week = her.link(form.id(), " For Acme ", Duration.ofDays(7));
            var month = her.link(form.id(), "", MONTH);
            assertThat(week).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(month);
            assertThat(her.open()).extracting(SharedLink::note).containsExactlyInAnyOrder("For Acme", "");
            assertThat(her.find(week).credential()).isEqualTo(form.id());
            her.end(her.find(month).id());
            assertThat(her.isOpen(month)).isFalse();
            assertThat(her.isOpen(week)).isTrue();
            refused(() -> her.end(her.find(month).id()), "link_unknown");
            her.world.clock.advance(Duration.ofDays(7));
            assertThat(her.isOpen(week)).isFalse();
            assertThat(her.open()).isEmpty();
            assertThat(her.sweep()).isZero();
            her.world.clock.advance(Duration.ofDays(366).plusSeconds(1));
            assertThat(her.sweep()).isEqualTo(1);
            her.world.clock.advance(MONTH);
            assertThat(her.sweep()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void nobody_else_shares_shows_or_ends_what_is_hers(Databases databases) {
        try (var her = new Her(databases)) {
            var form = her.usual().id();
            her.link(form, "", MONTH);
            var link = her.open().getFirst().id();
            her.world.grade("eve", "quiz", 99);
            var eve = new Her(her.world, "soldering", "eve");
            for (var stranger : List.of(
                    new Asking(her.world.tenant, eve.learner, her.award),
                    new Asking(her.world.tenant, eve.learner, eve.award),
                    new Asking(TenantId.fresh(), her.learner, her.award))) {
                refused(() -> her.sharing.show(stranger.tenant, stranger.learner, stranger.award, form, true));
                refused(() -> her.sharing.link(stranger.tenant, stranger.learner, stranger.award, form, "", MONTH));
                refused(() -> her.sharing.end(stranger.tenant, stranger.learner, stranger.award, link));
                refused(() -> her.world.database.inTransaction(
                        db -> her.sharing.form(db, stranger.tenant, stranger.learner, stranger.award, form)));
                assertThat(her.sharing.rename(stranger.tenant, stranger.learner, "Eve"))
                        .isZero();
            }
            assertThat(her.forms()).noneMatch(Credential::isShown);
            assertThat(her.open()).hasSize(1);
            assertThat(eve.open()).isEmpty();
        }
    }

    private record Asking(TenantId tenant, LearnerId learner, AwardId award) {}

    @Test
    void what_is_held_or_revoked_is_shared_no_more_and_what_was_shared_can_be_ended() {
        try (var her = new Her(Databases.H2)) {
            var form = her.usual().id();
            her.show(form, true);
            her.link(form, "", MONTH);
            var secret = her.link(form, "", MONTH);
            Consumer<String> assertRefused = code -> {
                refused(() -> her.form(new Disclosure(true, true, null)), code);
                refused(() -> her.link(form, "", MONTH), code);
                refused(() -> her.show(form, true), code);
            };
            her.world.awarding.suspend(her.world.tenant, her.award, AccountId.fresh(), "Why");
            assertRefused.accept("award_held");
            her.end(her.find(secret).id());
            her.world.awarding.revoke(her.world.tenant, her.award, AccountId.fresh(), "So");
            assertRefused.accept("award_revoked");
            her.show(form, false);
            assertThat(her.forms()).noneMatch(Credential::isShown);
            her.end(her.open().getFirst().id());
            assertThat(her.open()).isEmpty();
        }
    }

    @Test
    void a_link_has_a_note_that_is_short_and_a_life_that_ends_and_there_are_not_too_many() {
        try (var her = new Her(Databases.H2)) {
            var form = her.usual().id();
            refused(() -> her.link(form, "x".repeat(201), MONTH), "link_note");
            refused(() -> her.link(form, "a\u0000b", MONTH), "link_note");
            for (int days : new int[] {0, -1, 367, 1_000_000}) {
                refused(() -> her.link(form, "", Duration.ofDays(days)), "link_life");
            }
            refused(() -> her.link(CredentialId.fresh(), "", MONTH), "award_unknown");
            for (int i = 0; i < SharedLinks.MOST; i++) {
                her.link(form, "x".repeat(200), Duration.ofDays(366));
            }
            refused(() -> her.link(form, "", MONTH), "too_many_links");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_corrected_name_is_a_re_issue_of_every_form_that_names_her_and_of_no_other(Databases databases) {
        try (var her = new Her(databases)) {
            her.world.define("welding", "{'score':'quiz','atLeast':80}");
            her.world.grade("ada", "quiz", 91.25);
            var other = new Her(her.world, "welding");
            var named = her.form(new Disclosure(false, true, "Ada Byron"));
            var also = other.form(new Disclosure(true, false, "Ada Byron"));
            var plain = her.usual();
            her.world.awarding.revoke(her.world.tenant, other.award, AccountId.fresh(), "So");
            her.world.clock.advance(MONTH);
            assertThat(her.sharing.rename(her.world.tenant, her.learner, "Ada Lovelace"))
                    .isEqualTo(1);
            var anew = her.form(new Disclosure(false, true, "Ada Lovelace"));
            assertThat(anew.id()).isEqualTo(named.id());
            assertThat(anew.validFrom()).isEqualTo(her.world.clock.instant());
            assertThat(anew.told().name()).isEqualTo("Ada Lovelace");
            assertThat(anew.document().toString()).contains("Ada Lovelace").doesNotContain("Byron");
            assertThat(anew.document().at("/credentialSubject/id"))
                    .isEqualTo(named.document().at("/credentialSubject/id"));
            assertThat(anew.document().get("credentialStatus"))
                    .isEqualTo(named.document().get("credentialStatus"));
            assertThat(her.forms()).contains(plain);
            assertThat(other.forms()).anyMatch(one -> one.jwt().equals(also.jwt()));
            assertThat(her.sharing.rename(her.world.tenant, her.learner, "Ada Lovelace"))
                    .isZero();
        }
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.NOT_FOUND));
    }

    private static void refused(ThrowingCallable call, String code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    /** A learner with an award. */
    private static final class Her implements AutoCloseable {

        private final World world;
        private final Sharing sharing;
        private final LearnerId learner;
        private final AwardId award;

        Her(Databases databases) {
            this(soldering(databases), "soldering");
        }

        Her(World world, String achievement) {
            this(world, achievement, "ada");
        }

        Her(World world, String achievement, String sub) {
            this.world = world;
            this.sharing = new Sharing(world.database, world.catalogues, world.credentials, world.clock);
            this.learner = world.learner(sub);
            this.award = world.database.inTransaction(db -> AwardStore.list(db, world.tenant, learner)).stream()
                    .filter(one -> one.achievement().value().equals(achievement))
                    .findFirst()
                    .orElseThrow()
                    .id();
        }

        private static World soldering(Databases databases) {
            var world = new World(databases);
            world.define("soldering", "{'score':'quiz','atLeast':70}");
            world.grade("ada", "quiz", new BigDecimal("91.25").doubleValue());
            return world;
        }

        Credential form(Disclosure wish) {
            return sharing.form(world.tenant, learner, award, wish);
        }

        ThrowingCallable formOf(Disclosure wish) {
            return () -> form(wish);
        }

        List<Credential> forms() {
            return world.database.inTransaction(db -> world.credentials.list(db, world.tenant, List.of(award)));
        }

        Credential usual() {
            return forms().stream().filter(Credential::isUsual).findFirst().orElseThrow();
        }

        void show(CredentialId form, boolean isShown) {
            sharing.show(world.tenant, learner, award, form, isShown);
        }

        String link(CredentialId form, String note, Duration life) {
            return sharing.link(world.tenant, learner, award, form, note, life);
        }

        void end(String link) {
            sharing.end(world.tenant, learner, award, link);
        }

        List<SharedLink> open() {
            var ids = forms().stream().map(Credential::id).toList();
            return world.database.inTransaction(db -> SharedLinks.open(db, world.tenant, ids, world.clock.instant()));
        }

        SharedLink find(String secret) {
            return world.database
                    .inTransaction(db -> SharedLinks.find(db, secret))
                    .orElseThrow();
        }

        boolean isOpen(String secret) {
            return find(secret).isOpen(world.clock.instant());
        }

        int sweep() {
            return world.database.inTransaction(db -> SharedLinks.sweep(db, world.clock.instant()));
        }

        @Override
        public void close() {
            world.close();
        }
    }
}
