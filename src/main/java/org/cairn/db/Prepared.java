package org.cairn.db;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.SQLDialect;
import org.jspecify.annotations.Nullable;

/**
 * A statement that runs with every launch: jOOQ writes its SQL once for each dialect, which is most of what a short statement costs, and
 * reads its rows. Safe for many threads.
 */
public final class Prepared {

    private final Query query;
    private final List<Param<?>> parameters;
    private final Map<SQLDialect, String> rendered = new ConcurrentHashMap<>();

    /** {@code parameters} in the order in which they stand in the query, each once. */
    public Prepared(Query query, Param<?>... parameters) {
        this.query = query;
        this.parameters = List.of(parameters);
        if (!names(query.getParams().values()).equals(names(this.parameters))) {
            throw new IllegalArgumentException("The parameters of a statement are given in another order: " + query);
        }
    }

    /** How many rows were written; {@code values} of the parameters, of their types. */
    public int execute(DSLContext db, @Nullable Object... values) {
        return db.connectionResult(connection -> {
            try (var statement = connection.prepareStatement(sql(db))) {
                bind(statement, values);
                return statement.executeUpdate();
            }
        });
    }

    /** The rows, of these fields in this order. */
    public Result<Record> fetch(DSLContext db, Collection<? extends Field<?>> fields, @Nullable Object... values) {
        return db.connectionResult(connection -> {
            try (var statement = connection.prepareStatement(sql(db))) {
                bind(statement, values);
                return db.fetch(statement.executeQuery(), fields.toArray(Field<?>[]::new));
            }
        });
    }

    private static List<@Nullable String> names(Collection<Param<?>> parameters) {
        return parameters.stream()
                .filter(parameter -> !parameter.isInline())
                .map(Param::getParamName)
                .toList();
    }

    private String sql(DSLContext db) {
        return rendered.computeIfAbsent(db.dialect(), dialect -> db.render(query));
    }

    private void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        if (values.length != parameters.size()) {
            throw new IllegalArgumentException(
                    "A statement of %d parameters was given %d values.".formatted(parameters.size(), values.length));
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, kept(parameters.get(i), values[i]));
        }
    }

    /** As the database has it: its own type of an id or of a time. */
    private static <T> @Nullable Object kept(Param<T> parameter, @Nullable Object value) {
        var kept = parameter.getConverter().to(parameter.getType().cast(value));
        // JDBC knows no Instant.
        return kept instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : kept;
    }
}
