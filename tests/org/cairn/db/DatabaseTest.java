package org.cairn.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cairn.db.schema.Tables.TENANT;

import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.cairn.TenantId;
import org.cairn.people.TenantStore;
import org.cairn.testing.Databases;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseTest {

    @ParameterizedTest
    @EnumSource(Databases.class)
    void of_what_fails_nothing_is_kept_and_the_connection_is_good_for_the_next(Databases databases) {
        try (var database = databases.open()) {
            for (int i = 0; i < 40; i++) {
                assertThatThrownBy(() -> database.inTransaction(db -> {
                            institution(db, "here");
                            throw new IllegalStateException("no");
                        }))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("no");
            }
            assertThat(institutions(database)).isEmpty();
            database.inTransaction(db -> institution(db, "here"));
            assertThat(institutions(database)).containsExactly("here");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_row_that_somebody_else_wrote_meanwhile_is_met_by_doing_all_of_it_again(Databases databases) {
        try (var database = databases.open()) {
            var tries = new AtomicInteger();
            database.inTransaction(db -> {
                boolean isThere = db.fetchExists(TENANT, TENANT.SLUG.eq("here"));
                if (tries.incrementAndGet() == 1) {
                    database.inTransaction(other -> institution(other, "here"));
                }
                return isThere ? null : insert(db, "here");
            });
            assertThat(tries).hasValue(2);
            assertThat(institutions(database)).containsExactly("here");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_never_passes_is_tried_four_times_and_told(Databases databases) {
        try (var database = databases.open()) {
            database.inTransaction(db -> institution(db, "here"));
            var tries = new AtomicInteger();
            assertThatThrownBy(() -> database.inTransaction(db -> {
                        tries.incrementAndGet();
                        return insert(db, "here");
                    }))
                    .isInstanceOf(DataAccessException.class);
            assertThat(tries).hasValue(4);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_statement_by_itself_is_kept_as_it_ends_and_leaves_its_connection_to_transactions(Databases databases) {
        try (var database = databases.open()) {
            for (int i = 0; i < 40; i++) {
                var slug = "institution-" + i;
                var seen = database.inStatement(db -> {
                    insert(db, slug);
                    return institutions(database);
                });
                assertThat(seen).contains(slug);
                assertThatThrownBy(() -> database.inTransaction(db -> {
                            institution(db, "here");
                            throw new IllegalStateException("no");
                        }))
                        .isInstanceOf(IllegalStateException.class);
            }
            assertThat(institutions(database)).hasSize(40).doesNotContain("here");
        }
    }

    @Test
    void to_begin_a_transaction_asks_the_database_nothing() throws SQLException {
        try (var database = Databases.POSTGRES.open()) {
            use(database, 4);
            database.inTransaction(db -> {
                try (var beside = database.source().getConnection();
                        var asked = beside.createStatement()
                                .executeQuery("select query from pg_stat_activity where datname = current_database()"
                                        + " and pid <> pg_backend_pid()")) {
                    var last = new ArrayList<String>();
                    while (asked.next()) {
                        last.add(asked.getString(1));
                    }
                    assertThat(last).isNotEmpty().allMatch(query -> query.equals("COMMIT"));
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
                return null;
            });
        }
    }

    /** So many connections at once, each for a statement. */
    private static void use(Database database, int connections) {
        if (connections > 0) {
            database.inTransaction(db -> {
                db.selectOne().fetch();
                use(database, connections - 1);
                return null;
            });
        }
    }

    private static Object institution(DSLContext db, String slug) {
        return TenantStore.findOrCreate(db, slug, slug, ZoneId.of("Europe/Vienna"), Instant.EPOCH);
    }

    private static Object insert(DSLContext db, String slug) {
        return db.insertInto(TENANT)
                .set(TENANT.ID, TenantId.fresh())
                .set(TENANT.SLUG, slug)
                .set(TENANT.NAME, slug)
                .set(TENANT.TIME_ZONE, "Europe/Vienna")
                .set(TENANT.CREATED_AT, Instant.EPOCH)
                .execute();
    }

    private static List<String> institutions(Database database) {
        return database.inTransaction(db -> db.select(TENANT.SLUG).from(TENANT).fetch(TENANT.SLUG));
    }
}
