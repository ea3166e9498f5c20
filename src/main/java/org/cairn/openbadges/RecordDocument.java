package org.cairn.openbadges;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.UUID;

/** Writes a Comprehensive Learner Record 2.0 that holds a certificate with every credential that it is stacked from. */
final class RecordDocument {

    private RecordDocument() {}

    /**
     * @param id the address of the record
     * @param certificate the certificate, as JSON with its proof
     * @param components what it is stacked from, down to the last of it, likewise
     * @param associations how their achievements are related
     */
    static ObjectNode of(
            String id,
            ObjectNode certificate,
            Collection<ObjectNode> components,
            Collection<ObjectNode> associations,
            Instant now) {
        var json = JsonNodeFactory.instance.objectNode();
        json.putArray("@context")
                .add(Contexts.CREDENTIALS)
                .add(Contexts.RECORDS)
                .add(Contexts.BADGES);
        json.put("id", id);
        json.putArray("type").add("VerifiableCredential").add("ClrCredential");
        json.set("name", certificate.get("name"));
        json.set("issuer", certificate.get("issuer"));
        json.put("validFrom", now.truncatedTo(ChronoUnit.SECONDS).toString());
        json.set("awardedDate", certificate.get("awardedDate"));
        json.put("partial", true);
        var subject = json.putObject("credentialSubject");
        subject.put("id", "urn:uuid:" + UUID.randomUUID());
        subject.putArray("type").add("ClrSubject");
        var credentials = subject.putArray("verifiableCredential");
        credentials.add(certificate);
        components.forEach(credentials::add);
        if (!associations.isEmpty()) {
            var list = subject.putArray("association");
            associations.forEach(list::add);
        }
        return json;
    }

    /** That the achievement of one credential stands in this relation to another achievement. */
    static ObjectNode association(String type, String source, String target) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("type", "Association");
        return json.put("associationType", type).put("sourceId", source).put("targetId", target);
    }

    static String achievement(ObjectNode credential) {
        return credential
                .path("credentialSubject")
                .path("achievement")
                .path("id")
                .asText();
    }
}
