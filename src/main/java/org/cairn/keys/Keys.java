package org.cairn.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.cairn.IssuerId;
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
    private static final SecureRandom RANDOM = new SecureRandom();

    private record Place(String owner, KeyAlgorithm algorithm) {}

    private final Database database;
    private final MasterKey masterKey;
    private final Clock clock;
    private final Cache<Place, SigningKey> current = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(5))
            .build();

    // Transactions that made a key. They alone see it before it is kept, and may yet roll back.
    private final Cache<Configuration, Boolean> makers =
            Caffeine.newBuilder().weakKeys().build();

    public Keys(Database database, MasterKey masterKey, Clock clock) {
        this.database = database;
        this.masterKey = masterKey;
        this.clock = clock;
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
        return database.inTransaction(db -> published(db, LTI));
    }

    /** An issuer's key of this algorithm, within the transaction that signs with it. */
    public SigningKey issuerKey(DSLContext db, IssuerId issuer, KeyAlgorithm algorithm) {
        return key(db, new Place(owner(issuer), algorithm));
    }

    /** All that an issuer ever signed with, retired keys too, the newest first. */
    public List<PublicSigningKey> issuerKeys(DSLContext db, IssuerId issuer) {
        issuerKey(db, issuer, KeyAlgorithm.ES256);
        issuerKey(db, issuer, KeyAlgorithm.ED25519);
        return published(db, owner(issuer));
    }

    /** Retires an issuer's key of this algorithm and makes the next. Other nodes follow within five minutes. */
    public SigningKey rotate(IssuerId issuer, KeyAlgorithm algorithm) {
        var place = new Place(owner(issuer), algorithm);
        var next = database.inTransaction(db -> {
            var known = rows(db, place);
            KeyStore.retire(db, place.owner(), algorithm.name(), clock.instant());
            return create(db, place, known.size() + 1);
        });
        current.put(place, next);
        return next;
    }

    private SigningKey key(DSLContext db, Place place) {
        var cached = current.getIfPresent(place);
        if (cached != null) {
            return cached;
        }
        var known = rows(db, place);
        var signing = known.stream().filter(row -> row.getRetiredAt() == null).findFirst();
        if (signing.isEmpty()) {
            return create(db, place, known.size() + 1);
        }
        var key = decrypted(place, signing.get());
        if (makers.getIfPresent(db.configuration()) == null) {
            current.put(place, key);
        }
        return key;
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
    private SigningKey create(DSLContext db, Place place, int number) {
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
                        null));
        return new SigningKey(new PublicSigningKey(kid, place.algorithm(), pair.getPublic()), pair.getPrivate());
    }

    private static List<PublicSigningKey> published(DSLContext db, String owner) {
        return KeyStore.list(db, owner).stream().map(Keys::published).toList();
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
