package org.cairn.lti.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import org.cairn.PlatformId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.db.Database;
import org.cairn.people.TenantStore;
import org.cairn.testing.Databases;
import org.cairn.testing.SettableClock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InvitationsTest {

    private static final URI URL = URI.create("https://cairn.example.edu");

    private final SettableClock clock = new SettableClock();

    @ParameterizedTest
    @EnumSource(Databases.class)
    void the_link_opens_its_own_invitation_and_the_secret_is_nowhere_in_the_database(Databases databases) {
        try (var database = databases.open()) {
            var here = tenant(database, "here");
            var invitations = new Invitations(database, URL, clock);
            var issued = invitations.create(here, " Our Moodle ", Invitations.USUAL);
            var other = invitations.create(here, "Another", Invitations.USUAL);
            var secret = secret(issued);

            assertThat(issued.link().toString())
                    .matches("https://cairn\\.example\\.edu/lti/register/[A-Za-z0-9_-]{43}");
            assertThat(invitations.open(secret)).isEqualTo(issued.invitation());
            assertThat(issued.invitation().label()).isEqualTo("Our Moodle");
            assertThat(issued.invitation().expiresAt()).isEqualTo(SettableClock.START.plus(Duration.ofDays(7)));
            assertThat(secret(other)).isNotEqualTo(secret);
            assertThat(issued.toString()).doesNotContain(secret);
            assertThat(invitations.list(here).toString()).doesNotContain(secret);
            refused(() -> invitations.open(issued.invitation().id()), "invitation_unknown");
            refused(() -> invitations.open("A".repeat(43)), "invitation_unknown");
            refused(() -> invitations.open(""), "invitation_unknown");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_expired_a_withdrawn_and_a_used_one_are_each_refused_by_their_name(Databases databases) {
        try (var database = databases.open()) {
            var here = tenant(database, "here");
            var invitations = new Invitations(database, URL, clock);
            var withdrawn = invitations.create(here, "Withdrawn", Duration.ofDays(30));
            invitations.withdraw(here, withdrawn.invitation().id());
            var short_ = invitations.create(here, "Short", Duration.ofHours(1));
            clock.advance(Duration.ofHours(1).minusNanos(1_000));
            assertThat(invitations.open(secret(short_)).label()).isEqualTo("Short");
            clock.advance(Duration.ofNanos(1_000));

            refused(() -> invitations.open(secret(short_)), "invitation_expired");
            refused(() -> invitations.open(secret(withdrawn)), "invitation_withdrawn");
            assertThat(use(database, short_)).isFalse();
            assertThat(use(database, withdrawn)).isFalse();
            refused(() -> invitations.withdraw(here, withdrawn.invitation().id()), "invitation_unknown");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void another_tenant_neither_sees_nor_withdraws_it(Databases databases) {
        try (var database = databases.open()) {
            var here = tenant(database, "here");
            var there = tenant(database, "there");
            var invitations = new Invitations(database, URL, clock);
            var ours = invitations.create(here, "Ours", Invitations.USUAL);
            var theirs = invitations.create(there, "Theirs", Invitations.USUAL);

            refused(() -> invitations.withdraw(there, ours.invitation().id()), "invitation_unknown");
            assertThat(invitations.list(here)).containsExactly(ours.invitation());
            assertThat(invitations.list(there)).containsExactly(theirs.invitation());
            invitations.withdraw(here, ours.invitation().id());
            assertThat(invitations.list(here).getFirst().state(clock.instant())).isEqualTo(Invitation.State.WITHDRAWN);
            assertThat(invitations.open(secret(theirs)).label()).isEqualTo("Theirs");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_life_or_a_label_out_of_range_is_refused(Databases databases) {
        try (var database = databases.open()) {
            var here = tenant(database, "here");
            var invitations = new Invitations(database, URL, clock);
            for (var life :
                    new Duration[] {Duration.ZERO, Duration.ofDays(-1), Duration.ofSeconds(59), Duration.ofDays(91)}) {
                refused(() -> invitations.create(here, "Ours", life), "invitation_refused");
            }
            refused(() -> invitations.create(here, "  ", Invitations.USUAL), "invitation_refused");
            refused(() -> invitations.create(here, "x".repeat(256), Invitations.USUAL), "invitation_refused");
            assertThat(invitations.list(here)).isEmpty();
            invitations.create(here, "x".repeat(255), Invitations.LONGEST);
        }
    }

    private boolean use(Database database, Invitations.Issued issued) {
        return database.inTransaction(
                db -> InvitationStore.use(db, issued.invitation(), PlatformId.fresh(), clock.instant()));
    }

    private TenantId tenant(Database database, String slug) {
        return database.inTransaction(
                        db -> TenantStore.findOrCreate(db, slug, slug, ZoneId.of("Europe/Vienna"), clock.instant()))
                .id();
    }

    private static String secret(Invitations.Issued issued) {
        return issued.link().getPath().substring(Invitations.PATH.length());
    }

    private static void refused(Runnable work, String code) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }
}
