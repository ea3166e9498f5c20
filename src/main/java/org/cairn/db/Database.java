package org.cairn.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.cairn.Problem;
import org.flywaydb.core.Flyway;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.ParamCastMode;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jspecify.annotations.Nullable;

/** The database, migrated when opened. Safe for use by many threads. */
public final class Database implements AutoCloseable {

    /**
     * What passes when the transaction is run again: serialization failure, deadlock (both databases), lock timeout (H2), a unique row
     * that another transaction wrote between our look and our insert, and one that it removed because a person was erased, or wrote
     * while we erased her (23503, and 23506 in H2).
     */
    private static final Set<String> PASSING = Set.of("40001", "40P01", "HYT00", "23505", "23503", "23506");

    /** PostgreSQL keeps no NUL in a text. */
    private static final String CHARACTER_REFUSED = "22021";

    private static final int TRIES = 4;

    private final HikariDataSource source;
    private final Configuration jooq;

    private Database(HikariDataSource source, SQLDialect dialect) {
        this.source = source;
        // H2 uses no index for "in (cast(? as uuid), …)": it would read the whole table for each batch.
        var casts = dialect == SQLDialect.H2 ? ParamCastMode.NEVER : ParamCastMode.DEFAULT;
        var settings = new Settings()
                .withExecuteLogging(false)
                .withParamCastMode(casts)
                .withRenderSchema(false)
                .withRenderQuotedNames(RenderQuotedNames.NEVER);
        this.jooq = new DefaultConfiguration().set(dialect).set(settings);
    }

    /** Opens the H2 file {@code cairn} in a folder, made when missing. Each commit is on disk when it returns. */
    public static Database inFolder(Path folder) {
        // WRITE_DELAY=0: without it H2 returns from a commit up to half a second before it is on disk.
        // DB_CLOSE_ON_EXIT=FALSE: without it H2 closes itself under whatever still runs when Cairn is being stopped.
        return open(
                "jdbc:h2:file:" + folder.resolve("cairn").toAbsolutePath()
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;LOCK_TIMEOUT=10000;DB_CLOSE_ON_EXIT=FALSE",
                "cairn",
                "");
    }

    /** Opens a database by its JDBC URL: {@code jdbc:postgresql:…} or {@code jdbc:h2:…}. */
    public static Database open(String url, @Nullable String user, @Nullable String password) {
        boolean postgres = url.startsWith("jdbc:postgresql:");
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(16);
        config.setMinimumIdle(2);
        config.setAutoCommit(false);
        config.setPoolName("cairn");
        var source = pool(config);
        try {
            Flyway.configure()
                    .dataSource(source)
                    .locations(
                            postgres
                                    ? new String[] {"classpath:sql/common", "classpath:sql/postgresql"}
                                    : new String[] {"classpath:sql/common"})
                    .failOnMissingLocations(false)
                    .load()
                    .migrate();
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
        return new Database(source, postgres ? SQLDialect.POSTGRES : SQLDialect.H2);
    }

    /**
     * Runs {@code work} in one transaction and returns its result: all of it is kept, or none. It may run again when the database
     * asks for that (deadlock, a row written meanwhile), so it must do nothing but speak to the database. Throws Problem MALFORMED where
     * a text holds a character that the database refuses.
     */
    public <T> T inTransaction(Function<DSLContext, T> work) {
        return passing(() -> once(work));
    }

    /**
     * Runs one statement, and no more than one, as a transaction by itself, which spares the database two messages of three; otherwise
     * as {@link #inTransaction}.
     */
    public <T> T inStatement(Function<DSLContext, T> statement) {
        return passing(() -> alone(statement));
    }

    /** For db-scheduler, which brings its own statements. */
    public DataSource source() {
        return source;
    }

    @Override
    public void close() {
        source.close();
    }

    private static <T> T passing(Supplier<T> attempt) {
        for (int tried = 1; ; tried++) {
            try {
                return attempt.get();
            } catch (DataAccessException e) {
                if (CHARACTER_REFUSED.equals(state(e))) {
                    throw new Problem(
                            Problem.Kind.MALFORMED,
                            "character_refused",
                            "What was sent holds a character that nothing can be called by (NUL); nothing was kept.");
                }
                if (tried == TRIES || !PASSING.contains(state(e))) {
                    throw e;
                }
            }
        }
    }

    // Not by jOOQ's own transactions: each of them asks the database how it isolates them, which is a message more.
    private <T> T once(Function<DSLContext, T> work) {
        // What was not committed is rolled back as the pool takes the connection back.
        try (var connection = source.getConnection()) {
            var result = work.apply(DSL.using(jooq.derive(connection)));
            connection.commit();
            return result;
        } catch (SQLException e) {
            throw new DataAccessException("A transaction could not be begun or committed.", e);
        }
    }

    private <T> T alone(Function<DSLContext, T> statement) {
        // The pool sets back what is set here.
        try (var connection = source.getConnection()) {
            connection.setAutoCommit(true);
            return statement.apply(DSL.using(jooq.derive(connection)));
        } catch (SQLException e) {
            throw new DataAccessException("A statement could not be run by itself.", e);
        }
    }

    private static HikariDataSource pool(HikariConfig config) {
        try {
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            // H2's error 90020: a file belongs to one process at a time.
            if (e.getCause() instanceof SQLException cause && cause.getErrorCode() == 90020) {
                throw new Problem(
                        Problem.Kind.CONFLICT,
                        "database_in_use",
                        "The database in this data folder is in use by a running Cairn; stop that one first, or use PostgreSQL.");
            }
            throw new Problem(
                    Problem.Kind.UPSTREAM,
                    "database_unreachable",
                    "The database cannot be opened (%s); compare --database-url, --database-user and --database-password."
                            .formatted(
                                    e.getCause() == null
                                            ? e.getMessage()
                                            : e.getCause().getMessage()));
        }
    }

    private static String state(DataAccessException e) {
        SQLException cause = e.getCause(SQLException.class);
        return cause == null || cause.getSQLState() == null ? "" : cause.getSQLState();
    }
}
