package org.cairn.lti;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.cairn.PlatformId;
import org.cairn.db.Database;

/**
 * The registrations, as logins and launches look them up: remembered for a few seconds, since a class opens Cairn at once and a
 * registration changes once a year. A change reaches every node within that time; what is not registered is looked up each time.
 */
final class Platforms {

    static final Duration REMEMBERED = Duration.ofSeconds(5);

    private static final int MOST = 10_000;

    private final Database database;
    private final Cache<PlatformId, Platform> byId;
    private final Cache<String, List<Platform>> byIssuer;

    Platforms(Database database, Clock clock) {
        this.database = database;
        this.byId = remembering(MOST, clock);
        this.byIssuer = remembering(MOST, clock);
    }

    Optional<Platform> find(PlatformId platform) {
        var known = byId.getIfPresent(platform);
        if (known == null) {
            known = database.inTransaction(db -> PlatformStore.find(db, platform))
                    .orElse(null);
            if (known != null) {
                byId.put(platform, known);
            }
        }
        return Optional.ofNullable(known);
    }

    /** Every registration of an issuer: some LMSs share one issuer among all their customers. */
    List<Platform> list(String issuer) {
        var known = byIssuer.getIfPresent(issuer);
        if (known == null) {
            known = database.inTransaction(db -> PlatformStore.list(db, issuer));
            if (!known.isEmpty()) {
                byIssuer.put(issuer, known);
            }
        }
        return known;
    }

    static <K, V> Cache<K, V> remembering(int most, Clock clock) {
        return Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterWrite(REMEMBERED)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }
}
