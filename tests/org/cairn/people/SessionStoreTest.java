package org.cairn.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.cairn.PlacementId;
import org.cairn.PlatformId;
import org.cairn.SessionId;
import org.cairn.testing.Databases;
import org.cairn.testing.SettableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionStoreTest {

    private static final Instant NOW = SettableClock.START;

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_session_is_found_by_its_id_in_its_own_browser_at_its_own_placement_until_it_expires(Databases databases) {
        try (var database = databases.open()) {
            database.inTransaction(db -> {
                var tenant = TenantStore.findOrCreate(db, "here", "Here", ZoneId.of("Europe/Vienna"), NOW)
                        .id();
                var ada = AccountStore.findOrCreate(db, tenant, PlatformId.fresh(), List.of(Person.unnamed("7")), NOW)
                        .get("7");
                var browser = Browser.fresh();
                var first = PlacementId.fresh();
                var second = PlacementId.fresh();
                var learner = new Session(first, tenant, ada.id(), Role.LEARNER, NOW.plus(Duration.ofHours(1)));
                var teacher = new Session(second, tenant, ada.id(), Role.TEACHER, NOW.plus(Duration.ofHours(1)));
                var studying = SessionId.fresh();
                var teaching = SessionId.fresh();
                assertThat(SessionStore.start(db, studying, browser, learner, NOW))
                        .isTrue();
                assertThat(SessionStore.start(db, teaching, browser, teacher, NOW))
                        .isTrue();

                assertThat(SessionStore.find(db, studying, browser, first, NOW)).contains(learner);
                assertThat(SessionStore.find(db, teaching, browser, second, NOW))
                        .contains(teacher);
                assertThat(SessionStore.find(db, SessionId.fresh(), browser, first, NOW))
                        .isEmpty();
                assertThat(SessionStore.find(db, studying, Browser.fresh(), first, NOW))
                        .isEmpty();
                assertThat(SessionStore.find(db, teaching, browser, first, NOW)).isEmpty();
                assertThat(SessionStore.find(db, studying, browser, first, learner.expiresAt()))
                        .isEmpty();
                assertThat(SessionStore.sweep(db, learner.expiresAt())).isEqualTo(2);
                return null;
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_browser_may_have_several_sessions_at_a_placement_and_nothing_begins_two(Databases databases) {
        try (var database = databases.open()) {
            database.inTransaction(db -> {
                var tenant = TenantStore.findOrCreate(db, "here", "Here", ZoneId.of("Europe/Vienna"), NOW)
                        .id();
                var platform = PlatformId.fresh();
                var people = List.of(Person.unnamed("7"), Person.unnamed("8"));
                var accounts = AccountStore.findOrCreate(db, tenant, platform, people, NOW);
                var browser = Browser.fresh();
                var place = PlacementId.fresh();
                var end = NOW.plus(Duration.ofHours(1));
                var ada = new Session(place, tenant, accounts.get("7").id(), Role.LEARNER, end);
                var alan = new Session(place, tenant, accounts.get("8").id(), Role.TEACHER, end.plusSeconds(1));
                var first = SessionId.fresh();
                var second = SessionId.fresh();
                var spent = SessionId.fresh();
                assertThat(SessionStore.start(db, first, browser, ada, NOW)).isTrue();
                assertThat(SessionStore.start(db, first, browser, alan, NOW)).isFalse();
                assertThat(SessionStore.find(db, first, browser, place, NOW)).contains(ada);
                assertThat(SessionStore.start(db, second, browser, alan, NOW.plusSeconds(1)))
                        .isTrue();
                assertThat(SessionStore.find(db, second, browser, place, NOW)).contains(alan);
                assertThat(SessionStore.find(db, first, browser, place, NOW)).contains(ada);
                assertThat(SessionStore.spend(db, spent, NOW, end)).isTrue();
                assertThat(SessionStore.spend(db, spent, NOW, end)).isFalse();
                assertThat(SessionStore.spend(db, first, NOW, end)).isFalse();
                assertThat(SessionStore.start(db, spent, browser, ada, NOW)).isFalse();
                assertThat(SessionStore.sweep(db, end)).isEqualTo(2);
                assertThat(SessionStore.find(db, second, browser, place, end)).contains(alan);
                assertThat(SessionStore.find(db, spent, browser, place, NOW)).isEmpty();
                return null;
            });
        }
    }

    @Test
    void a_form_token_belongs_to_one_browser_and_one_page() {
        var browser = Browser.fresh();
        assertThat(browser.formToken("here")).isEqualTo(new Browser(browser.secret()).formToken("here"));
        assertThat(browser.formToken("here")).isNotEqualTo(browser.formToken("there"));
        assertThat(browser.formToken("here")).isNotEqualTo(Browser.fresh().formToken("here"));
    }

    @Test
    void a_browser_never_tells_its_secret() {
        var browser = Browser.fresh();
        assertThat(browser.toString()).doesNotContain(browser.secret());
    }
}
