package org.cairn.lti;

import com.auth0.jwk.InvalidPublicKeyException;
import com.auth0.jwk.Jwk;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.cairn.PlatformId;
import org.cairn.Problem;
import org.cairn.db.Database;
import org.cairn.outbound.Answer;
import org.cairn.outbound.Call;
import org.cairn.outbound.Outbound;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of the LMSs. A set is fresh for as long as the LMS says, within five minutes and a day, and believed for one day more while a
 * newer one cannot be had; a set without a key that can be used is none. An unknown key id makes it be fetched anew, at most once a minute
 * of all nodes together, so that strangers' tokens can neither make us hammer an LMS nor push known keys out. Who asks while a set is
 * fetched gets what comes of it, a failure too, which is told for five seconds more. Safe for many threads.
 */
public final class KeySets {

    private static final Logger LOG = LoggerFactory.getLogger(KeySets.class);
    private static final Duration USUAL = Duration.ofHours(1);
    private static final Duration SHORTEST = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Duration STALE = Duration.ofHours(24);
    private static final Duration PAUSE = Duration.ofSeconds(60);

    /** How often one node asks the database about a key id that it does not know, and how long a fetch may take another node. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private static final int MOST_KEYS = 100;
    private static final int SHORTEST_MODULUS = 2048;

    /** What a signature costs to check grows with the square of the modulus, and with the exponent. */
    private static final int LONGEST_MODULUS = 8192;

    private static final int LONGEST_EXPONENT = 64;
    private static final Pattern MAX_AGE = Pattern.compile("(?i)(?:^|[,\\s])max-age=\"?(\\d{1,9})");
    private static final Pattern NOT_KEPT = Pattern.compile("(?i)(?:^|[,\\s])no-(?:store|cache)(?:$|[,\\s])");
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** {@code lookedAt} is when this node last asked the database. */
    private record KeySet(Map<String, PublicKey> keys, Instant fetchedAt, Instant freshUntil, Instant lookedAt) {

        boolean answers(String kid, Instant now) {
            return keys.containsKey(kid) && now.isBefore(freshUntil);
        }

        KeySet lookedAt(Instant now) {
            return new KeySet(keys, fetchedAt, freshUntil, now);
        }
    }

    private record Failure(Problem problem, Instant until) {}

    private final Database database;
    private final Outbound outbound;
    private final Clock clock;
    private final Map<PlatformId, KeySet> known = new ConcurrentHashMap<>();
    private final Map<PlatformId, Failure> failed = new ConcurrentHashMap<>();
    private final Together<PlatformId, KeySet> asking = new Together<>();

    public KeySets(Database database, Outbound outbound, Clock clock) {
        this.database = database;
        this.outbound = outbound;
        this.clock = clock;
    }

    /** The key of this id. Throws Problem UPSTREAM where the LMS's set has never been read, or not for two days, and cannot be. */
    public Optional<PublicKey> find(Platform platform, String kid) {
        var set = known.get(platform.id());
        if (set == null || isDue(set, kid)) {
            set = asking.get(platform.id(), () -> settle(platform, kid));
        }
        return Optional.ofNullable(set.keys().get(kid));
    }

    /** When the platform's keys were last fetched, and how many there are; empty where never. For the connection doctor. */
    public Optional<Known> known(Platform platform) {
        return database.inTransaction(db -> KeySetStore.find(db, platform.id()))
                .map(row -> set(row, clock.instant()))
                .map(set -> new Known(set.fetchedAt(), set.keys().size()));
    }

    /** Fetches now, whatever is known, and returns how many keys can be used: one at least. Throws Problem UPSTREAM. */
    public int refresh(Platform platform) {
        var now = clock.instant();
        database.inTransaction(db -> KeySetStore.claim(db, platform.id(), now, Duration.ZERO));
        return keep(platform, fetch(platform, now)).keys().size();
    }

    /** What is known of a platform's keys. */
    public record Known(Instant fetchedAt, int keys) {}

    /** Asks, unless another thread has just done so. */
    private KeySet settle(Platform platform, String kid) {
        var set = known.get(platform.id());
        if (set != null && !isDue(set, kid)) {
            return set;
        }
        var failure = failed.get(platform.id());
        if (failure != null && clock.instant().isBefore(failure.until())) {
            throw failure.problem();
        }
        try {
            return keep(platform, ask(platform, kid));
        } catch (Problem problem) {
            failed.put(platform.id(), new Failure(problem, clock.instant().plus(LOOK)));
            throw problem;
        }
    }

    private KeySet keep(Platform platform, KeySet set) {
        known.put(platform.id(), set);
        failed.remove(platform.id());
        return set;
    }

    private boolean isDue(KeySet set, String kid) {
        var now = clock.instant();
        return !set.answers(kid, now) && !now.isBefore(set.lookedAt().plus(LOOK));
    }

