package org.cairn.lti;

import com.auth0.jwk.InvalidPublicKeyException;
import com.auth0.jwk.Jwk;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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
import org.cairn.PlatformId;
import org.cairn.Problem;
import org.cairn.outbound.Outbound;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of the LMSs. A set is kept for an hour, and for longer while a newer one cannot be had; an unknown key id makes it be
 * fetched anew, at most once a minute, so that strangers' tokens cannot make us hammer an LMS or push known keys out. Safe for many
 * threads.
 */
final class KeySets {

    private static final Logger LOG = LoggerFactory.getLogger(KeySets.class);
    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(60);
    private static final int MOST_KEYS = 100;
    private static final ObjectMapper JSON = new ObjectMapper();

    private record KeySet(Map<String, PublicKey> keys, Instant triedAt, Instant fetchedAt) {}

    private final Outbound outbound;
    private final Clock clock;
    private final Map<PlatformId, KeySet> known = new ConcurrentHashMap<>();
    private final Map<PlatformId, Object> fetching = new ConcurrentHashMap<>();

    KeySets(Outbound outbound, Clock clock) {
        this.outbound = outbound;
        this.clock = clock;
    }

    /** The key of this id. Throws Problem UPSTREAM where the LMS's set has never been read and cannot be. */
    Optional<PublicKey> find(Platform platform, String kid) {
        var set = known.get(platform.id());
        if (set == null || isDue(set, kid)) {
            synchronized (fetching.computeIfAbsent(platform.id(), id -> new Object())) {
                set = known.get(platform.id());
                if (set == null || isDue(set, kid)) {
                    set = fetch(platform, set);
                    known.put(platform.id(), set);
                }
            }
        }
        return Optional.ofNullable(set.keys().get(kid));
    }

    private boolean isDue(KeySet set, String kid) {
        var now = clock.instant();
        boolean isWanted =
                !set.keys().containsKey(kid) || now.isAfter(set.fetchedAt().plus(FRESH));
        return isWanted && !now.isBefore(set.triedAt().plus(PAUSE));
    }

    private KeySet fetch(Platform platform, @Nullable KeySet before) {
        var now = clock.instant();
        try {
            return new KeySet(parse(outbound.get(platform.keySet(), "application/json")), now, now);
        } catch (Problem problem) {
            if (before == null) {
                throw new Problem(
                        Problem.Kind.UPSTREAM,
                        "key_set_unreachable",
                        "The keys of your LMS could not be fetched; try again in a minute. " + problem.sentence());
            }
            LOG.warn("key set of {} not refreshed: {}", platform.id(), problem.code());
            return new KeySet(before.keys(), now, before.fetchedAt());
        }
    }

    private static Map<String, PublicKey> parse(byte[] body) {
        try {
            var set = JSON.readValue(body, new TypeReference<Map<String, Object>>() {});
            var keys = new HashMap<String, PublicKey>();
            if (set.get("keys") instanceof List<?> list) {
                list.stream().limit(MOST_KEYS).forEach(entry -> add(keys, entry));
            }
            return Map.copyOf(keys);
        } catch (IOException e) {
            throw new Problem(Problem.Kind.UPSTREAM, "key_set_unreadable", "The key set is not JSON.");
        }
    }

    // A key that we cannot read (another type, another use, too short) does not spoil the others.
    @SuppressWarnings("unchecked")
    private static void add(Map<String, PublicKey> keys, Object entry) {
        try {
            var jwk = Jwk.fromValues((Map<String, Object>) entry);
            if (jwk.getId() != null
                    && !"enc".equals(jwk.getUsage())
                    && jwk.getPublicKey() instanceof RSAPublicKey rsa
                    && rsa.getModulus().bitLength() >= 2048) {
                keys.put(jwk.getId(), rsa);
            }
        } catch (InvalidPublicKeyException | RuntimeException e) {
            LOG.debug("a key was left out: {}", e.getClass().getSimpleName());
        }
    }
}
