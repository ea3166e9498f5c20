package org.cairn.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.cairn.AwardId;
import org.cairn.CredentialId;
import org.cairn.Problem;
import org.cairn.award.Issuers;
import org.cairn.award.Renewing;
import org.cairn.catalog.IssuerStore;
import org.cairn.keys.IssuerKey;
import org.cairn.keys.KeyAlgorithm;
import org.cairn.openbadges.Addresses;
import org.cairn.openbadges.Credential;
import org.cairn.openbadges.Credentials;
import org.cairn.openbadges.Endorsing;
import org.cairn.openbadges.GivenEndorsement;
import org.cairn.openbadges.IssuerDocuments;
import org.cairn.openbadges.IssuerProfile;
import org.cairn.openbadges.Jws;
import org.cairn.openbadges.verification.Held;
import org.cairn.openbadges.verification.Standards;
import org.cairn.openbadges.verification.Verification.Verdict;
import org.cairn.openbadges.verification.Verifier;
import org.cairn.people.TenantStore;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an issuer is called and signs with changes; what it issued goes on being verified, and what somebody else signed does not. */
class IssuersTest {

    private static final String OWN = "did:web:example.edu";
    private static final String OWN_ADDRESS = "https://example.edu/.well-known/did.json";

    /** What other hosts than ours publish. */
    private final Map<String, String> elsewhere = new HashMap<>();

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_name_on_the_institution_s_own_domain_is_in_all_that_stands_and_both_names_are_verified(Databases databases) {
        in(databases, place -> {
            var before = place.credential("ada");
            var provedBefore = place.proved(before);
            var revoked = place.credential("alan");
            place.world.database.inTransaction(db -> {
                place.credentials.revoke(db, place.world.tenant, List.of(revoked.award()), place.now());
                return null;
            });
            elsewhere.put(OWN_ADDRESS, place.document(OWN).toString());
            place.issuers.nameByWeb(place.world.tenant, OWN);
            place.issuers.requirePublished(place.world.tenant);
            place.renew();
            var after = place.credential("ada");
            assertThat(after.issuedAs()).isEqualTo(OWN);
            assertThat(after.id()).isEqualTo(before.id());
            assertThat(after.validFrom()).isAfter(before.validFrom());
            assertThat(after.status()).isEqualTo(before.status());
            assertThat(Jws.parse(after.jwt())
                            .payload()
                            .at("/credentialStatus/statusListCredential")
                            .asText())
                    .endsWith("/status/0?as=did%3Aweb%3Aexample.edu");
            for (var text : List.of(before.jwt(), provedBefore, after.jwt(), place.proved(after))) {
                assertThat(place.verdict(text)).isEqualTo(Verdict.VALID);
            }
            assertThat(place.credential("alan").jwt()).isEqualTo(revoked.jwt());
            assertThat(place.verdict(revoked.jwt())).isEqualTo(Verdict.REVOKED);
            place.world.database.inTransaction(db -> {
                place.credentials.revoke(db, place.world.tenant, List.of(after.award()), place.now());
                return null;
            });
            for (var text : List.of(before.jwt(), after.jwt())) {
                assertThat(place.verdict(text)).isEqualTo(Verdict.REVOKED);
            }
            assertThat(place.credential("grace").issuedAs()).isEqualTo(OWN);
            place.world.keys.rotate(before.issuer(), KeyAlgorithm.ES256);
            assertThatThrownBy(() -> place.issuers.requirePublished(place.world.tenant))
                    .hasMessageContaining("does not name every key");
        });
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_copy_of_its_document_is_looked_at_every_day_and_what_it_lacks_is_written_down(Databases databases) {
        in(databases, place -> {
            var issuer = place.credential("ada").issuer();
            elsewhere.put(OWN_ADDRESS, place.document(OWN).toString());
            place.issuers.nameByWeb(place.world.tenant, OWN);
            var other = place.world.database.inTransaction(
                    db -> TenantStore.findOrCreate(db, "other", "Other", ZoneOffset.UTC, place.now()));
            place.world.database.inTransaction(db -> {
                place.issuers.begin(db, List.of(other));
                return null;
            });
            place.issuers.lookAgain();
            assertThat(place.publication())
                    .hasValueSatisfying(seen -> assertThat(seen.fault()).isNull());
            place.world.keys.rotate(issuer, KeyAlgorithm.ES256);
            place.world.clock.advance(Duration.ofHours(23));
            place.issuers.lookAgain();
            assertThat(place.publication())
                    .hasValueSatisfying(seen -> assertThat(seen.fault()).isNull());
            place.world.clock.advance(Duration.ofHours(2));
            place.issuers.lookAgain();
            assertThat(place.publication()).hasValueSatisfying(seen -> {
                assertThat(seen.fault()).contains("does not name every key");
                assertThat(seen.lookedAt()).isEqualTo(place.now());
            });
            place.world.database.inTransaction(db -> {
                var both = List.of(place.world.tenant, other.id());
                assertThat(IssuerStore.unpublished(db, both)).containsExactly(place.world.tenant);
                assertThat(IssuerStore.unpublished(db, List.of(other.id()))).isEmpty();
                assertThat(IssuerStore.list(db, List.of(other.id()))).containsOnlyKeys(other.id());
                return null;
            });
            elsewhere.put(OWN_ADDRESS, place.document(OWN).toString());
            place.issuers.requirePublished(place.world.tenant);
            assertThat(place.publication())
                    .hasValueSatisfying(seen -> assertThat(seen.fault()).isNull());
            elsewhere.clear();
            place.world.clock.advance(Duration.ofHours(25));
            place.issuers.lookAgain();
            assertThat(place.publication())
                    .hasValueSatisfying(seen -> assertThat(seen.fault()).isNotNull());
            place.issuers.nameByAddress(place.world.tenant);
            assertThat(place.publication()).isEmpty();
            var ofOther = place.world.database.inTransaction(db -> IssuerStore.publication(db, other.id()));
            assertThat(ofOther).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_name_whose_document_says_something_else_is_not_taken(Databases databases) {
        in(databases, place -> {
            var before = place.credential("ada");
            refused(place, OWN, "unreachable");
            elsewhere.put(OWN_ADDRESS, "not JSON");
            refused(place, OWN, "issuer_name_refused");
            elsewhere.put(OWN_ADDRESS, place.document("did:web:other.example").toString());
            refused(place, OWN, "issuer_name_refused");
            var lacking = place.document(OWN);
            lacking.withArray("assertionMethod").remove(0);
            elsewhere.put(OWN_ADDRESS, lacking.toString());
            refused(place, OWN, "issuer_name_refused");
            var foreign = place.document(OWN);
            foreign.withArray("verificationMethod")
                    .get(0)
                    .withObject("publicKeyJwk")
                    .put("x", "AAAA");
            elsewhere.put(OWN_ADDRESS, foreign.toString());
            refused(place, OWN, "issuer_name_refused");
            for (var odd :
                    List.of("https://example.edu", "did:key:z6Mk", "did:web:", "did:web:exa mple", "did:web:a:b%2Fc")) {
                refused(place, odd, "issuer_name_refused");
            }
            place.renew();
            assertThat(place.credential("ada").jwt()).isEqualTo(before.jwt());
            assertThat(place.credential("grace").issuedAs()).isEqualTo(before.issuedAs());
        });
    }

    private static void refused(Place place, String did, String code) {
        assertThatThrownBy(() -> place.issuers.nameByWeb(place.world.tenant, did))
                .as(did)
                .asInstanceOf(InstanceOfAssertFactories.type(Problem.class))
                .extracting(Problem::code)
                .isEqualTo(code);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_issuer_that_is_its_key_needs_no_document(Databases databases) {
        in(databases, place -> {
            var before = place.credential("ada");
            place.issuers.nameByKey(place.world.tenant);
            place.renew();
            var after = place.credential("ada");
            assertThat(after.issuedAs()).startsWith("did:key:z6Mk");
            assertThat(Jws.parse(after.jwt()).header().path("alg").asText()).isEqualTo("EdDSA");
            assertThat(place.verdict(after.jwt())).isEqualTo(Verdict.VALID);
            assertThat(place.verdict(place.proved(after))).isEqualTo(Verdict.VALID);
            var key = place.key(KeyAlgorithm.ED25519);
            place.issuers.withdrawKey(place.world.tenant, key.kid());
            place.renew();
            assertThat(place.credential("ada").issuedAs()).isEqualTo(before.issuedAs());
            assertThat(place.verdict(place.credential("ada").jwt())).isEqualTo(Verdict.VALID);
        });
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_a_withdrawn_key_signed_is_not_believed_and_all_that_stands_is_issued_anew(Databases databases) {
        in(databases, place -> {
            var stolen = place.key(KeyAlgorithm.ES256);
            var stolenToo = place.key(KeyAlgorithm.ED25519);
            var before = place.credential("ada");
            var provedBefore = place.proved(before);
            place.issuers.withdrawKey(place.world.tenant, stolen.kid());
            place.issuers.withdrawKey(place.world.tenant, stolenToo.kid());
            assertThat(place.verdict(before.jwt())).isEqualTo(Verdict.NOT_GENUINE);
            assertThat(place.verdict(provedBefore)).isEqualTo(Verdict.NOT_GENUINE);
            place.renew();
            var after = place.credential("ada");
            assertThat(after.signedBy()).isNotEqualTo(stolen.kid());
            assertThat(place.verdict(after.jwt())).isEqualTo(Verdict.VALID);
            assertThat(place.verdict(place.proved(after))).isEqualTo(Verdict.VALID);
            // A node that had not heard of it signed one more.
            place.world.clock.advance(Duration.ofMinutes(1));
            place.world.database.inTransaction(db -> db.execute(
                    "update credential set jwt = ?, signed_by = ? where id = ?",
                    before.jwt(),
                    stolen.kid(),
                    before.id().value()));
            place.renew();
            assertThat(place.verdict(place.credential("ada").jwt())).isEqualTo(Verdict.VALID);
            place.world.clock.advance(Duration.ofMinutes(10));
            place.renew();
            var renewal = place.world.database.inTransaction(db -> IssuerStore.renewal(db, place.world.tenant));
            assertThat(renewal).isEmpty();
            var settled = place.credential("ada").jwt();
            place.renew();
            assertThat(place.credential("ada").jwt()).isEqualTo(settled);
        });
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void after_a_move_to_another_domain_what_was_issued_before_is_verified_and_what_is_issued_anew_bears_the_new_one(
            Databases databases) {
        in(databases, place -> {
            var before = place.credential("ada");
            var moved = new Place(
                    place.world, new Addresses("https://badges.example.org", List.of("https://cairn.example.edu")));
            assertThat(moved.verdict(before.jwt())).isEqualTo(Verdict.VALID);
            assertThat(moved.verdict(moved.proved(before))).isEqualTo(Verdict.VALID);
            moved.issuers.renew(place.world.tenant);
            moved.renew();
            var after = place.credential("ada");
            // A node that was started at the former address does not undo it.
            place.renew();
            assertThat(place.credential("ada").jwt()).isEqualTo(after.jwt());
            assertThat(Jws.parse(after.jwt()).payload().toString()).doesNotContain("cairn.example.edu");
            for (var text : List.of(before.jwt(), after.jwt(), moved.proved(after))) {
                assertThat(moved.verdict(text)).isEqualTo(Verdict.VALID);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_the_institution_endorses_is_signed_anew_with_the_rest(Databases databases) {
        in(databases, place -> {
            var praise = new Endorsing.Praise("https://partner.example/a/1", "Löten", "Good.", null);
            var before = place.endorsed(praise);
            place.issuers.renew(place.world.tenant);
            place.renew();
            assertThat(place.endorsement(before.id()).jwt()).isEqualTo(before.jwt());
            elsewhere.put(OWN_ADDRESS, place.document(OWN).toString());
            place.issuers.nameByWeb(place.world.tenant, OWN);
            place.renew();
            var named = place.endorsement(before.id());
            assertThat(Jws.parse(named.jwt()).payload().path("iss").asText()).isEqualTo(OWN);
            place.issuers.withdrawKey(
                    place.world.tenant, place.key(KeyAlgorithm.ED25519).kid());
            assertThat(place.verdict(named.proved())).isEqualTo(Verdict.NOT_GENUINE);
            place.renew();
            var after = place.endorsement(before.id());
            for (var text : List.of(before.jwt(), named.jwt(), after.jwt(), after.proved())) {
                assertThat(place.verdict(text)).isEqualTo(Verdict.VALID);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void tokens_are_signed_with_rs256_for_who_needs_it(Databases databases) {
        in(databases, place -> {
            place.issuers.signTokensWith(place.world.tenant, IssuerProfile.TokenAlgorithm.RS256);
            var credential = place.credential("grace");
            assertThat(Jws.parse(credential.jwt()).header().path("alg").asText())
                    .isEqualTo("RS256");
            assertThat(place.verdict(credential.jwt())).isEqualTo(Verdict.VALID);
            assertThat(place.verdict(place.credential("ada").jwt())).isEqualTo(Verdict.VALID);
        });
    }

    private void in(Databases databases, Consumer<Place> test) {
        try (var world = new World(databases)) {
            world.define("quiz", "{'score':'quiz','atLeast':50}");
            var place = new Place(world, new Addresses("https://cairn.example.edu"));
            place.credential("ada");
            place.credential("alan");
            world.clock.advance(Duration.ofMinutes(1));
            test.accept(place);
        }
    }

    /** A Cairn at its public address, with a verifier that knows nothing but what it and others publish. */
    private final class Place {

        private final World world;
        private final Credentials credentials;
        private final Issuers issuers;
        private final IssuerRoutes routes;
        private final IssuerDocuments documents;
        private final Endorsing endorsing;

        Place(World world, Addresses addresses) {
            this.world = world;
            this.credentials = new Credentials(addresses, world.keys);
            this.documents = new IssuerDocuments(world.keys);
            this.endorsing = new Endorsing(addresses, world.keys);
            this.issuers =
                    new Issuers(world.database, world.catalogues, credentials, documents, this::outside, world.clock);
            this.routes = new IssuerRoutes(world.database, addresses, documents, world.clock);
        }

        /** Hers, earned if she has none yet. */
        Credential credential(String sub) {
            if (!world.holds(sub).contains("quiz")) {
                world.grade(sub, "quiz", 80);
            }
            var learner = world.learner(sub);
            return world.database.inTransaction(db -> {
                var award = new AwardId(db.fetchSingle("select id from award where learner_id = ?", learner.value())
                        .get(0, UUID.class));
                return credentials.list(db, world.tenant, List.of(award)).getFirst();
            });
        }

        GivenEndorsement endorsed(Endorsing.Praise praise) {
            return world.database.inTransaction(
                    db -> endorsing.give(db, IssuerStore.get(db, world.tenant), praise, now()));
        }

        GivenEndorsement endorsement(CredentialId id) {
            return world.database.inTransaction(db -> endorsing.find(db, id)).orElseThrow();
        }

        String proved(Credential credential) {
            return world.database.inTransaction(db -> credentials.proved(db, credential, now()));
        }

        IssuerKey key(KeyAlgorithm algorithm) {
            return world
                    .database
                    .inTransaction(db -> world.keys.issuerKeys(
                            db, IssuerStore.get(db, world.tenant).id()))
                    .stream()
                    .filter(key -> key.published().algorithm() == algorithm && key.state() == IssuerKey.State.ACTIVE)
                    .findFirst()
                    .orElseThrow();
        }

        ObjectNode document(String name) {
            return world.database.inTransaction(db ->
                    documents.controller(db, IssuerStore.get(db, world.tenant).id(), name));
        }

        Optional<IssuerStore.Publication> publication() {
            return world.database.inTransaction(db -> IssuerStore.publication(db, world.tenant));
        }

        void renew() {
            new Renewing(world.database, credentials, endorsing, world.clock).renewAll();
        }

        Instant now() {
            return world.clock.instant();
        }

        Verdict verdict(String text) {
            var verifier = new Verifier(
                    address -> routes.document(address).orElseGet(() -> outside(address)),
                    new Standards(this::outside, null, world.clock),
                    this::held);
            return verifier.verify(text, now().plusSeconds(5)).verdict();
        }

        private Optional<Held> held(String id) {
            var credential = new CredentialId(id.substring(id.lastIndexOf('/') + 1));
            return world.database
                    .inTransaction(db -> credentials.find(db, credential))
                    .map(one -> new Held(one.issuedAs(), one.validFrom(), false));
        }

        private byte[] outside(URI address) {
            var text = elsewhere.get(address.toString());
            if (text == null) {
                throw new Problem(Problem.Kind.UPSTREAM, "unreachable", "Not there.");
            }
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
