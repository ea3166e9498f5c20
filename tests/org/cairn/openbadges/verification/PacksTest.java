package org.cairn.openbadges.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.function.Function;
import org.cairn.Problem;
import org.cairn.catalog.IssuerStore;
import org.cairn.keys.KeyAlgorithm;
import org.cairn.openbadges.Credential;
import org.cairn.openbadges.IssuerDocuments;
import org.cairn.openbadges.IssuerProfile;
import org.cairn.openbadges.Pack;
import org.cairn.testing.Databases;
import org.cairn.testing.Shared;
import org.cairn.testing.World;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is put into a pack, each with the address at which the same is answered. */
class PacksTest {

    private static final String VC = "https://www.w3.org/ns/credentials/v2";
    private static final String OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

    private static World world;
    private static IssuerProfile issuer;
    private static Credential credential;

    @BeforeAll
    static void issue() {
        Shared.folder();
        world = new World(Databases.H2);
        world.define("soldering", "{'score':'quiz','atLeast':70}");
        issuer = world.database.inTransaction(db -> IssuerStore.get(db, world.tenant));
        credential = world.credential(
                world.grade("ada", "quiz", 90).awards().getFirst().id());
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void a_credential_comes_in_both_forms_with_its_list_its_keys_and_what_it_is_written_in() {
        var here = world.credentials.addresses().credential(credential.id());
        var pack = packs(PublishedFiles::fetch).of(credential, issuer);
        assertThat(told(pack))
                .containsExactly(
                        "README.txt null",
                        "credential.jwt " + here + ".jwt",
                        "credential.json " + here + ".json",
                        "status.json " + credential.issuedAs() + "/status/0",
                        "issuer.json " + credential.issuedAs(),
                        "published/ns-credentials-v2.json " + VC,
                        "published/spec-ob-v3p0-context-3.0.3.json " + OB,
                        "published/spec-ob-v3p0-schema-json-ob-v3p0-achievementcredential-schema.json "
                                + Standards.BADGE_SCHEMA);
        assertThat(pack.missing()).isEmpty();
        assertThat(pack.text("status.json").orElseThrow()).contains("BitstringStatusListCredential", "proofValue");
        assertThat(pack.text("issuer.json").orElseThrow()).contains("verificationMethod", credential.issuedAs());
        assertThat(pack.text("README.txt").orElseThrow()).startsWith("A credential, with all that is needed");
    }

    @Test
    void what_is_not_to_be_had_is_missing_and_what_we_know_of_it_is_there_without_an_address() {
        var pack = packs(PacksTest::nobody).of(credential, issuer);
        assertThat(told(pack).subList(5, pack.parts().size()))
                .containsExactly(
                        "excerpts/ns-credentials-v2.json null", "excerpts/spec-ob-v3p0-context-3.0.3.json null");
        assertThat(pack.missing()).containsExactly(VC, OB, Standards.BADGE_SCHEMA);
    }

    @Test
    void a_name_of_the_web_has_its_keys_where_it_says_and_a_key_that_is_a_name_has_none() {
        assertThat(told(packs(PacksTest::nobody).of(as("did:web:school.example"), issuer)))
                .contains("issuer.json https://school.example/.well-known/did.json");
        var key = world.database.inTransaction(db -> world.keys
                .issuerKey(db, issuer.id(), KeyAlgorithm.ED25519)
                .published()
                .multibase());
        assertThat(packs(PacksTest::nobody).of(as("did:key:" + key), issuer).parts())
                .extracting(Pack.Part::name)
                .contains("status.json")
                .doesNotContain("issuer.json");
    }

    @Test
    void a_record_comes_with_each_list_and_each_name_of_its_issuer_once_and_the_schema_of_records() {
        var record = "{\"@context\":[\"" + VC + "\"],\"credentialSubject\":{\"verifiableCredential\":[]}}";
        var pack = packs(PacksTest::nobody)
                .of(record, List.of(credential, credential, as("did:web:school.example")), issuer);
        assertThat(told(pack))
                .containsExactly(
                        "README.txt null",
                        "credential.json null",
                        "status.json " + credential.issuedAs() + "/status/0",
                        "issuer.json " + credential.issuedAs(),
                        "issuer-2.json https://school.example/.well-known/did.json",
                        "excerpts/ns-credentials-v2.json null");
        assertThat(pack.missing()).containsExactly(VC, Standards.BADGE_SCHEMA, Standards.RECORD_SCHEMA);
        assertThat(pack.text("README.txt").orElseThrow()).startsWith("A certificate and all that it is stacked from");
    }

    private static List<String> told(Pack pack) {
        return pack.parts().stream()
                .map(part -> part.name() + " " + part.address())
                .toList();
    }

    /** The same under another name of its issuer. */
    private static Credential as(String name) {
        return new Credential(
                credential.id(),
                credential.tenant(),
                credential.issuer(),
                credential.award(),
                credential.learner(),
                credential.told(),
                credential.wallet(),
                credential.jwt(),
                name,
                credential.signedBy(),
                credential.proved(),
                credential.status(),
                credential.issuedAt(),
                credential.shownSince(),
                credential.revokedAt());
    }

    private static Packs packs(Function<URI, byte[]> published) {
        return new Packs(
                world.database,
                world.credentials,
                new IssuerDocuments(world.keys),
                new Standards(published, null, world.clock),
                world.clock);
    }

    private static byte[] nobody(URI address) {
        throw new Problem(Problem.Kind.UPSTREAM, "unreachable", "Not there.");
    }
}
