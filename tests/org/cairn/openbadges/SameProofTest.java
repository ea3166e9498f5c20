package org.cairn.openbadges;

import static org.assertj.core.api.Assertions.assertThat;

import com.apicatalog.multibase.Multibase;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.cairn.award.AwardStore;
import org.cairn.award.Sharing;
import org.cairn.catalog.IssuerStore;
import org.cairn.keys.KeyAlgorithm;
import org.cairn.keys.SigningKey;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.junit.jupiter.api.Test;

/** The proof of a credential beside the one that @digitalbazaar/vc makes of it with the same key at the same time: byte for byte the same. */
class SameProofTest {

    @Test
    void our_proofs_are_those_of_the_npm_implementation() throws Exception {
        Judges.require();
        try (var world = new World(Databases.H2)) {
            var key = world.database.inTransaction(db ->
                    world.keys.issuerKey(db, IssuerStore.get(db, world.tenant).id(), KeyAlgorithm.ED25519));
            world.define("soldering", "{'score':'quiz','atLeast':100}");
            world.grade("ada", "quiz", 100);
            var learner = world.learner("ada");
            var award = world.database
                    .inTransaction(db -> AwardStore.list(db, world.tenant, learner))
                    .getFirst();
            var credential = new Sharing(world.database, world.catalogues, world.credentials, world.clock)
                    .form(world.tenant, learner, award.id(), new Disclosure(true, true, "Ada \"Löwe\" 电路"));
            var text =
                    world.database.inTransaction(db -> world.credentials.proved(db, credential, world.clock.instant()));
            var ours = CredentialJson.read(text.getBytes(StandardCharsets.UTF_8));
            var proof = (ObjectNode) ours.remove("proof");
            var file = Path.of("target/judges/to-prove.json");
            Files.createDirectories(file.getParent());
            Files.writeString(file, question(ours, proof, key).toString());
            assertThat(Judges.asked(Path.of("tests/org/cairn/openbadges/prove.mjs"), file)
                            .path("proofValue"))
                    .isEqualTo(proof.get("proofValue"));
        }
    }

    private static ObjectNode question(ObjectNode credential, ObjectNode proof, SigningKey key) {
        var json = JsonNodeFactory.instance.objectNode();
        json.set("credential", credential);
        json.set("created", proof.get("created"));
        var id = proof.get("verificationMethod").textValue();
        json.putObject("key")
                .put("id", id)
                .put("type", "Multikey")
                .put("controller", id.substring(0, id.indexOf('#')))
                .put("publicKeyMultibase", key.published().multibase())
                .put("secretKeyMultibase", secret(key));
        return json;
    }

    /** Multikey: two bytes that say Ed25519, and the seed, which ends the key's PKCS#8 form. */
    private static String secret(SigningKey key) {
        byte[] encoded = key.privateKey().getEncoded();
        byte[] tagged = new byte[34];
        tagged[0] = (byte) 0x80;
        tagged[1] = 0x26;
        System.arraycopy(Arrays.copyOfRange(encoded, 16, 48), 0, tagged, 2, 32);
        return Multibase.BASE_58_BTC.encode(tagged);
    }
}
