package org.cairn.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.cairn.IssuerId;
import org.cairn.Problem;
import org.cairn.db.Database;
import org.cairn.db.schema.tables.records.SigningKeyRecord;
import org.jooq.Configuration;
import org.jooq.DSLContext;

/**
 * Cairn's keys, made when first asked for: one set that it shows to LMSs, and one for each issuer. A retired key signs nothing more
 * and stays published, so that what it signed still verifies. Safe for many threads.
 */
public final class Keys {

    private static final String LTI = "lti";

    /** How long LMSs may go on with keys that they fetched: Moodle and Canvas keep them for a day or so. */
    public static final Duration OVERLAP = Duration.ofHours(48);

    private static final SecureRandom RANDOM = new SecureRandom();

    private record Place(String owner, KeyAlgorithm algorithm) {}

    private final Database database;
    private final MasterKey masterKey;
    private final Clock clock;
    private final Cache<Place, SigningKey> current;

    // Transactions that made a key. They alone see it before it is kept, and may yet roll back.
    private final Cache<Configuration, Boolean> makers =
            Caffeine.newBuilder().weakKeys().build();

    public Keys(Database database, MasterKey masterKey, Clock clock) {
        this.database = database;
        this.masterKey = masterKey;
        this.clock = clock;
        this.current = Caffeine.newBuilder()
                .maximumSize(10_000)
                .expireAfterWrite(Duration.ofMinutes(1))
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    /** The RS256 key that signs what LMSs are sent. */
    public SigningKey ltiKey() {
        var place = new Place(LTI, KeyAlgorithm.RS256);
        var cached = current.getIfPresent(place);
        return cached != null ? cached : database.inTransaction(db -> key(db, place));
    }

    /** The keys that LMSs fetch. */
    public List<PublicSigningKey> ltiKeys() {
        ltiKey();
        return database.inTransaction(db -> {
            var rows = rows(db, new Place(LTI, KeyAlgorithm.RS256));
            var shown = states(rows).stream()
                    .filter(one -> one.state().isPublished())
                    .map(LtiKey::kid)
                    .collect(Collectors.toSet());
            return rows.stream()
                    .filter(row -> shown.contains(row.getKid()))
                    .map(Keys::published)
                    .toList();
        });
    }

    /** An issuer's key of this algorithm, within the transaction that signs with it. */
    public SigningKey issuerKey(DSLContext db, IssuerId issuer, KeyAlgorithm algorithm) {
        return key(db, new Place(owner(issuer), algorithm));
    }

    /** All that an issuer ever signed with and will sign with next, the newest of each algorithm first. */
    public List<IssuerKey> issuerKeys(DSLContext db, IssuerId issuer) {
        issuerKey(db, issuer, KeyAlgorithm.ES256);
        issuerKey(db, issuer, KeyAlgorithm.ED25519);
        var now = clock.instant();
        var keys = new ArrayList<IssuerKey>();
        var signing = EnumSet.noneOf(KeyAlgorithm.class);
        for (var row : KeyStore.list(db, owner(issuer))) {
            var published = published(row);
            // The newest of those that could sign does.
            boolean signs = isActive(row, now) && signing.add(published.algorithm());
            keys.add(new IssuerKey(published, state(row, signs, now), row.getActiveAt(), row.getWithdrawnAt()));
        }
        return keys;
    }

    private static IssuerKey.State state(SigningKeyRecord row, boolean signs, Instant now) {
        if (row.getWithdrawnAt() != null) {
            return IssuerKey.State.WITHDRAWN;
        }
        if (row.getActiveAt().isAfter(now)) {
            return IssuerKey.State.NEXT;
        }
        return signs ? IssuerKey.State.ACTIVE : IssuerKey.State.RETIRED;
    }

    /**
     * Makes an issuer's next key of this algorithm, which is published at once and signs from {@link #OVERLAP} on, when whoever keeps the issuer's
     * document has seen it. Nothing where one is on its way.
     */
    public void rotate(IssuerId issuer, KeyAlgorithm algorithm) {
        var place = new Place(owner(issuer), algorithm);
        database.inTransaction(db -> {
            key(db, place);
            var known = rows(db, place);
            var now = clock.instant();
            boolean isUnderWay = known.stream()
                    .anyMatch(row ->
                            row.getWithdrawnAt() == null && row.getActiveAt().isAfter(now));
            if (!isUnderWay) {
                create(db, place, known.size() + 1, now.plus(OVERLAP));
            }
            return null;
        });
    }

    /**
     * Withdraws a key of an issuer's that somebody else may have: nothing that it signed is to be believed any more, and another one signs from
     * now on; on every node within a minute.
     *
     * @throws Problem NOT_FOUND where the issuer has no such key, or it is withdrawn already
     */
    public void withdraw(DSLContext db, IssuerId issuer, String kid) {
        if (KeyStore.withdraw(db, owner(issuer), kid, clock.instant()) == 0) {
            throw new Problem(
                    Problem.Kind.NOT_FOUND, "key_unknown", "This issuer has no such key; its page lists them.");
        }
        current.invalidateAll();
    }

    /**
     * For who lost the master key: retires every issuer's key that cannot be read with this one, and withdraws those for LMSs; new ones are made when
     * they are needed. What was signed still verifies. Returns how many there were.
     */
    public int replaceUnreadable() {
        int replaced = database.inTransaction(db -> {
            var unreadable = KeyStore.listAll(db).stream()
                    .filter(row -> row.getRetiredAt() == null && row.getWithdrawnAt() == null && !isReadable(row))
                    .toList();
            var now = clock.instant();
            unreadable.forEach(row -> KeyStore.retire(db, row.getKid(), now));
            unreadable.stream()
                    .filter(row -> row.getOwner().equals(LTI))
                    .forEach(row -> KeyStore.withdraw(db, LTI, row.getKid(), now));
            return unreadable.size();
        });
        current.invalidateAll();
        return replaced;
    }

    /** The ids of the issuer's keys that are to be believed of nothing. */
    public List<String> withdrawn(DSLContext db, IssuerId issuer) {
        return KeyStore.list(db, owner(issuer)).stream()
                .filter(row -> row.getWithdrawnAt() != null)
                .map(SigningKeyRecord::getKid)
                .toList();
    }

    private boolean isReadable(SigningKeyRecord row) {
        var place = new Place(row.getOwner(), KeyAlgorithm.valueOf(row.getAlgorithm()));
        return masterKey.find(row.getPrivateKey(), aad(place, row.getKid())).isPresent();
    }

    /**
     * Makes the next key for LMSs and publishes it at once; it signs from {@link #OVERLAP} on, when every LMS has had the time to fetch it,
     * and the one before stays published for as long again. Returns the next one, also where it was made before.
     */
    public LtiKey rotateLti() {
        return database.inTransaction(db -> {
            var place = new Place(LTI, KeyAlgorithm.RS256);
            key(db, place);
            var known = rows(db, place);
            boolean isUnderWay = states(known).stream().anyMatch(one -> one.state() == LtiKey.State.NEXT);
            if (!isUnderWay) {
                create(db, place, known.size() + 1, clock.instant().plus(OVERLAP));
            }
            return states(rows(db, place)).stream()
                    .filter(one -> one.state() == LtiKey.State.NEXT)
                    .findFirst()
                    .orElseThrow();
        });
    }

    /** Rotates where the key that signs does so for longer than this; returns whether it did. */
    public boolean rotateLtiAfter(Duration age) {
        var states = ltiStates();
        boolean isUnderWay = states.stream().anyMatch(one -> one.state() == LtiKey.State.NEXT);
        boolean isOld = clock.instant().isAfter(active(states).activeAt().plus(age));
        if (isOld && !isUnderWay) {
            rotateLti();
        }
        return isOld && !isUnderWay;
    }

    /**
     * Withdraws a key that LMSs must not believe any more: it is published no longer, and signs nothing more. Where it was the one that
     * signs, the next one does from now on; an LMS that has not fetched it yet refuses our calls until it does, mostly within a day.
     * Nothing that learners hold was signed with it.
     *
     * @throws Problem NOT_FOUND where there is no such key for LMSs
     */
    public LtiKey withdrawLti(String kid) {
        var place = new Place(LTI, KeyAlgorithm.RS256);
        var signing = database.inTransaction(db -> {
            key(db, place);
            var now = clock.instant();
            var known = rows(db, place);
            boolean wasSigning = active(states(known)).kid().equals(kid);
            if (KeyStore.withdraw(db, LTI, kid, now) == 0) {
                throw new Problem(
                        Problem.Kind.NOT_FOUND,
                        "key_unknown",
                        "There is no key %s for LMSs; `cairn lti keys` lists them."
                                .formatted(kid.replaceAll("[^A-Za-z0-9_-]", "")));
            }
            if (wasSigning) {
                // Not one of before, though it may be published still: what was retired stays retired.
                states(known).stream()
                        .filter(one -> one.state() == LtiKey.State.NEXT)
                        .findFirst()
                        .ifPresentOrElse(
                                next -> KeyStore.activate(db, LTI, next.kid(), now),
                                () -> create(db, place, known.size() + 1, now));
            }
            return active(states(rows(db, place)));
        });
        current.invalidate(place);
        return signing;
    }

    /** All keys for LMSs that there ever were, the newest first. */
    public List<LtiKey> ltiStates() {
        ltiKey();
        return database.inTransaction(db -> states(rows(db, new Place(LTI, KeyAlgorithm.RS256))));
    }

    private List<LtiKey> states(List<SigningKeyRecord> newestFirst) {
        var now = clock.instant();
        var states = new ArrayList<LtiKey>();
        boolean isFound = false;
        // When the one after took over, or will.
        Instant replacedAt = null;
        for (var row : newestFirst) {
            boolean isWithdrawn = row.getWithdrawnAt() != null;
            LtiKey.State state;
            if (isWithdrawn) {
                state = LtiKey.State.WITHDRAWN;
            } else if (row.getActiveAt().isAfter(now)) {
                state = LtiKey.State.NEXT;
            } else if (!isFound) {
                state = LtiKey.State.ACTIVE;
                isFound = true;
            } else {
                boolean isOver = replacedAt != null && !now.isBefore(replacedAt.plus(OVERLAP));
                state = isOver ? LtiKey.State.RETIRED : LtiKey.State.RETIRING;
            }
            states.add(new LtiKey(row.getKid(), state, row.getCreatedAt(), row.getActiveAt(), replacedAt));
            // One that was withdrawn before it ever signed took over from nobody.
            if (!isWithdrawn || row.getActiveAt().isBefore(row.getWithdrawnAt())) {
                replacedAt = row.getActiveAt();
            }
        }
        return states;
    }

    private static LtiKey active(List<LtiKey> states) {
        return states.stream()
                .filter(one -> one.state() == LtiKey.State.ACTIVE)
                .findFirst()
                .orElseThrow();
    }

    /** What only this installation can read again, for the same purpose: as text that may stand in an address. */
    public String seal(String purpose, String text) {
        byte[] sealed = masterKey.encrypt(text.getBytes(StandardCharsets.UTF_8), "seal/" + purpose);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** Empty where it was not sealed here for this purpose, or was changed. */
    public Optional<String> open(String purpose, String sealed) {
        try {
            return masterKey
                    .find(Base64.getUrlDecoder().decode(sealed), "seal/" + purpose)
                    .map(text -> new String(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private SigningKey key(DSLContext db, Place place) {
        var cached = current.getIfPresent(place);
        if (cached != null) {
            return cached;
        }
        var known = rows(db, place);
        var now = clock.instant();
        var signing = known.stream().filter(row -> isActive(row, now)).findFirst();
        if (signing.isEmpty()) {
            return create(db, place, known.size() + 1, now);
        }
        var key = decrypted(place, signing.get());
        if (makers.getIfPresent(db.configuration()) == null) {
            current.put(place, key);
        }
        return key;
    }

    private static boolean isActive(SigningKeyRecord row, Instant now) {
        return row.getRetiredAt() == null
                && row.getWithdrawnAt() == null
                && !row.getActiveAt().isAfter(now);
    }

    private static List<SigningKeyRecord> rows(DSLContext db, Place place) {
        return KeyStore.list(db, place.owner()).stream()
                .filter(row -> row.getAlgorithm().equals(place.algorithm().name()))
                .toList();
    }

    private SigningKey decrypted(Place place, SigningKeyRecord row) {
        byte[] encoded = masterKey.decrypt(row.getPrivateKey(), aad(place, row.getKid()));
        return new SigningKey(published(row), place.algorithm().privateKey(encoded));
    }

    // The number comes from the look that found no key: who looked at the same time fails its unique constraint, and
    // Database runs it again.
    private SigningKey create(DSLContext db, Place place, int number, Instant activeAt) {
        makers.put(db.configuration(), true);
        byte[] bits = new byte[12];
        RANDOM.nextBytes(bits);
        var kid = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        var pair = place.algorithm().generate();
        KeyStore.insert(
                db,
                new SigningKeyRecord(
                        kid,
                        place.owner(),
                        place.algorithm().name(),
                        number,
                        pair.getPublic().getEncoded(),
                        masterKey.encrypt(pair.getPrivate().getEncoded(), aad(place, kid)),
                        clock.instant(),
                        activeAt,
                        null,
                        null));
        return new SigningKey(new PublicSigningKey(kid, place.algorithm(), pair.getPublic()), pair.getPrivate());
    }

    private static PublicSigningKey published(SigningKeyRecord row) {
        var algorithm = KeyAlgorithm.valueOf(row.getAlgorithm());
        return new PublicSigningKey(row.getKid(), algorithm, algorithm.publicKey(row.getPublicKey()));
    }

    private static String owner(IssuerId issuer) {
        return "issuer/" + issuer;
    }

    private static String aad(Place place, String kid) {
        return place.owner() + "/" + place.algorithm() + "/" + kid;
    }
}
