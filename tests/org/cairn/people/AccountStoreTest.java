package org.cairn.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.cairn.PlatformId;
import org.cairn.TenantId;
import org.cairn.testing.Databases;
import org.cairn.testing.SettableClock;
import org.jooq.DSLContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccountStoreTest {

    private static final Instant NOW = SettableClock.START;

    private final PlatformId moodle = PlatformId.fresh();
    private final PlatformId canvas = PlatformId.fresh();

    @ParameterizedTest
    @EnumSource(Databases.class)
    void the_same_sub_is_another_account_on_another_platform_and_in_another_tenant(Databases databases) {
        try (var database = databases.open()) {
            var found = database.inTransaction(db -> {
                var here = tenant(db, "here");
                var there = tenant(db, "there");
                var ada = List.of(new Person("7", "Ada", false));
                return List.of(
                        AccountStore.findOrCreate(db, here, moodle, ada, NOW).get("7"),
                        AccountStore.findOrCreate(db, here, canvas, ada, NOW).get("7"),
                        AccountStore.findOrCreate(db, there, moodle, ada, NOW).get("7"));
            });
            assertThat(found).extracting(Account::id).doesNotHaveDuplicates();
            assertThat(found).extracting(Account::learner).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_second_look_finds_the_same_account_and_keeps_the_newest_name(Databases databases) {
        try (var database = databases.open()) {
            database.inTransaction(db -> {
                var here = tenant(db, "here");
                var first = AccountStore.findOrCreate(db, here, moodle, List.of(Person.unnamed("7")), NOW)
                        .get("7");
                var second = AccountStore.findOrCreate(db, here, moodle, List.of(new Person("7", "Ada", false)), NOW)
                        .get("7");
                var third = AccountStore.findOrCreate(db, here, moodle, List.of(Person.unnamed("7")), NOW)
                        .get("7");
                assertThat(second.id()).isEqualTo(first.id());
                assertThat(first.name()).isNull();
                assertThat(second.name()).isEqualTo("Ada");
                assertThat(third).isEqualTo(second);
                return null;
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_account_is_not_found_from_another_tenant(Databases databases) {
        try (var database = databases.open()) {
            database.inTransaction(db -> {
                var here = tenant(db, "here");
                var there = tenant(db, "there");
                var ada = AccountStore.findOrCreate(db, here, moodle, List.of(Person.unnamed("7")), NOW)
                        .get("7");
                assertThat(AccountStore.find(db, here, ada.id())).contains(ada);
                assertThat(AccountStore.find(db, there, ada.id())).isEmpty();
                assertThat(AccountStore.list(db, there, List.of(ada.id()))).isEmpty();
                assertThat(AccountStore.ofLearners(db, there, List.of(ada.learner())))
                        .isEmpty();
                return null;
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void eight_threads_that_meet_somebody_new_at_once_make_one_account(Databases databases) throws Exception {
        try (var database = databases.open();
                var threads = Executors.newFixedThreadPool(8)) {
            var here = database.inTransaction(db -> tenant(db, "here"));
            for (int round = 0; round < 20; round++) {
                var sub = "new-" + round;
                Callable<Account> meet = () -> database.inTransaction(
                        db -> AccountStore.findOrCreate(db, here, moodle, List.of(Person.unnamed(sub)), NOW)
                                .get(sub));
                var met = new ArrayList<Account>();
                for (var one : threads.invokeAll(java.util.Collections.nCopies(8, meet))) {
                    met.add(one.get());
                }
                assertThat(met)
                        .extracting(Account::id)
                        .containsOnly(met.getFirst().id());
            }
        }
    }

    private static TenantId tenant(DSLContext db, String slug) {
        return TenantStore.findOrCreate(db, slug, slug, ZoneId.of("Europe/Vienna"), NOW)
                .id();
    }
}