    /** Looks what another node may have fetched, and fetches where it is this node's turn. */
    private KeySet ask(Platform platform, String kid) {
        var now = clock.instant();
        var row = database.inTransaction(db -> KeySetStore.find(db, platform.id()));
        var shared = row.map(one -> set(one, now)).orElse(null);
        if (shared != null && shared.answers(kid, now)) {
            return shared;
        }
        boolean isOurTurn = database.inTransaction(db -> KeySetStore.claim(db, platform.id(), now, PAUSE));
        try {
            if (isOurTurn) {
                return fetch(platform, now);
            }
        } catch (Problem problem) {
            LOG.warn("key set of {} not refreshed: {}", platform.id(), problem.code());
            if (shared == null) {
                throw unreachable(problem.sentence());
            }
        }
        if (shared == null
                && row.map(one -> now.isBefore(one.triedAt().plus(LOOK))).orElse(true)) {
            shared = await(platform);
        }
        if (shared == null || !now.isBefore(shared.freshUntil().plus(STALE))) {
            throw unreachable("");
        }
        return shared;
    }

    /** Another node is fetching the first set at this moment, or has just tried in vain: a little patience tells which. */
    private @Nullable KeySet await(Platform platform) {
        try {
            for (int i = 0; i < 20; i++) {
                Thread.sleep(100);
                var set = database.inTransaction(db -> KeySetStore.find(db, platform.id()))
                        .map(row -> set(row, clock.instant()));
                if (set.isPresent()) {
                    return set.get();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    private static Problem unreachable(String why) {
        return new Problem(
                Problem.Kind.UPSTREAM,
                "key_set_unreachable",
                ("The keys of your LMS could not be fetched; try again in a minute. " + why).strip());
    }

    private static @Nullable KeySet set(KeySetStore.Row row, Instant now) {
        var body = row.body();
        var fetchedAt = row.fetchedAt();
        var freshUntil = row.freshUntil();
        return body == null || fetchedAt == null || freshUntil == null
                ? null
                : new KeySet(parse(body), fetchedAt, freshUntil, now);
    }

    private KeySet fetch(Platform platform, Instant now) {
        var answer = outbound.send(Call.get(platform.keySet(), "application/json"));
        if (!answer.isSuccess()) {
            throw new Problem(
                    Problem.Kind.UPSTREAM,
                    "key_set_refused",
                    "%s answered with status %d.".formatted(platform.keySet().getHost(), answer.status()));
        }
        var body = new String(answer.body(), StandardCharsets.UTF_8);
        var keys = parse(body);
        if (keys.isEmpty()) {
            throw new Problem(
                    Problem.Kind.UPSTREAM, "key_set_empty", "The LMS's key set holds no key that Cairn can use.");
        }
        var set = new KeySet(keys, now, now.plus(freshness(answer)), now);
        database.inTransaction(db -> {
            KeySetStore.save(db, platform.id(), body, set.fetchedAt(), set.freshUntil());
            return null;
        });
        return set;
    }

    private static Duration freshness(Answer answer) {
        var wishes = String.join(",", answer.headers("cache-control"));
        if (NOT_KEPT.matcher(wishes).find()) {
            return SHORTEST;
        }
        var found = MAX_AGE.matcher(wishes);
        return found.find()
                ? Duration.ofSeconds(
                        Math.clamp(Long.parseLong(found.group(1)), SHORTEST.toSeconds(), LONGEST.toSeconds()))
                : USUAL;
    }

    /** The keys of a set that can be used; of two with one id, the first. Throws Problem UPSTREAM where it is no JSON. */
    static Map<String, PublicKey> parse(String body) {
        try {
            var set = JSON.readValue(body, new TypeReference<Map<String, Object>>() {});
            var keys = new HashMap<String, PublicKey>();
            if (set != null && set.get("keys") instanceof List<?> list) {
                list.stream().limit(MOST_KEYS).forEach(entry -> add(keys, entry));
            }
            return Map.copyOf(keys);
        } catch (IOException e) {
            throw new Problem(Problem.Kind.UPSTREAM, "key_set_unreadable", "The key set is not JSON.");
        }
    }

    // A key that we cannot read (another type, another use, too short or too long) does not spoil the others.
    @SuppressWarnings("unchecked")
    private static void add(Map<String, PublicKey> keys, Object entry) {
        try {
            var jwk = Jwk.fromValues((Map<String, Object>) entry);
            if (jwk.getId() != null
                    && !"enc".equals(jwk.getUsage())
                    && jwk.getPublicKey() instanceof RSAPublicKey rsa
                    && isOfUse(rsa)
                    && keys.putIfAbsent(jwk.getId(), rsa) != null) {
                LOG.warn("a key set names two keys by one id; the first of them counts");
            }
        } catch (InvalidPublicKeyException | RuntimeException e) {
            LOG.debug("a key was left out: {}", e.getClass().getSimpleName());
        }
    }

    private static boolean isOfUse(RSAPublicKey key) {
        int modulus = key.getModulus().bitLength();
        return modulus >= SHORTEST_MODULUS
                && modulus <= LONGEST_MODULUS
                && key.getPublicExponent().bitLength() <= LONGEST_EXPONENT;
    }
}
