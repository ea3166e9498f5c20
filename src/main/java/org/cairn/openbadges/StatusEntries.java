package org.cairn.openbadges;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.cairn.IssuerId;
import org.jooq.DSLContext;

/**
 * Gives each credential a bit of its own in its issuer's status lists, at random, so that neighbours in a list say nothing about
 * who was awarded together. A list is filled to a half; then the next one begins.
 */
final class StatusEntries {

    /** The fewest entries that a list may have (Bitstring Status List 1.0 §2.2). */
    static final int SIZE = 131_072;

    private static final SecureRandom RANDOM = new SecureRandom();

    // Counting thousands of rows for each award would cost more than signing it. That the count lags does no harm.
    private final Cache<IssuerId, Integer> counts = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(1))
            .maximumSize(10_000)
            .build();

    /** So many free entries. Two transactions that choose the same one fail its unique constraint, and Database runs one again. */
    List<Credential.StatusEntry> take(DSLContext db, IssuerId issuer, int wanted) {
        Integer known = counts.getIfPresent(issuer);
        if (known == null) {
            known = CredentialStore.count(db, issuer);
            counts.put(issuer, known);
        }
        int list = known / (SIZE / 2);
        var entries = new ArrayList<Credential.StatusEntry>(wanted);
        while (entries.size() < wanted) {
            var free = candidates(Math.min(3 * (wanted - entries.size()) + 3, 3_000));
            free.removeAll(CredentialStore.taken(db, issuer, list, free));
            entries.forEach(entry -> free.remove(entry.index()));
            free.stream()
                    .limit(wanted - (long) entries.size())
                    .forEach(index -> entries.add(new Credential.StatusEntry(list, index)));
        }
        return entries;
    }

    private static LinkedHashSet<Integer> candidates(int number) {
        var candidates = new LinkedHashSet<Integer>();
        while (candidates.size() < number) {
            candidates.add(RANDOM.nextInt(SIZE));
        }
        return candidates;
    }
}
