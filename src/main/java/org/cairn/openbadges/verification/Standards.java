package org.cairn.openbadges.verification;

import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.document.Document;
import com.apicatalog.jsonld.document.JsonDocument;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.cairn.Problem;
import org.cairn.Sha256;
import org.cairn.db.Database;
import org.cairn.openbadges.CredentialDocument;
import org.cairn.outbound.Call;
import org.cairn.outbound.Outbound;
import org.jspecify.annotations.Nullable;

/**
 * The contexts and schemas of which credentials of others are made, as published: fetched when first needed, taken only where their digest is
 * one that is known, and kept. No other context is ever loaded: what a term means must not change under a signature. Safe for many threads.
 */
public final class Standards {

    private static final String PURL = "https://purl.imsglobal.org/spec/";

    // Two texts of 3.0.3 go round: the one adds two terms to the other.
    private static final Set<String> BADGES = Set.of(
            "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
            "854179307f98b20112f1316c960416e550a8d7926f28d5ce022d1adc2432e341");
    private static final Set<String> RECORDS =
            Set.of("880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6");

    static final String BADGE_SCHEMA = CredentialDocument.SCHEMA;
    static final String ENDORSEMENT_SCHEMA = PURL + "ob/v3p0/schema/json/ob_v3p0_endorsementcredential_schema.json";
    static final String RECORD_SCHEMA = PURL + "clr/v2p0/schema/json/clr_v2p0_clrcredential_schema.json";

    /** Addresses, and the SHA-256 digests of what they may answer with. */
    static final Map<String, Set<String>> KNOWN = Map.ofEntries(
            Map.entry(
                    "https://www.w3.org/ns/credentials/v2",
                    Set.of("59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734")),
            Map.entry(
                    "https://w3id.org/security/data-integrity/v1",
                    Set.of("c6e5073f4bd4bf6d08f245736e6f32c29b012860b18583644b2d71e1de862669")),
            Map.entry(PURL + "ob/v3p0/context-3.0.3.json", BADGES),
            Map.entry(PURL + "ob/v3p0/context.json", BADGES),
            Map.entry(
                    PURL + "ob/v3p0/extensions.json",
                    Set.of("146f85aa16effd7ca1da8056eb443f53ce1eca8a34186cb062832c0a97d889c3")),
            Map.entry(PURL + "clr/v2p0/context-2.0.1.json", RECORDS),
            Map.entry(PURL + "clr/v2p0/context.json", RECORDS),
            Map.entry(BADGE_SCHEMA, Set.of("b7358e895f492e74055dc6bfc7ffc420d0e497f90c4579fb83d9519b86d393ea")),
            Map.entry(ENDORSEMENT_SCHEMA, Set.of("786b1190ea97e7e339d8057f02414603c0e2b8b1cbe46fd72165c73f39a256c6")),
            Map.entry(RECORD_SCHEMA, Set.of("59d778659204b0bd593e9e2ab1683fb6f688e339885c44019f606ed6feb4caee")));

    private static final int HOPS = 3;

    private final Function<URI, byte[]> fetch;
    private final @Nullable Database database;
    private final Clock clock;
    private final Map<String, Document> contexts = new ConcurrentHashMap<>();
    private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();
    private final Map<String, String> offered = new ConcurrentHashMap<>();
    // Whoever publishes them is not asked again with every credential while it does not answer.
    private final Cache<String, Boolean> missed;

    /** {@code database} is null where nothing is kept but in memory. */
    public Standards(Function<URI, byte[]> fetch, @Nullable Database database, Clock clock) {
        this.fetch = fetch;
        this.database = database;
        this.clock = clock;
        this.missed = Caffeine.newBuilder()
                .expireAfterWrite(Duration.ofMinutes(1))
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    /** The way to what is published: along redirects, since the digest says what is taken and not the address. */
    public static Function<URI, byte[]> over(Outbound outbound) {
        return address -> {
            var next = address;
            for (int hop = 0; hop < HOPS; hop++) {
                var answer = outbound.send(Call.get(next, "application/ld+json"));
                if (answer.isSuccess()) {
                    return answer.body();
                }
                var location = answer.headers("location");
                if (answer.status() > 399 || location.isEmpty()) {
                    break;
                }
                next = next.resolve(location.getFirst());
            }
            throw new Problem(Problem.Kind.UPSTREAM, "standard_unreachable", address + " could not be fetched.");
        };
    }

    static boolean isKnown(String address) {
        return KNOWN.containsKey(address);
    }

    /** Empty where it can be had neither from here nor from its publisher. */
    Optional<Document> context(String address) {
        var known = contexts.get(address);
        return known != null
                ? Optional.of(known)
                : text(address).map(text -> {
                    try {
                        var context = JsonDocument.of(new StringReader(text));
                        contexts.put(address, context);
                        return context;
                    } catch (JsonLdError e) {
                        throw new IllegalStateException("A text of a known digest is no JSON.", e);
                    }
                });
    }

    Optional<JsonSchema> schema(String address) {
        var known = schemas.get(address);
        return known != null
                ? Optional.of(known)
                : text(address).map(text -> {
                    // As all that is said here, whatever the machine speaks.
                    var english = SchemaValidatorsConfig.builder()
                            .locale(Locale.ENGLISH)
                            .build();
                    var schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V201909)
                            .getSchema(text, english);
                    schemas.put(address, schema);
                    return schema;
                });
    }

    /** Takes what somebody brought, where its digest is one that is known: then it does not matter from whom it is. */
    void offer(Map<String, String> texts) {
        texts.forEach((address, text) -> {
            if (isPublished(address, text)) {
                offered.put(address, text);
            }
        });
    }

    /** As published; empty where it can be had neither from here nor from its publisher. */
    Optional<String> text(String address) {
        var brought = offered.get(address);
        if (brought != null) {
            return Optional.of(brought);
        }
        if (missed.getIfPresent(address) != null) {
            return Optional.empty();
        }
        var text = kept(address).or(() -> fetched(address));
        if (text.isEmpty()) {
            missed.put(address, true);
        }
        return text;
    }

    private Optional<String> kept(String address) {
        return database == null ? Optional.empty() : database.inTransaction(db -> StandardStore.find(db, address));
    }

    /** No other address is ever asked. */
    private Optional<String> fetched(String address) {
        if (!isKnown(address)) {
            return Optional.empty();
        }
        try {
            var text = new String(fetch.apply(URI.create(address)), StandardCharsets.UTF_8);
            if (!isPublished(address, text)) {
                return Optional.empty();
            }
            if (database != null) {
                database.inTransaction(db -> {
                    StandardStore.save(db, address, text, clock.instant());
                    return null;
                });
            }
            return Optional.of(text);
        } catch (Problem unreachable) {
            return Optional.empty();
        }
    }

    private static boolean isPublished(String address, String text) {
        return KNOWN.getOrDefault(address, Set.of()).contains(Sha256.hex(text));
    }
}
