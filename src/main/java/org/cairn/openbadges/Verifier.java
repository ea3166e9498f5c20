package org.cairn.openbadges;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.cairn.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Checks credentials of the form that Cairn issues, knowing nothing but the text: the issuer's document and the status list are
 * fetched. A damaged or hostile text gets a verdict, never an exception. Safe for many threads.
 */
public final class Verifier {

    private static final Set<String> HEADER = Set.of("alg", "kid", "typ");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(64).build())
                    .build())
            .build();

    private final Function<URI, byte[]> fetch;

    /** {@code fetch} returns the body that an address answers with, or throws Problem. */
    public Verifier(Function<URI, byte[]> fetch) {
        this.fetch = fetch;
    }

    /** Checks a compact VC-JWT as of an instant. */
    public Verification verify(String text, Instant at) {
        Jws jws;
        try {
            jws = Jws.parse(text.strip());
        } catch (IllegalArgumentException e) {
            return new Verification(Verification.Verdict.UNREADABLE, List.of(), null);
        }
        return new Checking(jws, at).verification();
    }

    private final class Checking {

        private final Jws jws;
        private final JsonNode credential;
        private final String issuer;
        private final Instant at;
        private final List<Verification.Check> checks = new ArrayList<>();

        Checking(Jws jws, Instant at) {
            this.jws = jws;
            this.credential = jws.payload();
            this.issuer = credential.path("issuer").path("id").asText();
            this.at = at;
        }

        Verification verification() {
            Boolean issuerHolds = null;
            Boolean signature = null;
            JsonNode controller = null;
            try {
                controller = controller();
                issuerHolds = controller != null && claimsAgree();
                signature = controller != null && isSigned(controller);
            } catch (Problem unreachable) {
                // Both stay unchecked.
            }
            add(
                    "signature",
                    signature,
                    "It was signed with a key of its issuer and not changed since.",
                    "The signature is not one of its issuer's, or the text was changed.",
                    "The issuer's keys could not be fetched.");
            add(
                    "issuer",
                    issuerHolds,
                    "Its issuer, " + issuerName() + ", names this key as its own.",
                    "The key does not belong to the issuer that it names.",
                    "The issuer's document could not be fetched.");
            Boolean dates = dates();
            add(
                    "dates",
                    dates,
                    "Today is within the dates for which it was issued.",
                    "Today is outside the dates for which it was issued.",
                    "Its dates cannot be read.");
            Boolean notRevoked = controller == null ? null : notRevoked(controller);
            add(
                    "revoked",
                    notRevoked,
                    "Its issuer has not revoked it.",
                    "Its issuer has revoked it.",
                    "The issuer's list of revoked credentials could not be read.");
            return new Verification(verdict(signature, issuerHolds, dates, notRevoked), checks, credential);
        }

        private static Verification.Verdict verdict(
                @Nullable Boolean signature,
                @Nullable Boolean issuer,
                @Nullable Boolean dates,
                @Nullable Boolean notRevoked) {
            if (isFalse(signature) || isFalse(issuer)) {
                return Verification.Verdict.NOT_GENUINE;
            }
            if (signature == null || issuer == null) {
                return Verification.Verdict.UNCHECKED;
            }
            if (isFalse(notRevoked)) {
                return Verification.Verdict.REVOKED;
            }
            if (isFalse(dates)) {
                return Verification.Verdict.NOT_YET_OR_EXPIRED;
            }
            return dates == null || notRevoked == null ? Verification.Verdict.UNCHECKED : Verification.Verdict.VALID;
        }

        /** The document that the key's address leads to, where it is the issuer's own; null where it is not. */
        private @Nullable JsonNode controller() {
            var kid = jws.header().path("kid").asText();
            int hash = kid.indexOf('#');
            // The key has to lie in the issuer's own document: any other place could be anybody's.
            if (hash < 0 || !kid.substring(0, hash).equals(issuer)) {
                return null;
            }
            var document = fetched(issuer);
            return document.path("id").asText().equals(issuer) ? document : null;
        }

        private boolean isSigned(JsonNode controller) {
            // A header with more (crit, jwk, jku, x5u, b64) could ask for another reading than ours.
            for (var names = jws.header().fieldNames(); names.hasNext(); ) {
                if (!HEADER.contains(names.next())) {
                    return false;
                }
            }
            var method = method(controller, jws.header().path("kid").asText());
            return method != null && jws.isSignedBy(method.path("publicKeyJwk"));
        }

        /** Open Badges 3.0 §8.2.4.2: what the JWT claims is what the credential says. */
        private boolean claimsAgree() {
            return credential.path("iss").asText().equals(issuer)
                    && credential
                            .path("jti")
                            .asText()
                            .equals(credential.path("id").asText())
                    && credential
                            .path("sub")
                            .asText()
                            .equals(credential
                                    .path("credentialSubject")
                                    .path("id")
                                    .asText())
                    && credential.path("nbf").asLong(-1) == epochSecond("validFrom")
                    && (!credential.has("validUntil") || credential.path("exp").asLong(-1) == epochSecond("validUntil"))
                    && !credential.has("vc");
        }

        private @Nullable Boolean dates() {
            try {
                var from = instant("validFrom");
                return !at.isBefore(from) && (!credential.has("validUntil") || at.isBefore(instant("validUntil")));
            } catch (DateTimeException e) {
                return null;
            }
        }

        private @Nullable Boolean notRevoked(JsonNode controller) {
            var status = credential.path("credentialStatus");
            var list = status.path("statusListCredential").asText();
            // A list elsewhere could be anybody's.
            if (!list.startsWith(issuer + "/")
                    || !status.path("statusPurpose").asText().equals("revocation")) {
                return null;
            }
            try {
                if (!(fetched(list) instanceof ObjectNode signed)
                        || !signed.path("id").asText().equals(list)
                        || !signed.path("issuer").asText().equals(issuer)) {
                    return null;
                }
                var method = method(
                        controller,
                        signed.path("proof").path("verificationMethod").asText());
                if (method == null
                        || !DataIntegrity.isProvedBy(
                                signed, method.path("publicKeyMultibase").asText())) {
                    return null;
                }
                var encoded =
                        signed.path("credentialSubject").path("encodedList").asText();
                return !StatusList.isSet(
                        encoded, Integer.parseInt(status.path("statusListIndex").asText()));
            } catch (Problem | IllegalArgumentException e) {
                return null;
            }
        }

        private @Nullable JsonNode method(JsonNode controller, String id) {
            for (var method : controller.path("verificationMethod")) {
                if (method.path("id").asText().equals(id)
                        && method.path("controller").asText().equals(issuer)
                        && asserts(controller, id)) {
                    return method;
                }
            }
            return null;
        }

        private static boolean asserts(JsonNode controller, String id) {
            for (var named : controller.path("assertionMethod")) {
                if (named.asText().equals(id)) {
                    return true;
                }
            }
            return false;
        }

        private JsonNode fetched(String address) {
            try {
                var json = JSON.readTree(fetch.apply(URI.create(address)));
                return json == null ? JSON.createObjectNode() : json;
            } catch (IOException | IllegalArgumentException e) {
                throw new Problem(Problem.Kind.UPSTREAM, "issuer_unreadable", "The issuer's answer could not be read.");
            }
        }

        private String issuerName() {
            return credential.path("issuer").path("name").asText("unnamed");
        }

        private Instant instant(String member) {
            return OffsetDateTime.parse(credential.path(member).asText()).toInstant();
        }

        private long epochSecond(String member) {
            try {
                return instant(member).getEpochSecond();
            } catch (DateTimeException e) {
                return Long.MIN_VALUE;
            }
        }

        private void add(String name, @Nullable Boolean passed, String holds, String fails, String unknown) {
            checks.add(new Verification.Check(name, passed, passed == null ? unknown : passed ? holds : fails));
        }

        private static boolean isFalse(@Nullable Boolean checked) {
            return checked != null && !checked;
        }
    }
}
