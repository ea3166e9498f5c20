package org.cairn.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.cairn.db.Database;

/** The databases that every store test runs on. Each opening is fresh, migrated and empty. */
public enum Databases {
    H2 {
        @Override
        public Database open() {
            return Database.open(
                    "jdbc:h2:mem:test" + NUMBER.incrementAndGet()
                            + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=10000",
                    "cairn",
                    "");
        }
    },
    POSTGRES {
        @Override
        public Database open() {
            return Database.open(postgres(), "postgres", "postgres");
        }
    };

    private static final AtomicInteger NUMBER = new AtomicInteger();

    static {
        PooledKeys.install();
    }

    public abstract Database open();

    /** The URL of a fresh, migrated and empty PostgreSQL database. */
    public static String postgres() {
        String name = "test" + NUMBER.incrementAndGet();
        try (var connection = Server.ONE.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name + " template " + Server.TEMPLATE);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return Server.ONE.getJdbcUrl("postgres", name);
    }

    /** One server for the whole run; its sessions live in a time zone far from the JVM's. */
    private static final class Server {
        static final String TEMPLATE = "migrated";
        static final EmbeddedPostgres ONE = start();

        private static EmbeddedPostgres start() {
            try {
                var server = EmbeddedPostgres.builder()
                        .setServerConfig("timezone", "America/Los_Angeles")
                        .setServerConfig("max_connections", "300")
                        .start();
                try (var connection = server.getPostgresDatabase().getConnection();
                        var statement = connection.createStatement()) {
                    statement.execute("create database " + TEMPLATE);
                }
                Database.open(server.getJdbcUrl("postgres", TEMPLATE), "postgres", "postgres")
                        .close();
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
