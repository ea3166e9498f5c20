package org.cairn.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cairn.db.schema.Tables.TENANT;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.cairn.TenantId;
import org.cairn.people.TenantStore;
import org.cairn.testing.Databases;
import org.jooq.Param;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PreparedTest {

    private static final Instant NOW = Instant.parse("2026-01-01T08:00:00Z");
    private static final Param<TenantId> ID = param("id", TENANT.ID.getDataType());
    private static final Param<Instant> SINCE = param("since", TENANT.CREATED_AT.getDataType());

    private static final Prepared FIND = new Prepared(
            select(TENANT.SLUG).from(TENANT).where(TENANT.ID.eq(ID), TENANT.CREATED_AT.ge(SINCE)), ID, SINCE);

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_statement_that_is_written_once_asks_with_the_values_of_each_time(Databases databases) {
        try (var database = databases.open()) {
            database.inTransaction(db -> {
                var zone = ZoneId.of("Europe/Vienna");
                var here =
                        TenantStore.findOrCreate(db, "here", "Here", zone, NOW).id();
                var there = TenantStore.findOrCreate(db, "there", "There", zone, NOW)
                        .id();
                for (var one : List.of(here, there, here)) {
                    assertThat(FIND.fetch(db, List.of(TENANT.SLUG), one, NOW).getValues(TENANT.SLUG))
                            .containsExactly(one.equals(here) ? "here" : "there");
                }
                assertThat(FIND.fetch(db, List.of(TENANT.SLUG), here, NOW.plusSeconds(1)))
                        .isEmpty();
                assertThatThrownBy(() -> FIND.fetch(db, List.of(TENANT.SLUG), here))
                        .hasStackTraceContaining("of 2 parameters was given 1 values");
                return null;
            });
        }
    }

    @Test
    void parameters_in_another_order_than_the_statement_s_are_refused() {
        var query = select(TENANT.SLUG).from(TENANT).where(TENANT.ID.eq(ID), TENANT.CREATED_AT.ge(SINCE));
        assertThatThrownBy(() -> new Prepared(query, SINCE, ID)).isInstanceOf(IllegalArgumentException.class);
    }
}
